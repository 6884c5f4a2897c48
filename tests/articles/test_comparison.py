"""Two versions beside each other: nothing that differs goes unseen, and nothing else is called a change."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.comparison import LABELS, changes_between, compare_contents
from articles.freeze import freeze
from newsroom.lib import canonical
from newsroom.lib.diff import Change
from people.models import Region
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory
from tests.factories.media import PhotoFactory
from tests.factories.people import RegionFactory

pytestmark = pytest.mark.django_db

Content = dict[str, Any]
WHERE_THERE_ARE = {"files", "path", "page_order"}  # not frozen of a story that has none
LINES = (
    *("kicker", "headline", "subheadline", "lede", "dateline", "editors_note", "instalment"),
    *("source", "source_url", "responsible_editor", "copyright_notice"),
)
CORRESPONDENT = {"reporter": None, "identity": "correspondent", "act": "photo", "outlet": "", "place": "end"}


@pytest.fixture
def content() -> Content:
    """A story with something in every field, frozen."""
    cast = Cast()
    county = RegionFactory(code="371500", name="临港市", level=Region.Level.CITY)
    article = ArticleFactory(
        created_by=cast.reporter,
        kicker="三年建成",
        headline="新桥今日通车",
        subheadline="两岸只要七分钟",
        lede="桥通了。",
        dateline="本报讯",
        editors_note="编者的话",
        instalment="临港篇",
        source="新华社",
        source_url="https://example.com/1",
        copyright_notice="版权所有",
        responsible_editor="顾知秋",
        first_published_at=timezone.now(),
        section=SectionFactory(name="社区", parent=SectionFactory(name="民生")),
        series=SeriesFactory(title="港城新答卷", strapline="看项目"),
        regions=[county],
        tags=["交通", "民生"],
        photos=[PhotoFactory(caption="桥"), PhotoFactory(caption="船")],
    )
    found: Content = canonical.load(freeze(article))
    return found


def changed(old: Content, new: Content) -> list[str]:
    return [field.name for field in changes_between(old, new)]


def words(old: Content, new: Content, field: str) -> list[Change]:
    one = next(f for f in compare_contents(old, new) if f.name == field)
    return [change for line in one.changed_lines for change in line.changes]


def test_a_version_is_the_same_as_itself(content: Content) -> None:
    assert changed(content, copy.deepcopy(content)) == []
    fields = {field.name for field in compare_contents(content, content)}
    assert fields == set(LABELS) - WHERE_THERE_ARE, "all fields are there"


@pytest.mark.parametrize("name", LINES)
def test_a_changed_line_shows_the_words_that_changed(name: str, content: Content) -> None:
    new = content | {name: content[name] + "改"}
    assert changed(content, new) == [name]
    assert any(change.kind == "ins" and "改" in change.text for change in words(content, new, name))


def test_a_changed_body_shows_block_by_block(content: Content) -> None:
    new = content | {"body": content["body"].replace("八百米", "九百米")}
    assert changed(content, new) == ["body"]
    assert Change("del", "八百") in words(content, new, "body") or Change("del", "八百米") in words(
        content, new, "body"
    )


@pytest.mark.parametrize(
    ("field", "value", "came"),
    [
        ("section", None, ""),
        ("series", None, ""),
        ("regions", [], ""),
        ("tags", [{"id": 9, "slug": "x", "name": "防汛"}], "防汛"),
        ("bylines", [CORRESPONDENT | {"name": "白苇"}], "白苇"),
        ("photos", [], ""),
        ("kind", "picture", "图片稿"),
        ("first_published_at", "2020-01-01T00:00:00.000000Z", "2020-01-01"),
    ],
)  # fmt: skip
def test_a_changed_relation_shows_in_words(field: str, value: Any, came: str, content: Content) -> None:
    new = content | {field: value}
    assert changed(content, new) == [field]
    shown = words(content, new, field)
    assert came in "".join(change.text for change in shown if change.kind == "ins")
    assert any(change.kind == "del" for change in shown)


def test_a_picture_is_compared_with_itself_wherever_it_stands(content: Content) -> None:
    first, second = content["photos"]
    swapped = content | {"photos": [second, first | {"caption": "新桥", "alt": "新桥"}]}
    field = next(f for f in compare_contents(content, swapped) if f.name == "photos")
    assert [line.label for line in field.changed_lines] == ["图2 说明", "次序"]
    assert field.changed_lines[0].changes == (Change("del", "桥"), Change("ins", "新桥"))


@pytest.mark.parametrize(
    "hidden",
    [
        lambda c: c["bylines"][0].update(reporter=7),
        lambda c: c["photos"][0].update(focal=[1, 1]),
        lambda c: c["section"].update(slug="other"),
        lambda c: c["series"].update(id=99),
        lambda c: c["regions"][0].update(code="371501"),
        lambda c: c.update(own_copyright_notice="另一条"),
    ],
)
def test_what_has_no_words_of_its_own_is_called_a_change_all_the_same(hidden: Any, content: Content) -> None:
    new = copy.deepcopy(content)
    hidden(new)
    fields = changes_between(content, new)
    assert len(fields) == 1
    assert any(line.note for line in fields[0].changed_lines)


def test_markup_in_any_field_is_only_text(content: Content) -> None:
    hostile = "<script>alert(1)</script>"
    new = copy.deepcopy(content)
    for name in ("kicker", "headline", "lede", "source"):
        new[name] = hostile
    new["bylines"][0]["name"] = new["photos"][0]["caption"] = new["tags"][0]["name"] = hostile
    for field in compare_contents(content, new):
        for line in field.lines:
            for shown in (line.old, line.new, line.excerpt):
                assert "<script" not in shown


def test_an_excerpt_keeps_the_change_and_drops_what_is_far_from_it(content: Content) -> None:
    long = "海" * 300
    old, new = content | {"lede": f"{long}一{long}"}, content | {"lede": f"{long}，二，{long}"}
    line = next(f for f in changes_between(old, new) if f.name == "lede").changed_lines[0]
    assert "<ins>" in line.excerpt
    assert len(line.excerpt) < 700


TEXTS = st.text(alphabet="甲乙丙丁，。 \n<&'a1", max_size=30)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["kicker", "headline", "lede", "source", "instalment"]), one=TEXTS, other=TEXTS)
def test_contents_that_differ_never_come_out_the_same(
    name: str, one: str, other: str, content: Content
) -> None:
    old, new = content | {name: one}, content | {name: other}
    assert (changed(old, new) == []) == (one == other)


def test_every_frozen_field_has_its_place(content: Content) -> None:
    """A field added to the frozen content must be added to the comparison."""
    assert set(content) - {"schema", "own_copyright_notice"} | WHERE_THERE_ARE == set(LABELS)
