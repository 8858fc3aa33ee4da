"""Numbers as plans write them: Arabic, full width, 十二, 壹拾贰, 廿; and the signs of a text made alike for comparing.

`simplified` is for finding words only: it knows the signs that words of this trade are written with, one for one, so places stay the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIGITS = ("零〇○Ｏ", "一壹弌", "二贰貳两兩", "三叁參叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
DIGITS = {sign: value for value, signs in enumerate(_DIGITS) for sign in signs}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SIGNS = "".join(DIGITS) + "".join(_TENS)
_PAIRS = (
    "總总 則则 編编 製制 據据 範范 圍围 適适 組组 織织 體体 係系 責责 監监 測测 預预 應应 響响 級级 別别 處处 後后 續续 報报 資资 訊讯"
    " 發发 佈布 終终 結结 調调 啟启 動动 狀状 "
    "況况 條条 標标 準准 災灾 損损 經经 濟济 傷伤 蹤踪 轉转 員员 醫医 療疗 護护 衛卫 隊队 單单 電电 話话 聯联 絡络 務务 長长 區区 縣县"
    " 鎮镇 鄉乡 場场 設设 備备 專专 業业 "
    "術术 語语 釋释 義义 實实 負负 導导 協协 機机 構构 關关 鍵键 風风 險险 評评 與与 輕轻 無无 歲岁 億亿 萬万 點点 繫系 戶户 個个 產产"
    " 礦矿 運运 輸输 環环 氣气 揮挥 黨党 書书 "
    "記记 會会 廠厂 圖图 錄录 庫库 橋桥 車车 緊紧 擴扩 態态 勢势 離离 對对 該该 將将 屬属 規规 劃划 認认 訂订 簽签 復复 練练 訓训 獎奖"
    " 懲惩 償偿 難难 搶抢 壞坏 網网 線线 傳传 "
    "輿舆 論论 聞闻 證证 鄰邻 駐驻 軍军 漲涨 潰溃 壩坝 颱台 滅灭 燒烧 煙烟 樓楼 層层 兩两 達达 較较 過过 徵征 補补 給给 診诊 藥药 衝冲"
    " 誌志 帶带 階阶 類类 頒颁 遷迁 撥拨")
_TRADITIONAL = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "I": 1, "II": 2, "III": 3, "IV": 4, "Ｉ": 1, "ＩＩ": 2, "ＩＩＩ": 3, "ＩＶ": 4}
_HALF = {code: chr(code - 0xFEE0) for code in range(ord("！"), ord("～") + 1) if chr(code) not in "，。；：？！（）"}
_WIDE = {ord("０") + at: str(at) for at in range(10)}


@lru_cache(maxsize=4096)
def value_of(written: str) -> int | None:
    """Read a whole number: "12", "１２", "十二", "二十", "一百零三", "拾贰"; None where it is none."""
    written = written.strip().translate(_WIDE)
    if written.isascii() and written.isdigit():
        return int(written)
    if not written or any(sign not in DIGITS and sign not in _TENS for sign in written):
        return None
    if not any(sign in _TENS for sign in written):
        return int("".join(str(DIGITS[sign]) for sign in written))
    total, pending = 0, 0
    for sign in written:
        if sign in _TENS:
            total += (pending or 1) * _TENS[sign]
            pending = 0
        else:
            pending = DIGITS[sign]
    return total + pending


def roman_or_chinese(written: str) -> int | None:
    """Read the number of a level: Ⅰ, II, 一, 1."""
    return _ROMAN.get(written) or value_of(written)


def simplified(words: str) -> str:
    """Return the words with the signs of the mainland, each in its place."""
    return words.translate(_TRADITIONAL)


def half_width(words: str) -> str:
    """Return digits and Latin letters in half width, each sign in its place."""
    return words if words.isascii() else words.translate(_HALF)


def bare(words: str) -> str:
    """Return the words without blanks, dots of a table of contents and page numbers at their end, to compare lines."""
    folded = re.sub(r"[\s.…·。．\-—_]+", "", unicodedata.normalize("NFKC", words))
    return re.sub(r"\d+$", "", folded) or folded
