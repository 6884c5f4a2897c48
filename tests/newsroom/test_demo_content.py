"""The demo's content hangs together, reads as written, and was written for the demo."""

import json
import re
from collections import Counter
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from articles.models import Article, Byline
from articles.models.taxonomy import Section, Series
from issues.models import Masthead
from newsroom.demo.content import FOLDER, LIVE, Change, Content, ContentError, Story, body_html, load
from newsroom.lib import html
from people.models import Act, Identity, Region, Reporter

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
ACCOUNTS = {"reporter", "reporter2", "editor", "deputy", "chief", "proofreader", "layout", "admin"}


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def credited(content: Content) -> list:
    return [c for s in content.stories for c in [*s.bylines, *(c for p in s.photos for c in p.credits)]]


def rendered(story: Story) -> str:
    return body_html(story, {use.key: "0123456789abcdef" for use in story.photos})


def words(content: Content) -> str:
    """All text of the demo, without spaces."""
    return re.sub(r"\s", "", "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.toml")))


def test_a_newsroom_in_every_state(content: Content) -> None:
    states = Counter(story.state for story in content.stories)
    assert len(content.stories) >= 30
    assert sum(states[state] for state in LIVE) >= 18
    assert {s.stage for s in content.stories if s.state == "review"} == {"初审", "复审", "终审"}
    assert all(
        states[state] == 1
        for state in (
            "scheduled", "waiting", "returned", "withdrawn", "spiked", "held", "corrected", "amended",
            "reopened",
        )
    )  # fmt: skip


def test_what_a_state_needs_is_there(content: Content) -> None:
    needed = {
        "scheduled": "due_hours", "withdrawn": "withdrawal", "corrected": "correction",
        "amended": "amendment", "reopened": "revision", "returned": "note", "review": "stage",
    }  # fmt: skip
    for story in content.stories:
        for state, field in needed.items():
            if story.state == state:
                assert getattr(story, field), (story.key, field)


def test_every_reference_is_to_something(content: Content) -> None:
    sections = {s["slug"] for s in content.sections}
    regions = {r["code"] for r in content.regions}
    assert {s["username"] for s in content.accounts} == ACCOUNTS
    assert {s.section for s in content.stories} <= sections
    assert {s.series for s in content.stories} == {"", *(s["slug"] for s in content.series)}
    assert {code for s in content.stories for code in s.regions} <= regions
    assert {r["parent"] for r in content.regions if "parent" in r} <= regions
    assert {s["parent"] for s in content.sections if "parent" in s} <= sections
    assert {s.source for s in content.stories} <= {"", *(s["name"] for s in content.sources)}
    assert {s.owner for s in content.stories} <= ACCOUNTS
    linked = {link["story"] for s in content.stories for b in s.body for link in b.links if "story" in link}
    assert linked
    assert linked <= {s.key for s in content.stories if s.state in LIVE}


def test_a_credit_is_the_credited_ones_own(content: Content) -> None:
    known = {(r["name"], r["identity"], r.get("outlet", "")) for r in content.reporters}
    plain = {(name, identity) for name, identity, _ in known}
    assert {(c.name, c.identity) for c in credited(content)} <= plain
    assert {(c.name, c.identity, c.outlet) for c in credited(content) if c.outlet} <= known
    assert {c.identity for c in credited(content)} <= set(Identity.values)
    assert {c.act for c in credited(content)} <= set(Act.values)
    assert {c.place for c in credited(content)} == set(Byline.Place.values)
    assert Counter(identity for _, identity in plain)["reporter"] >= 6
    assert Counter(identity for _, identity in plain)["correspondent"] >= 6


def test_nobody_is_credited_twice_over(content: Content) -> None:
    for names in (
        [r["name"] for r in content.reporters],
        [s["slug"] for s in [*content.sections, *content.series]],
        [r["code"] for r in content.regions],
        [s.key for s in content.stories],
        [s.headline for s in content.stories if s.headline],
    ):
        assert not [name for name, count in Counter(names).items() if count > 1]


def test_fields_fit_their_columns(content: Content) -> None:
    for story in content.stories:
        _fits(Article, asdict(story), story.key)
    for model, rows in (
        (Section, content.sections), (Series, content.series), (Region, content.regions),
        (Reporter, content.reporters), (Masthead, [content.masthead]),
    ):  # fmt: skip
        for row in rows:
            _fits(model, row, str(row))


def _fits(model: type, row: dict, where: str) -> None:
    for field in model._meta.get_fields():
        value, room = row.get(field.name), getattr(field, "max_length", None)
        if isinstance(value, str) and room:
            assert len(value) <= room, (where, field.name)


def test_masthead_fields_are_the_models(content: Content) -> None:
    assert content.masthead.keys() <= {field.name for field in Masthead._meta.fields}


def test_regions_lie_inside_their_parents(content: Content) -> None:
    for row in content.regions:
        region = Region(**{name: row[name] for name in ("code", "name", "level")})
        assert row.get("parent", region.lineage[-1]) in region.lineage, row
        assert region.code.startswith("99")  # no real province's


