"""Cleaning: nothing executable is left of any input, and what is left is in one form."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.lib import html

PHOTO = '<figure class="image"><img src="/photos/abcdefghij12/w640.webp" alt=""></figure>'

TAGS = {
    "p": set(), "br": set(), "h2": set(), "h3": set(), "strong": set(), "em": set(), "u": set(), "s": set(),
    "sub": set(), "sup": set(), "blockquote": set(), "ul": set(), "ol": set(), "li": set(), "table": set(),
    "thead": set(), "tbody": set(), "tr": set(), "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"},
    "a": {"href", "title", "rel"}, "figure": {"class"}, "figcaption": set(), "img": {"src", "alt"},
    "hr": set(), "aside": {"class"},
}  # fmt: skip


class Inspector(HTMLParser):
    """Walks every tag and attribute and collects what may not stand in a body."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []
        self.feed(body)
        self.close()
        self.faults += [f"<{tag}> never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)
        for name, value in attrs:
            if name not in TAGS.get(tag, set()):
                self.faults.append(f"<{tag} {name}>")
            if name == "href" and not allowed(value or ""):
                self.faults.append(f"link to {value!r}")
            if name == "src" and not (value or "").startswith("/photos/"):
                self.faults.append(f"picture {value!r}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def allowed(address: str) -> bool:
    """Judged as a browser does: controls and spaces are nothing, a backslash is a slash."""
    address = "".join(c for c in address if c > " ").replace("\\", "/").lower()
    parts = urlsplit(address)
    if parts.scheme in ("http", "https"):
        return bool(parts.netloc)
    return parts.scheme in ("mailto", "tel") or (
        not parts.scheme and address[:1] == "/" and address[1:2] != "/"
    )


def check(source: str) -> None:
    cleaned = html.clean(source)
    assert Inspector(cleaned).faults == [], source
    assert html.clean(cleaned) == cleaned, source


def test_the_inspector_sees() -> None:
    """What the other tests rely on."""
    assert Inspector("<p onclick=x><script>1</script>").faults == [
        "<p onclick>",
        "<script>",
        "<p> never closed",
    ]
    for address in ("javascript:1", " java\nscript:1", "//x.cn", "/\\x.cn", "x", "data:,1", "http:"):
        assert Inspector(f'<a href="{address}"></a>').faults, address
    assert Inspector('<a href="/papers/"></a><a href="https://x.cn/"></a>').faults == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>&nbsp;</p>", ""),
        ("<p><br></p>\n<p>\u3000</p>", ""),
        ("没有标签", "<p>没有标签</p>"),
        ("<p>　　本报讯　甲 </p>", "<p>本报讯　甲</p>"),
        ("<div>一</div><div>二<br>三</div>", "<p>一</p><p>二<br>三</p>"),
        ("<h1>一</h1><h2>二<br>行</h2><h5>三</h5>", "<h2>一</h2><h2>二<br>行</h2><h3>三</h3>"),
        ("<p style='color:red' class=MsoNormal id=x><b>甲</b><o:p></o:p></p>", "<p><strong>甲</strong></p>"),
        ("<p>断成两行的\r\n  中文 and\nwords</p>", "<p>断成两行的中文 and words</p>"),
        ("<b>a <i>b</i></b><i>c</i>", "<p><strong>a </strong><em><strong>b</strong>c</em></p>"),
        ("<p>甲<br>\n乙<br></p>", "<p>甲<br>乙</p>"),
        ("<ul><li>a<ul><li>b</ul><li><p>c<p>d</ul>",
         "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>"),
        ("<ul><ul><li>x</ul></ul>", "<ul><li>x</li></ul>"),
        ("<ul><li>a</ul><ol></ol> <ul><li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<table><caption>表一<tr><th colspan=2 style=x>甲<tr><td>乙<td rowspan=9999>丙</table>",
         '<figure class="table"><table><tbody><tr><th colspan="2">甲</th></tr><tr><td>乙</td><td>丙</td></tr>'
         "</tbody></table><figcaption>表一</figcaption></figure>"),
        ("<table><caption>只有题", "<p>只有题</p>"),
        ("<aside class='editors-note x'>编者按<script>1</script></aside>",
         '<aside class="editors-note"><p>编者按</p></aside>'),
        ("<blockquote class=link-box><a href=/a>甲</a></blockquote>",
         '<aside class="link-box"><p><a href="/a">甲</a></p></aside>'),
        ("<aside class=advert>甲</aside>", "<p>甲</p>"),
        ("<blockquote><blockquote>甲</blockquote>乙", "<blockquote><p>甲</p><p>乙</p></blockquote>"),
        ("甲\x00\x07乙\ud800", "<p>甲乙\ufffd</p>"),
        ("1 &lt; 2 &amp; \"3\"", '<p>1 &lt; 2 &amp; "3"</p>'),
    ],
)  # fmt: skip
def test_it_makes_one_form(source: str, expected: str) -> None:
    assert html.clean(source) == expected
    check(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>甲<img src='/photos/abcdefghij12/w320.jpg' width=9 style=x onerror=1>乙</p>",
         f"<p>甲</p>{PHOTO}<p>乙</p>"),
        (f"<p>甲</p>{PHOTO}", f"<p>甲</p>{PHOTO}"),
        ("<figure class=image><img src=/photos/abcdefghij12/w640.webp><figcaption>说明</figcaption></figure>",
         f"{PHOTO}<p>说明</p>"),
        ("<ul><li>甲<img src=/photos/abcdefghij12/w640.webp></ul>", f"<ul><li>甲</li></ul>{PHOTO}"),
        ("<img src=https://x.cn/photos/abcdefghij12/w640.webp>", ""),
        ("<img src=/photos/abc/w640.webp><img src=/photos/abcdefghij12/../x>", ""),
        ("<img src=data:image/png;base64,1>", ""),
    ],
)  # fmt: skip
def test_a_picture_is_only_placed(source: str, expected: str) -> None:
    assert html.clean(source) == expected


