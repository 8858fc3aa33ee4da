"""Tables from elsewhere: whatever an office sends is read whole or refused with its reason."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.errors import BadFile
from emergency_desk.exchange import csv_text
from emergency_desk.exchange.escapes import escaped, unescaped
from emergency_desk.exchange.tables import Table, read_table

TEXT = "队伍名称,人数,备注\n市南消防站,12,“甲”\n市北急救站,6\n"


def read(tmp_path: Path, content: bytes, name: str = "list.csv") -> Table:
    path = tmp_path / name
    path.write_bytes(content)
    return read_table(path)


def reason(tmp_path: Path, content: bytes, name: str = "list.csv") -> str:
    with pytest.raises(BadFile) as caught:
        read(tmp_path, content, name)
    assert caught.value.values["name"] == name
    return str(caught.value.values["reason"])


def workbook(*rows: tuple[object, ...], title: bool = False) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet("队伍")
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                page.write(at + (2 if title else 0), column, cell)
        if title:
            page.write_string(0, 0, "2026年应急救援队伍统计表")
    return content.getvalue()


def with_member(content: bytes, name: str, member: bytes) -> bytes:
    whole = io.BytesIO(content)
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr(name, member)
    return whole.getvalue()


def ods(rows: str, manifest: str = "") -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    sheet = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    words = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f'<office:document-content xmlns:office="{office}" xmlns:table="{sheet}" xmlns:text="{words}">'
                         f'<office:body><office:spreadsheet><table:table table:name="s">{rows}</table:table></office:spreadsheet>'
                         "</office:body></office:document-content>")
        archive.writestr("META-INF/manifest.xml", manifest or "<manifest/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")],
)
def test_every_encoding_met_in_offices_gives_the_same_table(tmp_path: Path, encoding: str, told: str) -> None:
    table = read(tmp_path, TEXT.encode(encoding))
    assert table.headers == ("队伍名称", "人数", "备注")
    assert table.rows == (("市南消防站", "12", "“甲”"), ("市北急救站", "6", ""))
    assert table.encoding == told


def test_utf_16_without_a_mark_is_known_by_its_zeros(tmp_path: Path) -> None:
    table = read(tmp_path, "Name,Lat\nStation One,47.6\nStation Two,47.7\n".encode("utf-16-le"))
    assert (table.headers, table.encoding) == (("Name", "Lat"), "utf-16-le")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    table = read(tmp_path, f'Name{separator}Address\nA{separator}"1{separator} First Street"\n'.encode())
    assert table.separator == separator
    assert table.rows == (("A", f"1{separator} First Street"),)


def test_excels_own_word_for_the_separator_is_followed(tmp_path: Path) -> None:
    assert read(tmp_path, b"sep=;\r\nName;Address\r\nA,B;C\r\n").rows == (("A,B", "C"),)


def test_lines_are_those_of_the_file_even_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    table = read(tmp_path, b'Name,Note\nA,"one\ntwo"\n\nB,\n')
    assert table.lines == (2, 5)


def test_a_title_above_the_headers_is_passed_over(tmp_path: Path) -> None:
    table = read(tmp_path, workbook(("队伍名称", "人数"), ("市南消防站", 12), title=True), "list.xlsx")
    assert table.headers == ("队伍名称", "人数")
    assert table.lines == (4,)


def test_cells_of_a_workbook_are_written_as_people_write_them(tmp_path: Path) -> None:
    table = read(tmp_path, workbook(("Name", "Phone", "Lat", "Ready"), ("A", 13912345678, -122.3, True)), "list.xlsx")
    assert table.rows == (("A", "13912345678", "-122.3", "TRUE"),)
    assert table.sheet == "队伍"


def test_an_open_document_sheet_is_read(tmp_path: Path) -> None:
    row = '<table:table-row><table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell></table:table-row>'
    assert read(tmp_path, ods(row.format("Name") + row.format("A")), "list.ods").rows == (("A",),)


def test_a_file_of_no_bytes_is_refused(tmp_path: Path) -> None:
    assert reason(tmp_path, b"") == "empty"
    assert reason(tmp_path, b"\xef\xbb\xbf") == "empty"
    assert reason(tmp_path, b"\n ,, \n") == "empty"


def test_headers_without_rows_are_refused(tmp_path: Path) -> None:
    assert reason(tmp_path, b"Name,Lat\n") == "no_rows"


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        read_table(tmp_path / "gone.csv")
    assert caught.value.values["reason"] == "not_found"
    with pytest.raises(BadFile) as caught:
        read_table(tmp_path)
    assert caught.value.values["reason"] == "unreadable"


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    whole = workbook(("Name", "Lat"), ("A", 1))
    assert reason(tmp_path, whole[:len(whole) // 2], "list.xlsx") == "damaged"
    assert reason(tmp_path, b'Name,Address\nA,"1 First Str') == "cut_off"
    assert reason(tmp_path, TEXT.encode() + "站".encode()[:2]) == "cut_off"


def test_zero_bytes_are_told_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        read(tmp_path, b"Name,Lat\nA,1\nB\0B,2\n")
    assert (caught.value.values["reason"], caught.value.values["line"]) == ("nul", 3)


def test_a_web_page_posing_as_a_workbook_is_named_as_one(tmp_path: Path) -> None:
    page = "<html><head><meta charset='utf-8'></head><body><table><tr><td>队伍</td></tr></table></body></html>"
    assert reason(tmp_path, page.encode(), "list.xls") == "html"


def test_a_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    assert reason(tmp_path, with_member(workbook(("Name",), ("A",)), "xl/vbaProject.bin", b"x"), "list.xlsm") == "macros"


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert reason(tmp_path, ole, "list.xlsx") == "password"
    assert reason(tmp_path, ods("", "<manifest><encryption-data/></manifest>"), "list.ods") == "password"


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    letter = io.BytesIO()
    with zipfile.ZipFile(letter, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert reason(tmp_path, letter.getvalue(), "letter.docx") == "not_a_table"
    assert reason(tmp_path, b"%PDF-1.7 ...", "letter.pdf") == "not_a_table"
    assert reason(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "letter.doc") == "not_a_table"


def test_a_damaged_xls_is_refused(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600)
    assert reason(tmp_path, ole, "list.xls") == "damaged"


def test_one_bad_byte_in_a_utf_8_file_does_not_turn_it_into_another_encoding(tmp_path: Path) -> None:
    assert reason(tmp_path, TEXT.encode() + b"\xb0\xa1,1,\n" + TEXT.encode()) == "encoding"


@pytest.mark.parametrize(("text", "encoding"), [
    ("Name,Lat\nBayrampaşa İlçe Hastanesi,41.0\n", "cp1254"), ("Ort,Plätze\nGrößenau,12\n", "cp1252"), ("Nom,Élève\nHôtel,naïve\n", "cp1252"),
])
def test_latin_letters_in_an_unknown_encoding_are_refused_rather_than_garbled(tmp_path: Path, text: str, encoding: str) -> None:
    assert reason(tmp_path, text.encode(encoding)) == "encoding"


def test_a_refused_encoding_names_the_line_where_its_letters_begin(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        read(tmp_path, "Name,Lat\nFire station,41.0\nBayrampaşa,41.0\n".encode("cp1254"))
    assert caught.value.values["line"] == 3


RARE = [
    "姓名,人数\n䶮㛃,1\n𬱖𫘝,2\n㮾㴪㙍,3\n",  # most of them four bytes long
    "姓名,村\n堃犇猋骉,垚焱\n镕瑢昇喆,淼\n",  # of GBK, and in nobody's daily use
    "隊伍名稱,區縣\n東臺區應急隊,臺灣\n龍門縣醫療隊,廣東\n",  # old forms
]


@pytest.mark.parametrize("text", RARE)
def test_a_list_of_mostly_rare_characters_in_gb_18030_is_read(tmp_path: Path, text: str) -> None:
    table = read(tmp_path, text.encode("gb18030"))
    assert (table.encoding, [table.headers, *table.rows]) == ("gb18030", [tuple(line.split(",")) for line in text.splitlines()])


@pytest.mark.parametrize(("text", "encoding"), [(RARE[2], "big5hkscs"), ("消防署,東京都港区\n救急隊,大阪府\n", "cp932")])
def test_a_list_of_a_neighbour_s_encoding_is_read_as_that_and_not_garbled(tmp_path: Path, text: str, encoding: str) -> None:
    table = read(tmp_path, text.encode(encoding))
    assert (table.encoding, [table.headers, *table.rows]) == (encoding, [tuple(line.split(",")) for line in text.splitlines()])


def test_quotation_marks_that_do_not_match_are_told_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        read(tmp_path, b'Name,Address\nA,B\nC,"D"E\n')
    assert (caught.value.values["reason"], caught.value.values["line"]) == ("quoting", 3)


def test_escaped_cells_are_taken_back(tmp_path: Path) -> None:
    assert read(tmp_path, b"Name,Phone,Lat\n'=A1,'+86 532 1,-122.3\n").rows == (("=A1", "+86 532 1", "-122.3"),)


def test_numbers_are_not_escaped() -> None:
    assert [escaped(cell) for cell in ("-122.3", "+5", "-1e3", "=1", "-", "@a", "+86 532", "a=b")] == [
        "-122.3", "+5", "-1e3", "'=1", "'-", "'@a", "'+86 532", "a=b"]


@given(st.text(alphabet="'=+-@1.a\t", max_size=8))
def test_escaping_is_undone_by_importing(cell: str) -> None:
    again = unescaped(escaped(cell))
    # What was foreign may itself be escaped already; then only the desk's own mark is taken off.
    assert again == cell


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "list.csv"
    path.write_bytes(content)
    try:
        assert read_table(path).rows
    except BadFile as refused:
        assert refused.values["reason"]


@given(text=st.text(alphabet="a,;\t \r\n\x0b\x85\u2028姓名", max_size=40), separator=st.sampled_from(csv_text.SEPARATORS))
def test_a_text_without_quotes_is_read_as_csv_reads_it(text: str, separator: str) -> None:
    as_csv = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), start=1))
    assert csv_text._plain_rows(text, separator) == as_csv


def test_quotes_and_a_cell_beyond_the_longest_are_left_to_csv() -> None:
    assert csv_text._plain_rows('a,"b\nc"\n', ",") is None
    assert csv_text._plain_rows("a," + "b" * (csv_text.LONGEST_CELL + 1), ",") is None
