"""What a planner pastes from Word, WPS, a page or a sheet comes in as words, lists, tables and strong words, and as nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from emergency_desk.domain.pasted_html import blocks_of_html, blocks_of_words
from emergency_desk.domain.plan_markup import blocks_of, text_of

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><style><!-- p.MsoNormal {margin:0} --></style>
<title>预案</title></head><body lang=ZH-CN>
<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->
<h2><span style='font-size:16pt'>4 应急响应</span></h2>
<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:仿宋'>接报后<b>立即</b>核实&nbsp;并
报告。<o:p></o:p></span></p>
<p class=MsoListParagraph style='margin-left:21pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]><span>关阀</span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>断电</p>
<table class=MsoTableGrid border=1><tr><td colspan=2><p class=MsoNormal>级别</p></td><td rowspan=2><p>条件</p><p>（任一）</p></td></tr>
<tr><td><p>Ⅲ级</p></td><td><p><span style='font-weight:bold'>3人</span>以上</p></td></tr></table>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<script>alert(1)</script></body></html>"""


def test_a_page_of_word_becomes_paragraphs_a_list_and_a_table() -> None:
    assert text_of(blocks_of_html(WORD)) == (
        "**4 应急响应**\n接报后**立即**核实 并报告。\n- 关阀\n- 断电\n| 级别 |  | 条件<br>（任一） |\n| Ⅲ级 | **3人**以上 |  |")


def test_signs_that_look_like_marks_stay_words() -> None:
    assert text_of(blocks_of_html("<p>- 不是列表</p><p>a ** b</p>")) == "\\- 不是列表\na \\*\\* b"


def test_lists_of_a_page_and_a_table_in_a_table() -> None:
    html = "<ul><li>关阀<li><b>断电</b></ul><table><tr><td>甲<table><tr><td>乙</td><td>丙</td></tr></table></td><td>丁</td></tr></table>末"
    assert text_of(blocks_of_html(html)) == "- 关阀\n- **断电**\n| 甲<br>乙丙 | 丁 |\n末"


def test_rows_of_a_sheet_become_a_table() -> None:
    assert text_of(blocks_of_words("名单\r\n单位\t电话\r\n应急局\t8591\r\n完")) == "名单\n| 单位 | 电话 |\n| 应急局 | 8591 |\n完"


@given(st.text(st.sampled_from("<>/=\"' tdrbplim甲救1!-[]&;#"), max_size=80))
def test_whatever_is_pasted_can_be_kept(html: str) -> None:
    blocks = blocks_of_html(html)
    assert blocks_of(text_of(blocks)) == blocks
    assert blocks_of(text_of(blocks_of_words(html))) == blocks_of_words(html)