def test_photo_ids_come_in_order_and_are_filled_in() -> None:
    body = html.clean("<img src=/photos/zzzzzzzzzz/a><p>甲<img src=/photos/aaaaaaaaaa/b>")
    assert html.photo_ids(body) == ["zzzzzzzzzz", "aaaaaaaaaa"]
    assert html.fill_pictures(body, lambda public_id: f"[{public_id}]") == "[zzzzzzzzzz]<p>甲</p>[aaaaaaaaaa]"


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("http://x.cn/a b", "http://x.cn/a%20b"),
        ("HTTPS://x.cn", "https://x.cn"),
        (" //x.cn/a", "https://x.cn/a"),
        ("/papers/latest/", "/papers/latest/"),
        ("mailto:a@x.cn", "mailto:a@x.cn"),
        ("tel:+86316", "tel:+86316"),
        ("java\tscript:alert(1)", None),
        ("\u2003\x01javascript:alert(1)", None),
        ("/\\x.cn", None),
        ("/\t/x.cn", "https://x.cn"),
        ("\\\\x.cn", None),
        ("https:x.cn", None),
        ("data:text/html,1", None),
        ("page.html", None),
        ("", None),
    ],
)
def test_links_lead_to_safe_places(address: str, stored: str | None) -> None:
    assert html.link(address) == stored


def test_only_links_that_leave_the_site_carry_rel() -> None:
    body = html.clean("<a href=/a target=_blank>甲</a><a rel=me href='http://x.cn' title='\"'>乙</a>")
    assert body == (
        '<p><a href="/a">甲</a><a href="http://x.cn" title="&quot;" rel="noopener noreferrer">乙</a></p>'
    )


@pytest.mark.parametrize("file", ["dompurify-expect.json", "payloads-sample.txt"])
def test_nothing_runs_of_known_attacks(shared: Path, file: str) -> None:
    source = (shared / "corpora/xss" / file).read_text(encoding="utf-8")
    payloads = (
        [case["payload"] for case in json.loads(source)] if file.endswith("json") else source.splitlines()
    )
    for payload in payloads:
        check(payload)
    check("\n".join(payloads))


def test_naughty_strings_come_through(shared: Path) -> None:
    for line in json.loads((shared / "corpora/naughty-strings/blns.json").read_text(encoding="utf-8")):
        check(line)


# fmt: off
_TAGS = [
    "p", "/p", "b", "/b", "i", "a href=/x", "a href='&#1;javascript:1'", "/a", "h2", "/h2", "ul", "ol", "li",
    "/ul", "/li", "table", "tr", "td", "th", "thead", "/thead", "/table", "caption", "blockquote",
    "/blockquote", "aside class=link-box", "/aside", "div", "/div", "figure", "/figure", "figcaption",
    "img src=/photos/abcdefghij12/w", "br", "hr", "svg", "math", "style", "/style", "!--", "textarea",
    "select",
]
_SIGNS = ["&nbsp;", "&lt;", "&#0;", "&#x85;", "-->", "字", "x", *"\n<>&\"'= \u3000\xa0\ufeff"]
# fmt: on
_SCRAPS = st.sampled_from([f"<{tag}>" for tag in _TAGS] + _SIGNS)


