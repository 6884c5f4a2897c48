"""The English of the newsroom is complete: every sentence, every page, and the compiled form."""

from __future__ import annotations

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from articles import history, release
from articles.freeze import freeze
from articles.intake import shelf
from articles.models import Article, Correction, FrontSlot, Intake, Series, Source
from articles.workflow import perform
from issues.models import Issue, Masthead, Page, Placement
from issues.workflow import perform as perform_on_page
from newsroom.lib import canonical
from people.models import Identity, Region
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.media import PhotoFactory
from tests.factories.people import DelegationFactory, ReporterFactory

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "locale" / "en" / "LC_MESSAGES"
SOURCES = ["manage.py", "newsroom", "people", "media", "articles", "issues", "templates"]
HAN = re.compile("[㐀-鿿豈-\ufaff]+")
# %s, %d, %(name)s and {n}: what the program fills in.
CELLS = {"col": 0, "row": 0, "cols": 3, "rows": 6}
HOLES = re.compile(r"%(?:\(\w+\))?[sd]|\{\w+\}")


# The catalogue itself


@dataclass
class Entry:
    """One message of a .po file. `texts` has a translation for each plural form."""

    words: dict[str, str] = field(default_factory=dict)
    flags: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.words.get("msgctxt", ""), self.words["msgid"], self.words.get("msgid_plural", "")

    @property
    def texts(self) -> list[str]:
        return [text for name, text in self.words.items() if name.startswith("msgstr")]


def read_po(path: Path) -> list[Entry]:
    """Every message in order, the header (an empty msgid) first."""
    found = []
    for part in path.read_text("utf-8").split("\n\n"):
        entry, name = Entry(), ""
        for line in part.splitlines():
            if line.startswith("#"):
                entry.flags += line.removeprefix("#,") if line.startswith("#,") else ""
                continue
            word, _space, text = line.partition(" ") if not line.startswith('"') else (name, " ", line)
            name = word
            entry.words[name] = entry.words.get(name, "") + ast.literal_eval(text)
        if entry.words:
            found.append(entry)
    return found


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    found = read_po(FOLDER / "django.po")[1:]
    assert len(found) > 600
    return found


def test_every_message_is_translated(entries: list[Entry]) -> None:
    assert [entry.key for entry in entries if not all(entry.texts)] == []
    assert [entry.key for entry in entries if "fuzzy" in entry.flags] == []


def test_a_message_stands_once_and_in_order(entries: list[Entry]) -> None:
    """Then a new one changes one place of the file, whoever writes it out."""
    keys = [(key, context) for context, key, _plural in (entry.key for entry in entries)]
    assert keys == sorted(set(keys))


def test_translations_fill_in_what_the_source_does(entries: list[Entry]) -> None:
    wrong = []
    for entry in entries:
        _context, one, many = entry.key
        sources = [one, many] if many else [one]
        for source, text in zip(sources, entry.texts, strict=True):
            holes, filled = HOLES.findall(source), HOLES.findall(text)
            # Those without a name are filled in their order.
            if holes != filled if "(" not in "".join(holes) else sorted(holes) != sorted(filled):
                wrong.append((source, text))
    assert wrong == []


def test_no_chinese_is_left_in_english(entries: list[Entry]) -> None:
    assert [text for entry in entries for text in entry.texts if HAN.search(text)] == []


def test_the_header_names_nobody_and_no_moment() -> None:
    header = read_po(FOLDER / "django.po")[0]
    lines = [line.partition(":")[0] for line in header.texts[0].splitlines()]
    assert lines == [
        "Project-Id-Version",
        "Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Plural-Forms",
    ]
    assert "fuzzy" not in header.flags


def test_the_compiled_catalogue_says_the_same(entries: list[Entry]) -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    expected: dict[object, str] = {}
    for entry in entries:
        context, one, many = entry.key
        key = f"{context}\x04{one}" if context else one
        expected |= {(key, n): t for n, t in enumerate(entry.texts)} if many else {key: entry.texts[0]}
    compiled.pop("")
    assert compiled == expected


