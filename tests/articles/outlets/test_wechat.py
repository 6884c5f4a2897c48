"""What is pasted into a 公众号: all that was signed, in tags and inline styles that its editor keeps."""

from __future__ import annotations

import re
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Release
from articles.outlets import wechat
from articles.story import Correction, Story
from newsroom.lib import blocks, canonical, html
from tests.articles.naughty import OWN

KEPT_TAGS = {
    "section", "p", "span", "strong", "em", "sub", "sup", "a", "img", "br", "hr", "ul", "ol", "li",
    "blockquote", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
KEPT_ATTRIBUTES = {"style", "src", "alt", "href", "colspan", "rowspan"}
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone.get_fixed_timezone(480))
BRIDGE, LAMPS, GULLS = "bridge000001", "lamps0000001", "gulls0000001"


def frozen(public_id: str, **said: Any) -> dict[str, Any]:
    given_ = {"caption": "", "credit": "", "alt": "", "joined": False, "focal": [500, 500]}
    return given_ | {"public_id": public_id, "width": 2000, "height": 1500} | said


def laid_out(body: str = "<p>新桥今日通车。</p>", blocked: tuple[str, ...] = (), **given: Any) -> Story:
    card = {"kind": "text", "kicker": "", "subheadline": "", "summary": "", "section": None, "picture": None}
    more: dict[str, Any] = {
        "lede": "", "dateline": "", "editors_note": "", "bylines": [], "photos": [], "source": "",
        "source_url": "", "first_published_at": "", "copyright_notice": "", "responsible_editor": "",
    }  # fmt: skip
    corrections = given.pop("corrections", [])
    headline = given.pop("headline", "新桥今日通车")
    for name, value in given.items():
        (card if name in card else more)[name] = value
    release = Release(
        article_id=7,
        headline=headline,
        body=html.clean(body),
        card=canonical.dump(card),
        details=canonical.dump(more),
        visible_from=NOW,
    )
    return Story(release, NOW, corrections, blocked)


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def only_what_is_kept(text: str) -> Tags:
    found = Tags(text)
    for tag, attributes in found.tags:
        assert tag in KEPT_TAGS
        assert set(attributes) <= KEPT_ATTRIBUTES
        style = attributes.get("style") or ""
        assert "position" not in style
        assert "url(" not in style
        assert re.match("https?://", attributes.get("src") or "https://")
        assert (attributes.get("href") or "https://mp.weixin.qq.com/").startswith("https://mp.weixin.qq.com/")
    return found


def test_everything_a_reader_sees_is_there_in_its_order() -> None:
    made = wechat.paste(
        laid_out(
            "<h2>一桥飞架</h2><p>桥长八百米。</p>",
            kicker="三年建成",
            subheadline="两岸只要七分钟",
            lede="桥通了。\n船停了。",
            editors_note="盼了三年。",
            corrections=[Correction("七分钟应为八分钟。", NOW)],
            source="东岸周报",
            copyright_notice="未经许可不得转载。",
            responsible_editor="沈知秋",
        )
    )
    words = only_what_is_kept(made).words
    order = [
        "三年建成", "新桥今日通车", "两岸只要七分钟", "来源：东岸周报", "七分钟应为八分钟。",
        "桥通了。", "船停了。", "编者按", "盼了三年。", "一桥飞架", "桥长八百米。", "未经许可不得转载。",
        "责任编辑：沈知秋", "阅读原文：",
    ]  # fmt: skip
    places = [words.index(one) for one in order]
    assert places == sorted(places)
    assert words.rstrip().endswith("/articles/7/")


def test_pictures_stand_where_they_are_placed_with_caption_and_credit_once() -> None:
    photos = [
        frozen(BRIDGE, caption="桥", credit="林晚照 摄"),
        frozen(LAMPS, joined=True),
        frozen(GULLS, caption="鸥"),
    ]
    body = f"<p>前</p>{blocks.picture(LAMPS)}<p>后</p>{blocks.picture(BRIDGE)}"
    made = wechat.paste(laid_out(body, photos=photos))
    found = only_what_is_kept(made)
    shown = [attributes["src"] for tag, attributes in found.tags if tag == "img"]
    assert [str(src).split("/photos/")[1] for src in shown] == [
        f"{number}/w960.jpg" for number in (BRIDGE, LAMPS, GULLS)
    ]
    assert found.words.index("前") < found.words.index("林晚照 摄") < found.words.index("后")
    assert found.words.count("林晚照 摄") == 1