@given(st.lists(_SCRAPS | st.text(max_size=4), max_size=25).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_string_is_cleaned_once_and_for_all(source: str) -> None:
    check(source)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=80))
def test_no_character_of_a_text_is_lost(text: str) -> None:
    body = html.clean(f"<p>{html.blocks.escape(text)}</p>")
    kept = text.replace("\ufeff", "").replace("\ufffe", "").replace("\uffff", "")
    assert "".join(html.text(body).split()) == "".join(kept.split())


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 200_000 + "字",
        "<ul><li>" * 100_000 + "字",
        "".join(f"<font size={n}>" for n in range(5000)) + "<p>字" * 5000,
    ],
    ids=["div", "list", "font"],
)
def test_deep_nesting_is_flattened(bomb: str) -> None:
    """Parsed as it stands, any of these takes minutes or gigabytes."""
    cleaned = html.clean(bomb)
    assert html.text(cleaned).strip("字\n") == ""
    assert "字" in cleaned
    assert "<ul>" not in cleaned


def test_the_editor_offers_what_the_sanitiser_keeps() -> None:
    offered = html.toolbar()
    assert {"heading", "bold", "link", "insertTable", "style", "uploadImage"} <= set(
        offered["toolbar"]["items"]
    )
    kept = {tag for feature in html.FEATURES for tag in feature.tags}
    assert kept == TAGS.keys()
    assert {option["view"] for option in offered["heading"]["options"] if "view" in option} == {"h2", "h3"}
    assert "null" not in json.dumps(offered)  # the editor doesn't load with one


@pytest.mark.parametrize(
    ("body", "characters"),
    [
        ("<p>廊坊开发区，“好”！</p>", 10),
        ("<p>Hello world 3.14%</p><p>　字 </p>", 4),
        ("", 0),
        ("<p>第26期</p>", 3),
    ],
)
def test_characters_are_counted_as_editors_do(body: str, characters: int) -> None:
    assert html.count_characters(body) == characters


def test_plain_text_keeps_blocks_apart() -> None:
    body = "<h2>甲<br>乙</h2><ul><li>丙</li></ul><table><tr><td>丁<td>戊</table>"
    assert html.text(body) == "甲\n乙\n丙\n丁\t戊"


# The field


DIRTY, CLEAN = "<p onclick=x>甲<script>1</script></p>", "<p>甲</p>"


@pytest.fixture
def page(transactional_db: None) -> Iterator[type[models.Model]]:
    with isolate_apps("newsroom"):

        class Page(models.Model):
            body = html.CleanHTMLField(blank=True)

            class Meta:
                app_label = "newsroom"

            def __str__(self) -> str:
                return self.body

        with connection.schema_editor() as editor:
            editor.create_model(Page)
        yield Page
        with connection.schema_editor() as editor:
            editor.delete_model(Page)


def test_every_way_in_is_cleaned(page: type[models.Model]) -> None:
    saved = page(body=DIRTY)
    saved.save()
    many = page.objects.bulk_create([page(body=DIRTY)])
    assert [str(saved), str(many[0])] == [CLEAN, CLEAN]
    updated, both = page.objects.create(), page.objects.create()
    page.objects.filter(pk=updated.pk).update(body=DIRTY)
    both.body = DIRTY
    page.objects.bulk_update([both], ["body"])
    assert list(page.objects.values_list("body", flat=True)) == [CLEAN] * 4
    assert page._meta.get_field("body").clean(DIRTY, None) == CLEAN


def test_lookups_take_words_as_they_are(page: type[models.Model]) -> None:
    page.objects.create(body=DIRTY)
    assert page.objects.filter(body__contains="甲").count() == 1
    assert page.objects.filter(body__contains="甲<").exists()


def test_the_field_names_itself_in_migrations() -> None:
    assert html.CleanHTMLField(blank=True).deconstruct()[1:] == (
        "newsroom.lib.html.CleanHTMLField", [], {"blank": True},
    )  # fmt: skip
