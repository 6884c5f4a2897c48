"""Pages made elsewhere become pages of an issue, their stories found by their text."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Article
from articles.workflow import Conflict, NotAllowed, NotReady
from issues import card, proofs
from issues.formats import share
from issues.incoming import Arrived, take_in
from issues.models import Edit, Issue, Page, Placement
from issues.workflow import perform
from tests.articles.admin.posting import logged_in
from tests.cast import Cast
from tests.issues import paper
from tests.issues.outside.pages import HEIGHT, WIDTH, Layout, blank, bound, prose

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def issue(now: datetime) -> Issue:
    return paper.issue(now, pages=1)


def story(cast: Cast, now: datetime, seed: int, headline: str) -> Article:
    return paper.waiting(cast, now, headline=headline, body=f"<p>{prose(seed, 600)}</p>")


def printed(*stories: Article) -> bytes:
    """A page with these stories one below the other."""
    layout = Layout()
    for number, one in enumerate(stories):
        text = {"headline": one.headline, "body": prose(int(one.summary_seed), 600)}  # type: ignore[attr-defined]
        layout.place(one.pk, text, 60, 80 + number * 320, WIDTH - 120, 300, 4)
    return layout.pdf()


@pytest.fixture
def stories(cast: Cast, now: datetime) -> list[Article]:
    made = []
    for seed, headline in ((1, "新桥今日通车"), (2, "食堂上周开张"), (3, "港口货量大增")):
        one = story(cast, now, seed, headline)
        one.summary_seed = seed  # type: ignore[attr-defined]
        made.append(one)
    return made


def send(issue: Issue, cast: Cast, now: datetime, *pdfs: bytes, **options: object) -> Arrived:
    names = options.pop("names", [f"{n:02}.pdf" for n in range(1, len(pdfs) + 1)])
    files = [(name, io.BytesIO(pdf)) for name, pdf in zip(names, pdfs, strict=True)]  # type: ignore[call-overload]
    return take_in(issue, files, cast.layout, now, **options)  # type: ignore[arg-type]


def test_pages_come_in_with_their_stories_places(
    issue: Issue, cast: Cast, now: datetime, stories: list[Article]
) -> None:
    first, second = printed(*stories[:2]), printed(stories[2])
    arrived = send(issue, cast, now, first, second)
    assert [page.number for page in arrived.pages] == [1, 2]
    assert arrived.stories == 3
    issue.refresh_from_db()
    assert issue.page_count == 2
    for page, on_it in zip(issue.pages.all(), (stories[:2], stories[2:]), strict=True):
        assert page.is_outside
        assert (round(page.width / 1000), round(page.height / 1000)) == (273, 393)
        with default_storage.open(page.outside.name) as file:
            assert hashlib.sha256(file.read()).hexdigest() == page.outside_sha256
        assert page.outside.name == f"outside/{page.outside_sha256}.pdf"
        assert {box.article for box in page.placements.all()} == set(on_it)
        assert Edit.objects.get(page=page).boxes == {"page": ["outside"]}
    box = issue.pages.first().placements.get(article=stories[0])  # type: ignore[union-attr]
    x, y, width, height = share(box.page.frozen_format(), box.col, box.row, box.cols, box.rows)
    assert (x, y) == pytest.approx((60 / WIDTH * 1000, 80 / HEIGHT * 1000), abs=12)
    assert height == pytest.approx(300 / HEIGHT * 1000, abs=20)
    assert width > 300


def test_such_a_page_is_proofed_signed_and_released_like_any_other(
    issue: Issue, cast: Cast, now: datetime, stories: list[Article]
) -> None:
    send(issue, cast, now, printed(*stories[:2]))
    page = issue.pages.get()
    paper.sign_page(page, cast, now)
    proof = proofs.ensure(page.proofs.get())
    areas = {one["article"]: one["areas"] for one in card.build(proof.data)["stories"]}
    assert areas.keys() == {one.pk for one in stories[:2]}
    perform("release", issue, cast.chief, now=now)
    assert page.proofs.visible(now + HOUR).exists()


def test_files_with_numbers_go_to_those_pages(issue: Issue, cast: Cast, now: datetime) -> None:
    arrived = send(issue, cast, now, blank(), blank(), names=["20261120-03.pdf", "第1版 要闻.pdf"])
    assert [page.number for page in arrived.pages] == [1, 3]
    one = send(issue, cast, now, blank(), names=["a10.pdf"])
    assert [page.number for page in one.pages] == [10]


@pytest.mark.parametrize(
    ("names", "pages", "first", "numbers"),
    [
        (["报纸.pdf"], 3, None, [1, 2, 3]),
        (["报纸.pdf"], 2, 5, [5, 6]),
        (["b.pdf", "a.pdf"], 1, None, [1, 2]),
        (["2.pdf", "2a.pdf"], 1, None, [1, 2]),
        (["9.pdf", "10.pdf"], 1, 3, [3, 4]),
        (["20261120.pdf"], 1, None, [1]),
    ],
)
def test_others_go_one_after_the_other(
    issue: Issue,
    cast: Cast,
    now: datetime,
    names: list[str],
    pages: int,
    first: int | None,
    numbers: list[int],
) -> None:
    pdfs = [blank(pages=pages) for _ in names]
    arrived = send(issue, cast, now, *pdfs, names=names, first=first)
    assert [page.number for page in arrived.pages] == numbers


def test_a_page_of_that_kind_is_replaced_and_its_stories_found_anew(
    issue: Issue, cast: Cast, now: datetime, stories: list[Article]
) -> None:
    send(issue, cast, now, printed(*stories[:2]))
    page = issue.pages.get()
    by_hand = Placement.objects.create(
        page=page, kind="story", article=stories[2], col=500, row=700, cols=300, rows=100
    )
    before = page.placements.get(article=stories[0])
    send(issue, cast, now, printed(stories[1], stories[0]))
    page.refresh_from_db()
    assert page.placements.get(article=stories[0]).row > before.row + 200
    assert by_hand in page.placements.all(), "what only a person could find stays"
    assert page.placements.count() == 3


def test_what_was_laid_out_here_is_replaced_only_when_told(
    issue: Issue, cast: Cast, now: datetime, stories: list[Article]
) -> None:
    page = issue.pages.get()
    paper.place(page, stories[0])
    with pytest.raises(NotReady, match="替换已拼的版面"):
        send(issue, cast, now, printed(stories[1]))
    page.refresh_from_db()
    assert (page.is_outside, page.placements.count()) == (False, 2)
    send(issue, cast, now, printed(stories[1]), replace=True)
    page.refresh_from_db()
    assert page.is_outside
    assert [box.article for box in page.placements.all()] == [stories[1]]


def test_a_page_with_its_masthead_alone_counts_as_empty(issue: Issue, cast: Cast, now: datetime) -> None:
    send(issue, cast, now, blank())
    assert not issue.pages.get().placements.exists()


def test_signed_pages_and_papers_with_their_moment_stay(
    issue: Issue, cast: Cast, now: datetime, stories: list[Article]
) -> None:
    paper.place(issue.pages.get(), stories[0])
    paper.sign_page(issue.pages.get(), cast, now)
    with pytest.raises(Conflict, match="已签样"):
        send(issue, cast, now, blank(), replace=True)
    perform("release", issue, cast.chief, now=now)
    with pytest.raises(Conflict, match="不能再加第2版"):
        send(issue, cast, now, blank(), first=2)
    perform("return", issue.pages.get(), cast.editor, note="换版", now=now)
    send(issue, cast, now, printed(stories[0]), replace=True)
    assert issue.pages.get().is_outside


@pytest.mark.parametrize(
    ("pdf", "said"),
    [(b"", "是空的"), (b"no pdf", "不是 PDF"), (blank()[:400], "已损坏"), (blank(20, 20), "不像报纸版面")],
)
def test_a_broken_file_is_refused_and_nothing_changed(
    issue: Issue, cast: Cast, now: datetime, pdf: bytes, said: str
) -> None:
    with pytest.raises(NotReady, match=said):
        send(issue, cast, now, blank(), pdf)
    page = issue.pages.get()
    assert (page.is_outside, issue.pages.count(), page.placements.count()) == (False, 1, 1)


def test_numbers_and_files_have_bounds(issue: Issue, cast: Cast, now: datetime) -> None:
    with pytest.raises(NotReady, match="请选择"):
        send(issue, cast, now)
    with pytest.raises(NotReady, match="1到64"):
        send(issue, cast, now, blank(pages=2), first=64)
    with pytest.raises(NotReady, match="1到64"):
        send(issue, cast, now, blank(), first=0)
    with pytest.raises(NotReady, match="最多传32"):
        send(issue, cast, now, *[b"x"] * 33)
    assert Page.objects.count() == 1


def test_makers_and_editors_alone(issue: Issue, cast: Cast, now: datetime) -> None:
    for name in ("reporter", "proofreader", "admin", "superuser"):
        with pytest.raises(NotAllowed):
            take_in(issue, [("a.pdf", io.BytesIO(blank()))], getattr(cast, name), now)


# The form


def test_the_form_takes_several_files(
    issue: Issue, cast: Cast, now: datetime, stories: list[Article]
) -> None:
    client, address = logged_in(cast.layout), f"/admin/issues/issue/{issue.pk}/outside/"
    assert "传入外来版面" in client.get(address).content.decode()
    files = [SimpleUploadedFile(f"{n}.pdf", pdf) for n, pdf in ((1, printed(stories[0])), (2, blank()))]
    answer = client.post(address, {"files": files}, follow=True)
    assert answer.status_code == 200
    assert "传入2个版，找到1篇稿件的位置" in answer.content.decode()
    assert issue.pages.count() == 2
    answer = client.post(address, {"files": [SimpleUploadedFile("3.pdf", blank())]}, follow=True)
    assert "已传入1个版。没认出稿件，请到“拼版”里逐篇画出位置。" in answer.content.decode()


def test_the_form_says_what_was_refused_and_keeps_what_was_typed(issue: Issue, cast: Cast) -> None:
    client, address = logged_in(cast.editor), f"/admin/issues/issue/{issue.pk}/outside/"
    data = {"files": SimpleUploadedFile("坏.pdf", b"x"), "first": "3", "replace": "on"}
    answer = client.post(address, data)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "不是 PDF" in shown
    assert 'value="3"' in shown
    assert 'name="replace" checked' in shown
    assert client.post(address, {"first": "x" * 50}).status_code == 422
    assert logged_in(cast.proofreader).get(address).status_code == 403
    assert logged_in(cast.reporter).get(address).status_code == 404


def test_pages_bound_into_one_file(issue: Issue, cast: Cast, now: datetime, stories: list[Article]) -> None:
    arrived = send(issue, cast, now, bound(printed(stories[0]), printed(stories[1])))
    assert [len(arrived.found[page.pk]) for page in arrived.pages] == [1, 1]
