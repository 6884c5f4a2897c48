"""The whole page: furniture, masks, bookmarks, order, and that the same content makes the same drawing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newsroom.lib import canonical
from tests.issues.composition.paper import box, content, page, photo, story, text
from tests.issues.composition.reading import rect_of, set_page, squeezed, text_in

GUIDE = [
    {"page": 2, "kicker": "", "headline": "老街巷里的“新账本”", "subheadline": "治理见闻"},
    {"page": 3, "kicker": "民生", "headline": "家门口办成二十三件事", "subheadline": ""},
]


def everything(composed: Any) -> str:
    return squeezed("".join(item[6] for item in composed.drawing["items"] if item[0] == "text"))


def front(**given: Any) -> dict[str, Any]:
    return page(
        box(1, "masthead", (0, 0, 6, 5)),
        box(2, "banner", (0, 5, 6, 2), {"reverse": True}),
        story(3, (0, 7, 4, 18), content(text(900, 3), "一泓清水润新区", photos=[photo()])),
        box(4, "guide", (4, 7, 2, 9), guide=GUIDE),
        box(5, "filler", (4, 16, 2, 9), title="节约用水", text="拧紧一滴水\n珍惜一条河"),
        story(6, (0, 25, 6, 15), content(text(1200, 6), "石桥修缮一新迎客来")),
        number=1,
        **given,
    )


def test_the_masthead_prints_what_it_must() -> None:
    drawn = everything(set_page(front()))
    for words in (
        "中共青湖新区工作委员会主管主办",
        "青湖新报",
        "CN13-0000",
        "www.qinghu.example",
        "0300-8000000",
        "2026年11月26日星期四",
        "农历丙午年十月十八",
        "第47期（总第1024期）",
        "今日4版",
    ):
        assert words in drawn, words


def test_a_paper_under_a_permit_prints_who_made_it() -> None:
    masthead = {
        "kind": "permit",
        "permit_number": "（冀）L0000000号",
        "compiled_by": "新区宣传部",
        "sent_to": "各社区",
        "printed_by": "青湖印刷厂",
        "print_run": "5000份",
    }
    drawn = everything(set_page(front(masthead=masthead)))
    assert "准印证号：（冀）L0000000号" in drawn
    assert "编印单位：新区宣传部" in drawn
    assert "发送对象：各社区" in drawn
    assert "印数：5000份" in drawn


def test_the_title_may_be_a_picture_of_its_lettering() -> None:
    composed = set_page(front(masthead={"lettering": photo(2000, 500)}))
    item = next(item for item in composed.drawing["items"] if item[0] == "image")
    assert item[3] / item[4] == pytest.approx(4, rel=0.01)
    assert item[7] == "青湖新报"


def test_banner_guide_and_filler() -> None:
    content_ = front()
    composed = set_page(content_)
    placed = {p["id"]: p for p in content_["placements"]}
    assert text_in(composed, rect_of(content_, placed[2])) == "奋力谱写新区高质量发展新篇章"
    guide = text_in(composed, rect_of(content_, placed[4]))
    assert guide.startswith("今日导读第2版老街巷里的“新账本”——治理见闻第3版民生家门口办成二十三件事")
    assert text_in(composed, rect_of(content_, placed[5])) == "节约用水拧紧一滴水珍惜一条河"
    assert composed.boxes[5].size >= 18000
    assert composed.boxes[4].state == "full"


def test_a_guide_too_small_says_so() -> None:
    fit = set_page(page(box(1, "guide", (0, 0, 2, 2), guide=GUIDE))).boxes[1]
    assert fit.state == "over"
    assert fit.over > 0


def test_inner_pages_have_a_folio_and_all_have_credits() -> None:
    made = set_page(page(story(1, (0, 0, 6, 40), content(text(3000))), number=2, banner="本版通栏"))
    head = [item for item in made.drawing["items"] if item[0] == "text" and item[2] < 50]
    drawn = squeezed("".join(item[6] for item in head))
    for words in ("02", "版", "综合新闻", "青湖新报", "2026年11月26日", "本版通栏"):
        assert words in drawn
    assert everything(made).endswith("本版责编：何文谦视觉：路遥遥责任校对：邢敏")
    first = everything(set_page(front()))
    assert "01版" not in first


def test_a_masked_box_leaves_nothing_behind() -> None:
    content_ = front()
    composed = set_page(content_, masked=(3,))
    kept = set_page(content_)
    assert "一泓清水" in everything(kept)
    assert "一泓清水" not in json.dumps(composed.drawing, ensure_ascii=False)
    assert not [item for item in composed.drawing["items"] if item[0] == "image"]
    assert composed.images == {}
    assert text_in(composed, rect_of(content_, content_["placements"][2])) == "该内容已撤下"
    assert composed.boxes[3].total == 0
    assert len(composed.drawing["marks"]) == len(kept.drawing["marks"]) - 1


def test_an_unsigned_story_is_stamped() -> None:
    def stamps(signed: bool) -> list[Any]:
        made = set_page(page(story(1, (0, 0, 3, 9), content(text(100)), signed=signed)))
        return [item[5] for item in made.drawing["items"] if item[0] == "stamp"]

    assert stamps(signed=False) == ["未签发"]
    assert stamps(signed=True) == []


def test_the_same_content_makes_the_same_drawing() -> None:
    content_ = front()
    one, two = (json.dumps(set_page(content_).drawing, allow_nan=False) for _ in range(2))
    assert one == two
    thawed = canonical.load(canonical.dump(content_))
    assert json.dumps(set_page(thawed).drawing) == one


def test_bookmarks_and_document_information() -> None:
    drawing = set_page(front()).drawing
    assert [title for title, _ in drawing["marks"]] == ["一泓清水润新区", "石桥修缮一新迎客来"]
    assert drawing["info"]["title"] == "青湖新报 2026-11-26 第1版 要闻"
    assert drawing["info"]["author"] == "中共青湖新区工作委员会"
    assert drawing["width"] == pytest.approx(273 / 25.4 * 72, abs=0.01)


def test_a_page_without_colour_has_no_accent() -> None:
    drawing = set_page(front(colour=False)).drawing
    assert '"accent"' not in json.dumps(drawing)
    assert drawing["colour"] is False


def test_missing_glyphs_are_named_with_their_box() -> None:
    told = content("<p>清湖😀与𠮷野\U000e0001家</p>", "题目😀")
    made = set_page(page(story(7, (0, 0, 3, 9), told)))
    assert {"character": "😀", "where": 7} in made.missing
    assert all(entry["where"] == 7 for entry in made.missing)
    assert "〓" in everything(made)


def test_a_page_from_outside_is_not_composed() -> None:
    made = set_page(page(story(1, (0, 0, 1, 1), content(text(100))), outside="f" * 64))
    assert made.drawing["items"] == []
    assert made.boxes == {}


def test_frames_shades_and_rules() -> None:
    def kinds(**style: Any) -> list[str]:
        made = set_page(page(story(1, (0, 2, 3, 9), content(text(200)), style), number=1, credits=[]))
        return [item[0] for item in made.drawing["items"] if item[0] in ("rect", "line")]

    assert kinds(rule="none") == []
    assert kinds(rule="top") == ["line"]
    assert kinds(rule="frame") == ["rect"]
    assert kinds(rule="none", shade=10) == ["rect"]


def test_markup_in_text_is_only_text() -> None:
    told = content("<p>#set page(fill: red) $x^2$ *粗* @ref \\u{41} &lt;b&gt;</p>", "#let x = 1")
    drawn = everything(set_page(page(story(1, (0, 0, 4, 9), told))))
    assert "#setpage(fill:red)$x^2$*粗*@ref\\u{41}<b>" in drawn
    assert "#letx=1" in drawn


@pytest.mark.parametrize(("key", "cols", "rows"), [("tabloid", 6, 5), ("broadsheet", 8, 8)])
def test_the_frame_beside_the_title_is_filled(key: str, cols: int, rows: int) -> None:
    made = page(box(1, "masthead", (0, 0, cols, rows)), number=1, key=key, credits=[])
    items = set_page(made).drawing["items"]
    frame = next(item for item in items if item[0] == "rect")
    lines = [i for i in items if i[0] == "text" and i[1] > frame[1] and i[2] < frame[2] + frame[4]]
    top, foot = min(i[2] - i[3] for i in lines), max(i[2] for i in lines)
    assert foot - top > frame[4] * 0.55
    assert max(i[3] for i in lines) >= 9 * (1.3 if key == "broadsheet" else 0.8)
