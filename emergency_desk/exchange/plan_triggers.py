"""The words by which a caller or a bulletin tells a circumstance that a foreign plan names: proposed beside it, for somebody to mend.

A word must tell this circumstance and no other: severity and place stand with the event ("水库溃坝", "较大险情"). Numbers are no words: a level
of water is read off, not heard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from emergency_desk.exchange.numerals import simplified

_WARNING = re.compile(r"(台风|暴雨|暴雪|寒潮|大风|沙尘暴|高温|干旱|雷电|冰雹|霜冻|大雾|霾|道路结冰|洪水|山洪|地质灾害|森林火险|海浪"
                      r"|风暴潮|强对流)?(?:灾害)?(?:气象)?"
                      r"(红|橙|黄|蓝)色(?:气象)?(?:灾害)?(?:火险)?预警")
_WATER = re.compile(r"(达到|超过|超出|超|接近|低于|突破)(警戒|保证|汛限|设防|历史最高|设计|校核)(?:洪水)?水位")
_SPOKEN = {"达到": ("达到", "到"), "超过": ("超过", "超"), "超出": ("超过", "超"), "超": ("超过", "超"), "接近": ("接近",), "低于": ("低于",),
           "突破": ("突破", "超")}
_SEVERE = re.compile(r"(特别重大|重大|较大|一般|严重)(险情|灾情|汛情|洪水|洪涝|疫情|火灾|爆炸|泄漏|溢油|事故)")
_EVENT = (r"溃坝|溃堤|溃口|决口|漫堤|漫坝|管涌|垮坝|垮塌|坍塌|倒塌|塌方|塌陷|滑坡|泥石流|山洪|爆炸|泄漏|泄露|起火|着火|失控|蔓延|停电|停水"
          r"|停气|断电|断水"
          r"|断网|踩踏|沉没|倾覆|脱轨|触礁|搁浅|中毒|倒灌|瘫痪|中断|失联|被困|爆管|燃爆|漂移|大面积感染|暴发|爆发|死鱼")
_SUBJECT = re.compile(rf"(?P<subject>[一-鿿]{{2,12}}?)(?:已经?|再次|同时)?(?:出现|发生|造成|导致|引发|遭受|面临|大面积|全面)?(?P<event>{_EVENT})")
_SURPLUS = re.compile(r"^(?:或者?|及|和|与|且|其他|其它|辖区|全市|本市|境内|市区|区内|部分|局部|个别|多处|某处|主要|重要|重点|大型|中型"
                      r"|小型|大中型|小（[一二]）型|以上|因灾)+")
_LONGEST_WHOLE = 8


def trigger_words(sentence: str) -> tuple[str, ...]:
    """Return the words that tell a circumstance; none where only a reading or a judgement tells it."""
    plain = simplified(sentence)
    found = dict.fromkeys(_found(plain))
    if not found and re.fullmatch(rf"[一-鿿]{{2,{_LONGEST_WHOLE}}}", plain):
        found[plain] = None
    return tuple(found)


def _found(plain: str) -> Iterator[str]:
    yield from (f"{kind}{colour}色预警" for kind, colour in _WARNING.findall(plain) if kind)
    for how, which in _WATER.findall(plain):
        yield from (f"{spoken}{which}水位" for spoken in _SPOKEN[how])
    yield from (severity + what for severity, what in _SEVERE.findall(plain))
    for part in re.split(r"[，,；;、。：:]|或者?|以及", plain):
        for one in _SUBJECT.finditer(part):
            subject = _SURPLUS.sub("", one["subject"])
            if len(subject) >= 2:
                yield subject + one["event"]
        yield from re.findall(_EVENT, part)
