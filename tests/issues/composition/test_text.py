"""A story's body as printed blocks: order, cuts, dateline and bylines, no pictures."""

from __future__ import annotations

from issues.composition.text import block_key, blocks, printed, text_of
from newsroom.lib.html import clean
from tests.issues.composition.paper import byline, content, photo, story

AT = (0, 0, 2, 10)
BODY = (
    "<p>第一段。</p><h2>小标题<br>第二行</h2><ul><li>甲</li><li>乙<ol><li>丙</li></ol></li></ul>"
    '<blockquote><p>引文</p></blockquote><aside class="link-box"><h3>链接</h3><p>框中文字</p></aside>'
    '<figure class="image"><img src="/photos/abcdefghijkl/w640.webp" alt=""></figure>'
    '<figure class="table"><table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody>'
    "</table><figcaption>表题</figcaption></figure><hr><p>末段。</p>"
)


def test_blocks_come_in_reading_order_without_pictures() -> None:
    made = blocks(content(clean(BODY)))
    assert [block.kind for block in made] == [
        "p", "h2", "li", "li", "li", "quote", "h3", "link", "table", "hr", "p",
    ]  # fmt: skip
    assert [block.text for block in made if block.kind == "li"] == ["●甲", "●乙", "1．丙"]
    assert made[1].text == "小标题\n第二行"
    assert made[8].text == "表题\n1\t2\n3\t4"
    assert all("".join(text for text, _ in block.spans) == block.text for block in made)


def test_the_key_of_a_block_is_taken_from_its_own_text() -> None:
    made = blocks(content("<ul><li>甲</li></ul>"))
    assert made[0].key == block_key("甲")
    assert len(made[0].key) == 16


def test_what_is_cut_is_not_printed() -> None:
    told = content("<p>甲段。</p><p>乙段。</p><p>丙段。</p>", dateline="本报讯")
    placed = story(1, AT, told, cuts=[block_key("甲段。"), block_key("丙段。")])
    assert text_of(placed) == "本报讯\u3000乙段。"


def test_dateline_and_bylines_stand_where_papers_put_them() -> None:
    names = [byline("韩木", "dateline"), byline("孟小满", "end", "correspondent"), byline("邢敏", "headline")]
    placed = story(1, AT, content("<p>正文。</p><p>末段。</p>", dateline="青湖讯", bylines=names))
    assert text_of(placed) == "青湖讯（记者 韩木）\u3000正文。\n末段。（通讯员 孟小满）"
    spans = printed(placed["story"])[0].spans
    assert spans[0][1].role == "hei"


def test_a_byline_behind_a_table_stands_on_its_own() -> None:
    body = clean("<p>文</p><table><tr><td>1</td></tr></table>")
    made = printed(story(1, AT, content(body, bylines=[byline("韩木")]))["story"])
    assert made[-1].kind == "signature"
    assert made[-1].text == "（记者 韩木）"


def test_the_editors_note_comes_first_and_says_so() -> None:
    made = printed(story(1, AT, content("<p>正文</p>", editors_note="开栏的话"))["story"])
    assert made[0].text == "编者按\u3000开栏的话"
    assert made[0].kind == "note"
    assert made[0].key == block_key("开栏的话")


def test_emphasis_and_small_figures_keep_their_styles() -> None:
    made = blocks(content("<p>排放CO<sub>2</sub>与<strong>重点</strong>及<em>楷</em></p>"))[0]
    assert made.text == "排放CO2与重点及楷"
    roles = {text: (style.role, style.scale) for text, style in made.spans}
    assert roles["2"] == ("body", 0.6)
    assert roles["重点"] == ("hei", 1.0)
    assert roles["楷"] == ("kai", 1.0)


def test_white_space_is_single_and_what_has_no_picture_goes() -> None:
    made = blocks(content("<p>\u3000\u3000甲  乙\u200b丙\u00ad</p><p> \u200b </p>"))
    assert [block.text for block in made] == ["甲 乙丙"]


def test_no_story_no_text() -> None:
    assert text_of({"story": None}) == ""


POEM = "<p>船不来的时候<br>渡口就是一截伸进水里的路</p><p>有人等船<br>有人等对岸的狗叫<br>有人什么也不等</p>"


def test_a_poem_is_known_by_its_short_lines() -> None:
    made = blocks(content(f"{POEM}<h2>夜班车</h2><p>最后一班，六个人<br>六扇窗</p>"))
    assert [block.kind for block in made] == ["verse", "verse", "h2", "verse"]
    assert made[0].text == "船不来的时候\n渡口就是一截伸进水里的路"


def test_an_empty_line_parts_stanzas() -> None:
    made = blocks(content(clean("<p>一行<br>二行<br><br><strong>三</strong>行<br>四行</p>")))
    assert [(block.kind, block.text) for block in made] == [("verse", "一行\n二行"), ("verse", "三行\n四行")]
    assert made[1].spans[0][1].role == "hei"


def test_prose_with_a_few_line_breaks_is_no_verse() -> None:
    prose = "<p>" + "清晨六点半，柳荫路菜市场已经热闹起来。" * 3 + "</p>"
    long = "<p>" + "清晨六点半，青湖新区的柳荫路菜市场已经热闹起来。<br>" * 5 + "完</p>"
    for body in (prose * 2 + "<p>地址：柳荫路<br>电话：0300</p>", "<p>一行<br>二行</p>", long):
        assert {block.kind for block in blocks(content(body))} == {"p"}


def test_what_stands_round_a_poem_does_not_join_its_lines() -> None:
    names = [byline("江见月")]
    made = printed(story(1, AT, content(POEM, dateline="青湖讯", bylines=names))["story"])
    assert [block.kind for block in made] == ["p", "verse", "verse", "signature"]


def test_a_picture_story_names_its_photographer_once() -> None:
    names = [byline("陆禾") | {"act": "photo"}, byline("韩木")]
    told = content("<p>正文。</p>", kind="picture", photos=[photo(credit="陆禾 摄")], bylines=names)
    assert text_of(story(1, AT, told)) == "正文。（记者 韩木）"
    assert text_of(story(1, AT, told | {"bylines": names[:1]})) == "正文。"
    assert "陆禾" in text_of(story(1, AT, told | {"kind": "story"}))
    assert "陆禾" in text_of(story(1, AT, told | {"photos": [photo(credit="孟小满 摄")]}))
