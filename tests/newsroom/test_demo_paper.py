"""The demo's papers, made whole once: every page full, signed and public; the one being made as planned."""

import io
import shutil
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import TestCase
from django.utils import timezone, translation
from PIL import Image

from articles.intake.pdf.reading import read_pdf
from articles.intake.pieces import Kind, Reading
from articles.intake.reading import read_document
from articles.intake.shape import issue_of, value
from articles.models import Article, Release
from articles.verify import verify as verify_stories
from issues.boxes import GEOMETRY
from issues.composition import compose
from issues.formats import POINT, rect
from issues.letters import font_set
from issues.models import Issue, Mark, Page, Placement, Proof
from issues.verify import verify
from newsroom.demo import content as demo
from newsroom.demo.load import load
from people.chain import verify as verify_chain
from people.models import Signature
from tests.newsroom.printed import as_laid_out, as_read, plain

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)  # noon in the bureau
CELL = 22  # characters that a cell of the grid holds
PAGE = 6 * 40 * CELL
CAPTION = 10  # points a line of a caption takes
DAYS = ("2027-01-01", "2027-01-10", "2027-02-28", "2027-05-05", "2027-10-11", "2027-12-20", "2027-12-31")


@pytest.fixture(autouse=True)
def _clean_slate() -> Iterator[None]:
    """Files stay from test to test here: all of them look at one demo."""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(settings.TIME_ZONE):
        yield


def public() -> list[Proof]:
    return list(Proof.objects.visible(NOW).select_related("page__issue").order_by("date", "page_number"))


def _as_printed(story: demo.Story) -> demo.Story:
    """With the headline it has today, where that was amended."""
    return story.after(story.amendment) if story.amendment else story


def _tell(frozen: dict[str, Any], story: demo.Story) -> None:
    """Put the story's words in the place of those of another day."""
    photos = {use.key: photo["public_id"] for use, photo in zip(story.photos, frozen["photos"], strict=True)}
    frozen["body"] = demo.body_html(story, photos)
    for use, photo in zip(story.photos, frozen["photos"], strict=True):
        photo["caption"] = use.caption


def _read_back(proof: Proof) -> Reading:
    """The page's own PDF, read as a stranger's."""
    with default_storage.open(proof.pdf_name, "rb") as file:
        [document] = read_pdf(file.read(), "版面.pdf")
    reading = read_document(document)
    reading.check()
    return reading


def _foot(proof: Proof, x: float, y: float) -> float:
    """Where the box ends, in points, of a picture with its top left there."""
    data = proof.data
    for box in data["placements"]:
        left, top, wide, high = (
            side / POINT for side in rect(data["page"]["format"], *(box[k] for k in GEOMETRY))
        )
        if left - 0.1 <= x < left + wide and top <= y < top + high:
            return top + high
    raise LookupError


