"""What a release is made of."""

from __future__ import annotations

from articles.release import SUMMARY_LENGTH, summary


def content(body: str = "", lede: str = "", caption: str = "") -> dict[str, object]:
    return {"body": body, "lede": lede, "photos": [{"caption": caption}] if caption else []}


def test_the_standfirst_sums_up_a_story() -> None:
    assert summary(content("<p>正文。</p>", lede="提要。")) == "提要。"


def test_else_its_first_paragraphs_do_without_boxes_tables_and_subheads() -> None:
    table = '<figure class="table"><table><tbody><tr><td>日期</td></tr></tbody></table></figure>'
    note = '<aside class="editors-note"><p>编者按。</p></aside>'
    body = f"{note}<h2>小标题</h2><p>第一段。</p>{table}<p>第二段。</p>"
    assert summary(content(body)) == "第一段。第二段。"


def test_a_picture_story_without_text_is_summed_up_by_its_caption() -> None:
    assert summary(content(caption="白鹭停在荷塘里。")) == "白鹭停在荷塘里。"


def test_a_long_one_is_cut_where_no_comma_hangs() -> None:
    short = summary(content("<p>" + "字" * (SUMMARY_LENGTH - 1) + "，后面还有很多。</p>"))
    assert short == "字" * (SUMMARY_LENGTH - 1) + "…"