@pytest.mark.slow
def test_nothing_the_newsroom_says_is_missing_or_left_over(tmp_path: Path, entries: list[Entry]) -> None:
    tools = ("xgettext", "msguniq", "msgmerge", "msgattrib")
    if not all(shutil.which(tool) for tool in tools):
        pytest.skip("needs gettext")
    copy = tmp_path / "copy"
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("static", "__pycache__"))
        else:
            copy.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    (copy / "locale").mkdir()
    done = subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale", "en", "--no-location", "--no-wrap"],
        cwd=copy,
        env=os.environ | {"NEWSROOM_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    said = {entry.key for entry in read_po(copy / "locale/en/LC_MESSAGES/django.po")[1:]}
    known = {entry.key for entry in entries}
    assert said - known == set()
    assert known - said == set()


# The pages


class Words(HTMLParser):
    """What a person sees or hears of a page, but for what is marked as Chinese (the switch, a story)."""

    VOID = ("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
    ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        hidden = given.get("lang", "").startswith("zh") if given.get("lang") else False
        hidden = hidden or tag in ("script", "style") or any(hidden for _tag, hidden in self.inside)
        if not hidden:
            self.found += [given[name] or "" for name in given if name in self.ATTRIBUTES or "data-" in name]
        if tag not in self.VOID:
            self.inside.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(hidden for _tag, hidden in self.inside):
            self.found.append(data.strip())


def chinese_in(page: str) -> list[str]:
    """The texts with Chinese in them; the bureau names its stages itself, so their names don't count."""
    reader = Words()
    reader.feed(page)
    names = [stage.name for stage in (*settings.REVIEW_STAGES, *settings.PROOF_STAGES)]
    known = re.compile("|".join(map(re.escape, names)))
    return [text for text in reader.found if HAN.search(known.sub("", text))]


@pytest.fixture
def cast(db: None) -> Cast:
    """Everyone under an English name."""
    cast = Cast()
    for name, person in cast.everyone().items():
        person.full_name = name.title()
        person.save()
    return cast


def story(cast: Cast, state: str) -> Article:
    """A story in English; only its surroundings can have Chinese in them."""
    now = timezone.now()
    made = ArticleFactory(
        headline=f"Bridge {state}",
        body="<p>Both banks have waited for three years.</p>",
        created_by=cast.reporter,
        section=SectionFactory(name=f"News {state}", slug=f"news-{state}"),
        bylines=[{"name": "Reporter", "identity": Identity.NONE}],
        photos=[PhotoFactory(caption="Harbour", credit="", uploaded_by=cast.reporter)],
        tags=["bridges"],
    )
    made.photos.update(credit="Reporter")
    history.record(made, cast.reporter, now)
    made.refresh_from_db()
    if state in ("review", "returned"):
        perform("submit", made, cast.reporter)
        by, action = (cast.editor, "pass") if state == "review" else (cast.editor, "return")
        perform(action, made, by, note="Who built it?")
    if state in ("published", "amended", "withdrawn"):
        publish(made, cast, now - timedelta(hours=30))
    if state == "amended":
        Article.objects.filter(pk=made.pk).update(headline="Bridge, corrected", body="<h2>Open</h2>")
        made.refresh_from_db()
        history.record(made, cast.editor, now)
        perform("correct", made, cast.chief, note="It is longer.")
    if state == "withdrawn":
        perform("withdraw", made, cast.chief, note="It is shorter.", notice="Withdrawn.")
    made.refresh_from_db()
    return made


def rest(cast: Cast) -> None:
    """One row of everything else that has a page."""
    Region.objects.create(code="131099", name="Harbour", level=Region.Level.COUNTY)
    Series.objects.create(title="Answers", slug="answers")
    Source.objects.create(name="Some Daily", copyright_notice="Theirs")
    ReporterFactory(name="Reporter", user=cast.reporter)
    DelegationFactory(principal=cast.chief, deputy=cast.deputy, stage="终审")
    masthead = Masthead.objects.create(title="Harbour Weekly", organ_role="")
    # Out of the lunar calendar: its dates are Chinese in any language.
    Issue.objects.create(masthead=masthead, date=date(2101, 3, 4), number=9, total_number=604)


def english(client: Client, person: object) -> Client:
    client.force_login(person)  # type: ignore[arg-type]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def look(client: Client, addresses: list[str]) -> dict[str, list[str]]:
    """What is Chinese on the pages that this person may open, by address."""
    found, opened = {}, 0
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (200, 302, 403, 404), address
        if response.status_code == 200:
            opened += 1
            assert '<html lang="en"' in response.text, address
            found[address] = chinese_in(response.text)
    assert opened > len(addresses) / 2
    return {address: texts for address, texts in found.items() if texts}


@pytest.mark.parametrize("state", ["draft", "returned", "review", "published", "amended", "withdrawn"])
@pytest.mark.parametrize("role", ["chief", "reporter"])
def test_the_pages_of_a_story_are_english(client: Client, cast: Cast, role: str, state: str) -> None:
    made = story(cast, state)
    names = ["change", "revisions", "compare", "preview"]
    addresses = [reverse(f"admin:articles_article_{name}", args=[made.pk]) for name in names]
    addresses += ["/admin/", reverse("admin:articles_article_changelist"), f"{addresses[2]}?whole=1"]
    assert look(english(client, getattr(cast, role)), addresses) == {}


@pytest.mark.parametrize(("role", "own"), [("chief", "media_photo"), ("admin", "people_user")])
def test_every_list_and_form_is_english(client: Client, cast: Cast, role: str, own: str) -> None:
    made = story(cast, "published")
    Correction.objects.create(article=made, text="It is longer.", at=timezone.now(), by=cast.chief)
    rest(cast)
    addresses = ["/admin/", reverse("admin:password_change")]
    for model in admin.site._registry:
        if model is Page:
            continue  # a page is opened in its composer and its proofs
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        if model is Intake:  # its list is where it comes in
            [page] = shelf.receive("page.txt", b"A bridge opens.", cast.editor, timezone.now())
            addresses += [reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[page.pk])]
            continue
        if model is FrontSlot:  # arranged on its list
            addresses.append(reverse(f"{name}_changelist"))
            continue
        row = model._default_manager.order_by("pk").first()
        addresses += [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
        addresses += [reverse(f"{name}_change", args=[row.pk])] if row else []
    assert len(addresses) > 30
    person = getattr(cast, role)
    opened = [address for address in addresses if english(client, person).get(address).status_code == 200]
    assert {reverse(f"admin:{own}_changelist"), reverse(f"admin:{own}_add")} <= set(opened)
    assert look(client, opened) == {}


def test_the_pages_of_the_paper_are_english(client: Client, cast: Cast) -> None:
    rest(cast)
    issue = Issue.objects.get()
    page = Page.objects.create(issue=issue, number=1, name="News", credits=[["Editor", "Someone"]])
    Placement.objects.create(page=page, kind="filler", title="Notice", text="Closed.", **CELLS)
    perform_on_page("proof", page, cast.layout)
    perform_on_page("sign", page, cast.proofreader)
    addresses = [reverse(f"admin:issues_page_{name}", args=[page.pk]) for name in ("compose", "proof")]
    addresses += [reverse("admin:issues_issue_change", args=[issue.pk]), "/admin/"]
    assert look(english(client, cast.layout), addresses) == {}


@pytest.mark.parametrize(
    ("action", "note", "status"), [("return", "", 422), ("submit", "", 409), ("withdraw", "Wrong", 409)]
)
def test_refusals_are_english(client: Client, cast: Cast, action: str, note: str, status: int) -> None:
    made = story(cast, "review")
    perform("pass", made, cast.deputy)
    address = reverse("admin:articles_article_action", args=[made.pk])
    asked = {"action": action, "note": note, "digest": made.digest}
    response = english(client, cast.chief).post(address, asked)
    assert response.status_code == status
    assert chinese_in(response.text) == []


def test_the_login_page_is_english(client: Client, cast: Cast) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    wrong = client.post("/admin/login/", {"username": "chief", "password": "wrong"})
    assert "Please enter" in wrong.text
    assert chinese_in(wrong.text) == []


def test_readers_get_no_english(client: Client, cast: Cast) -> None:
    """What is signed, and what an English newsroom foresees of it, is the same in any language."""
    made = story(cast, "draft")
    with translation.override("en"):
        assert canonical.digest(freeze(made)) == made.digest
        english_release = release.build(made.revisions.get(), 1, timezone.now())
    chinese_release = release.build(made.revisions.get(), 1, timezone.now())
    for name in ("headline", "body", "card", "details"):
        assert getattr(english_release, name) == getattr(chinese_release, name)
    page = english(client, cast.chief).get(reverse("admin:articles_article_preview_page", args=[made.pk]))
    assert '<html lang="zh' in page.text
    assert re.search(r"\d{4}年\d+月\d+日 星期.", page.text)


def test_chinese_on_a_page_is_found() -> None:
    """The check above would see what it looks for."""
    assert chinese_in('<p title="工作台">Desk</p><p lang="zh-hans">中文</p><label>标题<br>初审</label>') == [
        "工作台",
        "标题",
    ]