def test_sections_have_two_levels(content: Content) -> None:
    top = {s["slug"] for s in content.sections if "parent" not in s}
    assert 7 <= len(top) <= 9
    assert {s["parent"] for s in content.sections if "parent" in s} <= top


def test_pictures_and_captions(content: Content) -> None:
    for story in content.stories:
        placed = [block.photo for block in story.body if block.type == "photo"]
        used = [use.key for use in story.photos]
        assert set(placed) <= set(used), story.key
        assert len(set(used)) == len(used), story.key
        assert sum(use.lead for use in story.photos) == bool(story.photos), story.key
        for use in story.photos:
            assert use.credits, story.key
            assert use.caption or use.joined or story.key == "first-snow", story.key
            assert use.alt or story.key == "first-snow", story.key


def test_one_picture_has_one_credit(content: Content) -> None:
    uses: dict[str, set] = {}
    for use in (use for story in content.stories for use in story.photos):
        uses.setdefault(use.key, set()).add((use.credits, use.alt))
    assert not {key: found for key, found in uses.items() if len(found) > 1}


def test_lengths_are_a_newspapers(content: Content) -> None:
    for story in content.stories:
        size = html.count_characters(rendered(story))
        assert story.body or story.photos, story.key
        if story.kind == "picture":
            assert story.photos, story.key
        elif any(block.type == "h2" for block in story.body) and story.section not in ("bianmin", "fukan"):
            assert 800 <= size <= 1800, (story.key, size)
        elif story.state in LIVE:
            assert 180 <= size <= 1100, (story.key, size)


def test_bodies_are_in_the_canonical_form(content: Content) -> None:
    for story in content.stories:
        body = rendered(story)
        assert html.clean(body) == body, story.key
        assert html.photo_ids(body) == ["0123456789abcdef"] * sum(b.type == "photo" for b in story.body)


def test_links_lead_to_stories_that_have_an_address(content: Content) -> None:
    story = next(s for s in content.stories if s.key == "week-events")
    body = body_html(story, {}, {"workshop": "/articles/7/?a=1&b=2"})
    assert '<a href="/articles/7/?a=1&amp;b=2">一刀一木，把老街印下来</a>' in body
    assert "<li>引霁渠边走一走</li>" in body


def test_markup_in_a_text_stays_text(content: Content) -> None:
    first = content.stories[0]
    odd = replace(first, body=(replace(first.body[0], text="<b>甲&乙</b>\n丙"),))
    assert rendered(odd) == "<p>&lt;b&gt;甲&amp;乙&lt;/b&gt;<br>丙</p>"


def test_dates_are_counted_from_the_storys_own_moment(content: Content) -> None:
    dated = "{day-1}和{day}，{weekday+7}"
    story = replace(content.stories[0], key="", headline=dated, age_hours=24 * 20, due_hours=None)
    told = content.told(story, NOW)
    assert told.headline == "11月1日和11月2日，星期一"  # 12:00 on 2 November in the bureau
    assert content.moment(story, NOW) == NOW - timedelta(days=20)
    assert content.moment(replace(story, due_hours=15.0), NOW) == NOW + timedelta(hours=15)


def test_no_placeholder_is_left(content: Content) -> None:
    for story in content.stories:
        assert "{" not in json.dumps(asdict(content.told(story, NOW)), default=str).replace('{"', ""), (
            story.key
        )
        assert "{" not in story.headline  # what the loader tells stories by


def test_changes_meet_their_words_once(content: Content) -> None:
    changes = [(s, c) for s in content.stories for c in (s.edit, s.amendment, s.revision) if c]
    assert len(changes) == 3
    for story, change in changes:
        after = story.after(change)
        assert (rendered(after), after.headline) != (rendered(story), story.headline)
    with pytest.raises(ContentError, match="not once"):
        content.stories[0].after(Change(old="无此句", new=""))


def test_a_mistake_in_the_files_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsroom.demo import content as module

    for path in FOLDER.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace('kicker = "砚坪', 'kiker = "砚坪'), encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(ContentError, match=r"news\.toml: wind: unknown field kiker"):
        load()


def test_addresses_are_nobodys(content: Content) -> None:
    found = re.findall(r"https?://[^\s\"]+|www\.[^\s\"]+", words(content).replace('"', ' "'))
    assert found
    for address in found:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
        assert host.endswith(".example"), address


def test_not_a_sentence_is_borrowed(content: Content, shared: Path) -> None:
    demo = words(content)
    for path in sorted((shared / "seeds").iterdir()):
        lines = re.sub(r"[ \t　]", "", path.read_text(encoding="utf-8"))
        sentences = {s for s in re.split(r"[。！？!?\n]", lines) if len(s) >= 8}
        assert sentences
        assert not [s for s in sentences if s in demo], path.name
        runs = {s[i : i + 12] for s in sentences for i in range(len(s) - 11)}
        assert not [run for run in runs if run in demo], path.name


def test_not_a_name_is_borrowed(content: Content, shared: Path) -> None:
    demo, found = words(content), set()
    for path in sorted((shared / "truth").glob("*.json")):
        found |= set(re.findall(r'"name":\s*"([^"]{2,4})"', path.read_text(encoding="utf-8")))
    assert found
    assert not {name for name in found if name in demo}
