"""Make the shipped fonts from the npm packages `@expo-google-fonts/noto-sans-sc` and `@expo-google-fonts/noto-serif-sc`.

Run by hand: `python installer/make_fonts.py SANS_PACKAGE_FOLDER SERIF_PACKAGE_FOLDER` (needs fonttools, which the desk itself does not).
Vertical metrics and unused layout features go; Noto Sans SC Regular keeps every character, the others the hanzi named in _hanzi_of;
a few shapes that the desk uses and Noto lacks are drawn from the font's own. The same input gives the same bytes.
"""

from __future__ import annotations

import lzma
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
TARGET = RESOURCES / "fonts"
KEPT_FEATURES = ["ccmp", "kern", "locl", "mark"]
VERTICAL_TABLES = ["vhea", "vmtx", "BASE", "STAT"]
# Characters of people's names outside GB 2312 that headings meet; whatever is not here falls back to Noto Sans SC on paper.
NAME_HANZI = (
    "珺堃喆玥昇炘甯翀璟玘琤镕頔垚犇骉羴鱻燚晔曌赟钰昉昳晞烜煊熠旸昺昶珩珣珮琇琎琯琰瑀瑄瑢璇璎璘瑨瑱瑭瑾璠璟璞"
    "祎禔禛稹竑筠筱箐缦罡羿翎翥翾耑聿芃苡苢荻莀莙菀菂萱葳蒨蓁蓥蔺薏蘅虢蛟衎袆裎覃诜诩谌谞谡谧贇赓跞轶辂辚迩迺逄逵"
    "邈郄郗郜郦郯郾鄢鄱酆醍釔釜鈊鈺鉴銘鋆鋐鋒鍀錞钊钏钖钘钤钫钭钲钶铄铎铖铠铧铮铱锃锜锟锽镠镡镪镱闫闵阆隽雒雱雯霁霂"
    "霏霖靓靖韪韫韬韡韫颀颋颎颐颛飏飖飐馥馨骁骅骐骓骞骢鲲鸢鸣鸾鹍鹏鹭麒麟黉黟鼐龑龢龘龚旻旼旿昀昃昊昕昙昝昱晁晅晊晏晗"
    "晙晟晢晳晴晹暄暐暕暘暾曈曦朓杲杼枞枭柃柘栩栾桁桄桉梓梃棽棻楗楠榕槿樾橙檠欤歆毓沁沅沆沐沣沩泓泠泫泮洌洺浛浠浥涵淏"
    "淇淑淙淞淳渌渝渟湉湜湙湲溁溦溱滉滢滟漪潆潞潼澍澔澧濛瀛灏炅炆炜炟炫炯烁烨焓焜焯煜煦熙燊爔牧犟猷玎玚玠玢玮玳珂珅珈"
    "珉珏珑珙珞珥珧珪珲珵珺珽琀琏琚琛琠琥琨琪琬琮琲琳瑗瑛瑜瑞瑶瑷璁璆璋璐璨瓅甦畇畈畑畲皓皞皛皜睇睎瞳矞砺硕磊祁祉祐祚祯"
)
SMALLER = {"▴": "▲", "▸": "▶", "▾": "▼", "◂": "◀"}


def main(arguments: list[str]) -> int:
    """Write the four fonts and their licences, and print sizes."""
    if len(arguments) != 2:
        print("usage: python installer/make_fonts.py SANS_PACKAGE_FOLDER SERIF_PACKAGE_FOLDER (unpacked npm packages)")
        return 2
    sans, serif = map(Path, arguments)
    TARGET.mkdir(parents=True, exist_ok=True)
    for package, family in ((sans, "NotoSansSC"), (serif, "NotoSerifSC")):
        for weight, style in (("400", "Regular"), ("700", "Bold")):
            _make(package / f"{weight}{style}" / f"{family}_{weight}{style}.ttf", TARGET / f"{family}-{style}.ttf")
        shutil.copyfile(package / "LICENSE_FONT", TARGET / f"OFL-{family}.txt")
    return 0


def _make(source: Path, target: Path) -> None:
    font = TTFont(source, recalcTimestamp=False)
    hanzi = _hanzi_of(target.name)
    kept = [code for code in font.getBestCmap() if _is_kept(code, hanzi)]
    options = Options(layout_features=KEPT_FEATURES, hinting=False, drop_tables=VERTICAL_TABLES, name_IDs=["*"], name_languages=["*"],
                      glyph_names=False, notdef_outline=True, recalc_timestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    _draw_missing(font)
    font.save(target)
    print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size} bytes")


# -- which characters ---------------------------------------------------------------------------------------------------
def _hanzi_of(name: str) -> frozenset[int] | None:
    """Return the hanzi a font keeps, None for all; every font keeps those of the real place names."""
    if name == "NotoSansSC-Regular.ttf":
        return None
    if name == "NotoSerifSC-Bold.ttf":
        return _codes_of("gb2312") | _codes_of_places() | frozenset(map(ord, NAME_HANZI))
    return _codes_of("gb18030") | _codes_of_places()


def _is_kept(code: int, hanzi: frozenset[int] | None) -> bool:
    # Beyond the BMP the fonts hold little more than the Table of General Standard Chinese Characters (通用规范汉字表): all of it is kept.
    ideograph = 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF
    return hanzi is None or not ideograph or code in hanzi