def test_a_blocked_picture_is_left_out() -> None:
    made = wechat.paste(laid_out(blocks.picture(BRIDGE), (BRIDGE,), photos=[frozen(BRIDGE)]))
    assert BRIDGE not in made


def test_the_newsroom_looks_at_pictures_by_addresses_of_its_own() -> None:
    assert f'src="/photos/{BRIDGE}/w960.jpg"' in wechat.paste(laid_out(photos=[frozen(BRIDGE)]), root="")


def test_tables_lists_and_boxes_keep_their_shape() -> None:
    body = (
        "<aside class='editors-note'><p>盼了三年。</p></aside><ul><li>甲<ul><li>乙</li></ul></li></ul>"
        "<table><tbody><tr><th colspan='2'>桥</th></tr><tr><td>长</td><td>800</td></tr></tbody></table>"
        "<blockquote><p>好桥。</p></blockquote><hr>"
    )
    made = wechat.paste(laid_out(body))
    found = only_what_is_kept(made)
    assert {"table", "th", "td", "ul", "li", "blockquote", "hr"} <= {tag for tag, _ in found.tags}
    assert 'colspan="2"' in made
    assert "编者按" in found.words


def test_the_opening_stands_before_the_first_word() -> None:
    words = Tags(wechat.paste(laid_out("<p>新桥通车。</p>", dateline="本报讯"))).words
    assert "本报讯新桥通车。" in words
    assert "本报讯" in Tags(wechat.paste(laid_out("<h2>新桥</h2>", dateline="本报讯"))).words


def test_links_stay_only_where_the_editor_keeps_them() -> None:
    body = "<p><a href='https://mp.weixin.qq.com/s/abc'>甲</a><a href='https://example.org/'>乙</a></p>"
    made = wechat.paste(laid_out(body))
    assert '<a href="https://mp.weixin.qq.com/s/abc">甲</a>乙' in made


def test_a_summary_has_at_most_the_length_that_is_shown() -> None:
    assert wechat.digest(laid_out(summary="桥" * 200)) == "桥" * 120
    assert wechat.digest(laid_out()) == "新桥今日通车"


HOSTILE = [
    *OWN,
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<a href='javascript:alert(1)'>x</a>",
    "</section><style>*{}</style>",
    "<p class=x id=y style='position:fixed' onclick=alert(1)>",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_in_every_place(words: str) -> None:
    # A frozen body is clean, but these functions trust nobody for it.
    story = laid_out(
        f"<p>{blocks.escape(words)}</p>{words}",
        headline=words, kicker=words, subheadline=words, lede=words, editors_note=words, source=words,
        source_url=words, copyright_notice=words, responsible_editor=words, dateline=words,
        corrections=[Correction(words, NOW)], photos=[frozen(BRIDGE, caption=words, alt=words, credit=words)],
    )  # fmt: skip
    only_what_is_kept(wechat.paste(story))


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30)
PIECES = st.lists(
    st.tuples(st.sampled_from(["p", "h2", "h3", "blockquote", "ul", "table", "aside"]), WORDS), max_size=8
)


def tagged(tag: str, words: str) -> str:
    inner = blocks.escape(words)
    if tag == "ul":
        return f"<ul><li>{inner}</li></ul>"
    if tag == "table":
        return f"<table><tbody><tr><td>{inner}</td></tr></tbody></table>"
    if tag == "aside":
        return f'<aside class="link-box"><p>{inner}</p></aside>'
    return f"<{tag}>{inner}</{tag}>"


@given(PIECES)
def test_no_word_of_the_text_is_lost(pieces: list[tuple[str, str]]) -> None:
    story = laid_out("".join(tagged(*piece) for piece in pieces))
    words = re.sub(r"\s", "", only_what_is_kept(wechat.paste(story)).words)
    signed = re.sub(r"\s", "", html.text(story.release.body))
    assert signed in words
    assert signed in re.sub(r"\s", "", wechat.plain(wechat.paste(story)))