class ThePapers(TestCase):
    """One demo for all of them: it takes a while to make."""

    @classmethod
    def setUpTestData(cls) -> None:
        with translation.override(settings.LANGUAGE_CODE), timezone.override(settings.TIME_ZONE):
            assert load(NOW) == len(demo.load().stories)

    @classmethod
    def tearDownClass(cls) -> None:
        super().tearDownClass()
        for path in (settings.VAR / "files").iterdir():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()

    def test_two_whole_papers_are_public(self) -> None:
        assert [(str(proof.date), proof.page_number) for proof in public()] == [
            *(("2026-11-15", number) for number in (1, 2, 3, 4)),
            *(("2026-11-22", number) for number in (1, 2, 3, 4)),
        ]
        issues = Issue.objects.visible(NOW).order_by("date")
        assert [(issue.number, issue.total_number, issue.page_count) for issue in issues] == [
            (46, 663, 4),
            (47, 664, 4),
        ]
        assert {timezone.localtime(issue.release_at).hour for issue in issues} == {6}

    def test_nothing_that_was_signed_has_been_changed(self) -> None:
        assert not [*verify(), *verify_stories(), *verify_chain()]

    def test_every_page_went_the_whole_way(self) -> None:
        stages = [stage.name for stage in settings.PROOF_STAGES]
        for proof in public():
            assert proof.page.status == Page.Status.SIGNED
            history = Signature.objects.filter(subject=proof.page.subject).order_by("sequence")
            assert [s.action for s in history] == ["proof", *("sign" for _ in stages), "send"]
            assert [s.stage for s in history if s.action == "sign"] == stages
            assert [s.at for s in history] == sorted(s.at for s in history)
            assert all(s.at < proof.visible_from for s in history)
            assert not proof.page.marks.exclude(status=Mark.Status.CHECKED).exists()
            sent = proof.dispatches.get()
            assert sent.answer
            assert sent.answered_at < proof.visible_from

    def test_every_page_is_full(self) -> None:
        for proof in public():
            fits = proof.findings["fits"]
            assert {pk: fit["words"] for pk, fit in fits.items() if fit["over"]} == {}
            boxes = proof.data["placements"]
            assert sum(box["cols"] * box["rows"] for box in boxes) == 240, proof
            assert sum(fit["under"] for fit in fits.values()) <= 0.03 * PAGE, proof
            assert proof.findings["missing"] == []
            texts = [fits[str(box["id"])]["total"] for box in boxes if box["story"]]
            assert 4 <= len(texts) <= 7
            assert sum(texts) >= (2000 if proof.page_number == 1 else 2500), proof

    def test_every_page_has_a_picture_and_all_that_were_asked_for_are_printed(self) -> None:
        for proof in public():
            composed = compose(proof.data, font_set(proof.data["fonts"]))
            assert composed.warnings == [], proof
            wanted = sum(
                min(box["style"]["pictures"], len(box["story"]["content"]["photos"]))
                for box in proof.data["placements"]
                if box["story"] and box["style"]["picture"] != "none"
            )
            drawn = [item for item in composed.drawing["items"] if item[0] == "image"]
            assert len(drawn) == wanted >= 1, proof
            for _kind, x, y, _wide, high, *_rest in drawn:
                assert y + high + CAPTION <= _foot(proof, x, y), proof

    def test_files_are_there(self) -> None:
        for proof in public():
            with default_storage.open(proof.pdf_name, "rb") as file:
                assert file.read(5) == b"%PDF-"
            for width, (height, _digest) in proof.sizes.items():
                with default_storage.open(proof.picture_name(width), "rb") as file:
                    assert Image.open(io.BytesIO(file.read())).size == (width, height)

    def test_stories_know_where_they_were_printed(self) -> None:
        content = demo.load()
        for planned in content.issues[:2]:
            date = content.weekly.date(NOW, planned.weeks_ago)
            for page in planned.pages:
                printed = [box.story for box in page.boxes if box.story]
                releases = Release.objects.visible(NOW).filter(paper_date=date, paper_page=page.number)
                assert releases.count() == len(printed), page.number
        waiting = Article.objects.filter(with_issue=True, placements__page__issue__release_at__lte=NOW)
        assert waiting.exists()
        for release in Release.objects.filter(article__in=waiting):
            assert timezone.localtime(release.visible_from).hour == 6
        assert set(waiting.values_list("status", flat=True)) == {"published"}

    def test_the_guide_and_the_furniture(self) -> None:
        for issue in Issue.objects.visible(NOW):
            front = issue.pages.get(number=1)
            kinds = set(front.placements.values_list("kind", flat=True))
            assert {Placement.Kind.MASTHEAD, Placement.Kind.GUIDE} <= kinds
            for entry in issue.guide.all():
                assert (
                    issue.pages.get(number=entry.page_number)
                    .placements.filter(article=entry.article)
                    .exists()
                )
        assert (
            Placement.objects.filter(kind=Placement.Kind.FILLER, page__issue__release_at__lte=NOW).count()
            >= 3
        )

    def test_the_paper_being_made(self) -> None:
        content = demo.load()
        issue = Issue.objects.in_hand().get()
        planned = content.issues[2]
        assert issue.date == content.weekly.date(NOW, -1)
        pages = list(issue.pages.all())
        assert [page.name for page in pages] == [page["name"] for page in content.weekly.pages]
        assert [page.status for page in pages] == ["proof", "composing", "composing", "composing"]
        assert pages[0].stage == planned.pages[0].proof
        assert [mark.status for mark in pages[0].marks.order_by("pk")] == [
            m.status for m in planned.pages[0].marks
        ]
        proof = pages[0].proofs.get()
        assert proof.is_ready
        assert not [fit for fit in proof.findings["fits"].values() if fit["over"]]
        assert sum(box["cols"] * box["rows"] for box in proof.data["placements"]) == 240
        assert not all(box["story"]["signed"] for box in proof.data["placements"] if box["story"])
        for page, plan in zip(pages, planned.pages, strict=True):
            placed = page.placements.filter(article__isnull=False).count()
            assert placed == sum(bool(box.story) for box in plan.boxes)

    def test_a_second_time_nothing_is_made(self) -> None:
        before = Article.objects.count(), Proof.objects.count(), Signature.objects.count()
        assert load(NOW + timedelta(days=1)) == 0
        assert (Article.objects.count(), Proof.objects.count(), Signature.objects.count()) == before

    def test_pages_hold_on_any_day(self) -> None:
        """Dates are of two to four figures: told on another day, the same pages are still full."""
        content = demo.load()
        stories = {story.headline: story for story in map(_as_printed, content.stories)}
        for day, proof in product(DAYS, public()):
            now, data = datetime.fromisoformat(f"{day}T12:00+08:00"), deepcopy(proof.data)
            for box in data["placements"]:
                if box["story"]:
                    _tell(
                        box["story"]["content"],
                        content.told(stories[box["story"]["content"]["headline"]], now),
                    )
            composed = compose(data, font_set(data["fonts"]))
            over = {str(box["id"]): composed.boxes[box["id"]].words for box in data["placements"]}
            assert not [words for words in over.values() if words.startswith("超")], (day, proof, over)
            under = sum(fit.under for fit in composed.boxes.values())
            assert under <= 0.03 * PAGE, (day, proof)

    def test_their_pdfs_are_read_back_into_the_same_stories(self) -> None:
        """What the typesetter printed, geometry and the forms of newspapers find again: every word of it."""
        stories = 0
        for proof in public():
            reading = _read_back(proof)
            found = {
                plain(value(reading, one, Kind.HEADLINE)): as_read(reading, one) for one in reading.groups
            }
            placed = [as_laid_out(box) for box in proof.data["placements"] if box["story"]]
            notices = [plain(box["title"]) for box in proof.data["placements"] if box["kind"] == "filler"]
            for story in placed:
                assert found.pop(story.headline) == story, proof
            assert {*found} <= {*notices}, proof
            stories += len(placed)
        assert stories > 40

    def test_the_front_pages_say_of_which_paper_they_are(self) -> None:
        for proof in public():
            if proof.page_number > 1:
                continue
            issue, told = proof.data["issue"], issue_of(_read_back(proof))
            masthead = issue["masthead"]
            for name in ("date", "weekday", "lunar", "number", "total_number"):
                assert told[name] == issue[name], proof
            assert (told["title"], told["organ"]) == (masthead["title"], masthead["organ"])
            assert (told["permit"], told["hotline"]) == (masthead["permit_number"], masthead["hotline"])
            assert told["pages"] == issue["page_count"]
            assert told.get("banner", "") == issue["banner"]
            assert [*told["editor_credits"].values()] == [
                name for _label, name in proof.data["page"]["credits"]
            ]
            guide = next(box["guide"] for box in proof.data["placements"] if box["kind"] == "guide")
            assert [(entry["page"], plain(entry["headline"])) for entry in told["guide"]] == [
                (entry["page"], plain(entry["headline"])) for entry in guide
            ]