def _codes_of(charset: str) -> frozenset[int]:
    """Return the characters that a Chinese character set writes in two bytes."""
    return frozenset(map(ord, _two_byte_characters(charset)))


def _two_byte_characters(charset: str) -> Iterator[str]:
    for first in range(0x81, 0xFF):
        for second in range(0x40, 0xFF):
            text = bytes([first, second]).decode(charset, errors="ignore")
            if len(text) == 1 and ord(text) > 0x7F:
                yield text


def _codes_of_places() -> frozenset[int]:
    files = sorted((RESOURCES / "reference" / "divisions").rglob("*.xz"))
    if not files:
        raise SystemExit("make the divisions first: installer/make_divisions.py")
    return frozenset(ord(sign) for path in files for sign in set(lzma.decompress(path.read_bytes()).decode("utf-8")))


# -- shapes that Noto lacks ---------------------------------------------------------------------------------------------
def _draw_missing(font: TTFont) -> None:
    """Draw the state marks ◷ ◗ ✕, the small triangles and the lower digits of chemical formulas in the font's own weight."""
    cmap = font.getBestCmap()
    drawings: dict[str, Callable[[Cu2QuPen], int]] = {"◷": partial(_quadrant, font), "◗": partial(_half_disc, font)}
    drawings["✕"] = partial(_scaled, font, sign="×", factor=1.24)
    drawings |= {small: partial(_scaled, font, sign=large, factor=0.6) for small, large in SMALLER.items()}
    drawings |= {chr(0x2080 + digit): partial(_lower, font, digit=digit) for digit in range(10)}
    for sign, draw in drawings.items():
        if ord(sign) not in cmap:
            _add(font, sign, draw)


def _add(font: TTFont, sign: str, draw: Callable[[Cu2QuPen], int]) -> None:
    name = f"uni{ord(sign):04X}"
    outline = TTGlyphPen(None)
    width = draw(Cu2QuPen(outline, max_err=0.5))
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    glyph = outline.glyph()
    glyph.recalcBounds(font["glyf"])
    font["glyf"].glyphs[name] = glyph
    font["hmtx"][name] = (width, glyph.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap[ord(sign)] = name


def _shape(font: TTFont, sign: str) -> tuple[str, int]:
    name = font.getBestCmap()[ord(sign)]
    return name, font["hmtx"][name][0]


def _scaled(font: TTFont, pen: Cu2QuPen, sign: str, factor: float) -> int:
    name, width = _shape(font, sign)
    glyph = font["glyf"][name]
    middle_x, middle_y = (glyph.xMin + glyph.xMax) / 2, (glyph.yMin + glyph.yMax) / 2
    around = Transform().translate(middle_x, middle_y).scale(factor).translate(-middle_x, -middle_y)
    font.getGlyphSet()[name].draw(TransformPen(pen, around))
    return width


def _lower(font: TTFont, pen: Cu2QuPen, digit: int) -> int:
    """Draw a digit below the line: the raised one where the font has it, else the digit itself made small."""
    raised = {1: "¹", 2: "²", 3: "³", 4: "⁴"}.get(digit, "")
    if raised:
        name, width = _shape(font, raised)
        place = Transform().translate(0, -620)
    else:
        name, width = _shape(font, str(digit))
        place = Transform().translate(0, -170).scale(0.62)
        width = round(width * 0.62)
    font.getGlyphSet()[name].draw(TransformPen(pen, place))
    return width


def _half_disc(font: TTFont, pen: Cu2QuPen) -> int:
    name, width = _shape(font, "●")
    x, y, radius = _circle_of(font, name)
    bow = radius * 0.5523
    pen.moveTo((x, y + radius))
    pen.curveTo((x + bow, y + radius), (x + radius, y + bow), (x + radius, y))
    pen.curveTo((x + radius, y - bow), (x + bow, y - radius), (x, y - radius))
    pen.closePath()
    return width


def _quadrant(font: TTFont, pen: Cu2QuPen) -> int:
    """Draw the ring of ○ with two strokes from its middle, upwards and to the right."""
    name, width = _shape(font, "○")
    font.getGlyphSet()[name].draw(pen)
    x, y, radius = _circle_of(font, name)
    stroke = _ring_stroke(font, name)
    half = stroke / 2
    reach = radius - half
    corners = ((-half, -half), (-half, reach), (half, reach), (half, half), (reach, half), (reach, -half))
    pen.moveTo((round(x + corners[0][0]), round(y + corners[0][1])))
    for right, up in corners[1:]:
        pen.lineTo((round(x + right), round(y + up)))
    pen.closePath()
    return width


def _circle_of(font: TTFont, name: str) -> tuple[float, float, float]:
    glyph = font["glyf"][name]
    return (glyph.xMin + glyph.xMax) / 2, (glyph.yMin + glyph.yMax) / 2, (glyph.xMax - glyph.xMin) / 2


def _ring_stroke(font: TTFont, name: str) -> float:
    points, ends, _flags = font["glyf"][name].getCoordinates(font["glyf"])
    lefts = [min(x for x, _y in points[start:end + 1]) for start, end in ((0, ends[0]), (ends[0] + 1, ends[1]))]
    return float(abs(lefts[0] - lefts[1]))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
