"""The e-paper: a page with its hot areas, its pictures and PDFs; who may read it, and when."""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from articles.models import Article
from articles.workflow import perform as on_story
from issues.formats import FORMATS
from issues.masking import mask_pages
from issues.models import GuideEntry, Issue, Masthead, Page, Placement, Proof
from issues.sheet import THUMB
from issues.typeset import pdfium
from issues.workflow import perform, replace
from media import serve as media_serve
from media.library import block
from tests.articles.seen import text_of
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish
from tests.factories.issues import (
    MastheadFactory,
    PageFactory,
    PlacementFactory,
    proof_of,
    put_out,
    released_issue,
)
from tests.factories.media import PhotoFactory
from tests.issues import paper

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = date(2026, 11, 20)
PAGE = "/papers/2026-11-20/1/"
FILES = [f"{PAGE}{width}.png" for width in (THUMB, 480, 1080, 2160)] + [
    "/papers/2026-11-20/1.pdf",
    "/papers/2026-11-20.pdf",
]
AREA = re.compile(r'<a href="/articles/(\d+)/" style="([^"]*)"([^>]*)><span class="unseen">([^<]*)</span>')


def read(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def released(now: datetime, cast: Cast, pages: Any = 2, **fields: Any) -> Issue:
    return released_issue(now, cast, pages, **({"date": DAY, "number": 47, "total_number": 652} | fields))


def withdraw(article: Article, cast: Cast, now: datetime) -> None:
    article.refresh_from_db()
    on_story("withdraw", article, cast.chief, note="有误", now=now)


# A page


def test_what_stands_on_a_page(client: Client, cast: Cast, now: datetime) -> None:
    stories = [ArticleFactory(headline="海水稻开镰"), ArticleFactory(headline="“两岸” & 六分钟")]
    inner = [ArticleFactory(headline="里页的头条")]
    released(now, cast, [stories, inner])
    page = read(client)
    seen = text_of(page)
    for words in [
        "2026年11月20日 星期五", "农历丙午年十月十二", "第47期（总第652期）", "第1版 要闻", "第2版 综合",
        "海水稻开镰", "“两岸” & 六分钟", "里页的头条", "潮头晚报",
    ]:  # fmt: skip
        assert words in seen, words
    assert "<title>第1版：要闻 - 潮头晚报 2026年11月20日</title>" in page
    assert 'rel="next" href="/papers/2026-11-20/2/"' in page
    assert 'rel="prev"' not in page
    assert 'rel="prev" href="/papers/2026-11-20/1/"' in read(client, "/papers/2026-11-20/2/")


def test_hot_areas_lie_where_the_boxes_do(client: Client, cast: Cast, now: datetime) -> None:
    """In percent of the sheet: 273 by 393 mm, a type area of 240 by 350, 16.5 from the left."""
    one, two = ArticleFactory(headline="左边的稿"), ArticleFactory(headline="右边的稿")
    issue = released(now, cast, [[]])
    page = issue.pages.get()
    page.proofs.all().delete()
    PlacementFactory(page=page, article=one, col=0, row=0, cols=3, rows=20)
    PlacementFactory(page=page, article=two, col=3, row=0, cols=3, rows=40)
    PlacementFactory(page=page, article=one, col=0, row=20, cols=3, rows=20)
    put_out(issue, cast, now)
    areas = AREA.findall(read(client))
    top = FORMATS["tabloid"].top / 1000
    left, right, whole, half = 16.5, 16.5 + 122, 118, 175
    expected = [
        (one.pk, left, top, whole, half, True),
        (one.pk, left, top + half, whole, half, False),
        (two.pk, right, top, whole, 2 * half, True),
    ]
    for (pk, x, y, width, height, tabbed), (found, style, rest, name) in zip(expected, areas, strict=True):
        assert int(found) == pk
        assert name == Article.objects.get(pk=pk).headline
        numbers = [float(n) for n in re.findall(r"[\d.]+", style)]
        wanted = [x / 2.73, y / 3.93, width / 2.73, height / 3.93]
        assert numbers == pytest.approx(wanted, abs=0.11), style
        assert ("tabindex" in rest, "aria-hidden" in rest) == (not tabbed, not tabbed)


def test_areas_name_what_was_printed(client: Client, cast: Cast, now: datetime) -> None:
    issue = released(now, cast, [[]])
    page = issue.pages.get()
    page.proofs.all().delete()
    story = ArticleFactory(headline="网上的标题")
    stack = {"kicker": "", "headline": "<b>见报</b>的标题", "subheadline": ""}
    PlacementFactory(page=page, article=story, stack=stack)
    put_out(issue, cast, now)
    Placement.objects.update(stack=None)
    Page.objects.update(name="后来改的版名")
    text = read(client)
    assert [html.unescape(area[3]) for area in AREA.findall(text)] == ["<b>见报</b>的标题"]
    assert "<b>见报" not in text
    assert "后来改的版名" not in text


def test_the_picture_says_its_sizes(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast)
    page = read(client)
    srcset = ", ".join(f"{PAGE}{width}.png {width}w" for width in (480, 1080, 2160))
    assert f'<img src="{PAGE}1080.png" srcset="{srcset}"' in page
    assert re.search(r'width="1080" height="1555" alt="2026年11月20日第1版版面" fetchpriority="high"', page)
    thumbs = re.findall(
        rf'<img src="[^"]*/{THUMB}.png" width="{THUMB}" height="346" alt="" loading="lazy"', page
    )
    assert len(thumbs) == 2


def test_the_guide_leads_to_stories_and_pages(client: Client, cast: Cast, now: datetime) -> None:
    inner = ArticleFactory(headline="里页的头条")
    issue = released(now, cast, [[ArticleFactory()], [inner]])
    front = issue.pages.get(number=1)
    front.proofs.all().delete()
    GuideEntry.objects.create(issue=issue, position=1, page_number=2, article=inner)
    GuideEntry.objects.create(issue=issue, position=2, page_number=2, headline="只说版面")
    GuideEntry.objects.create(issue=issue, position=3, page_number=8, headline="没有的版")
    PlacementFactory(page=front, kind="guide", cols=2, rows=4)
    proof_of(front, now)
    guide = read(client).split('class="guide"')[1].split("</div>")[0]
    assert f'<a href="/articles/{inner.pk}/">里页的头条</a>' in guide
    assert '<a class="guide-page" href="/papers/2026-11-20/2/">2版</a>' in guide
    assert '<a href="/papers/2026-11-20/2/">只说版面</a>' in guide
    assert "没有的版" in guide
    assert "/papers/2026-11-20/8/" not in guide
    assert 'class="guide"' not in read(client, "/papers/2026-11-20/2/")


def test_neighbouring_papers(client: Client, cast: Cast, now: datetime) -> None:
    for on in (13, 20, 27):
        released_issue(now, cast, 2, date=date(2026, 11, on), total_number=700 + on)
    links = re.findall(r'<a href="([^"]*)">(上一期|下一期|往期)</a>', read(client, "/papers/2026-11-20/2/"))
    assert links == [
        ("/papers/2026-11-13/1/", "上一期"),
        ("/papers/2026-11-27/1/", "下一期"),
        ("/papers/?month=2026-11", "往期"),
    ]
    assert "<span>上一期</span>" in read(client, "/papers/2026-11-13/1/")


def test_a_story_names_its_paper_and_leads_back(
    client: Client, cast: Cast, now: datetime, django_assert_num_queries: Callable
) -> None:
    story, online = ArticleFactory(), publish(ArticleFactory(), cast, now)
    released(now, cast, [[ArticleFactory()], [story]])
    with django_assert_num_queries(3):
        page = read(client, f"/articles/{story.pk}/")
    assert "见报：2026年11月20日第2版" in text_of(page)
    assert 'href="/papers/2026-11-20/2/"' in page
    assert "见报：" not in read(client, f"/articles/{online.pk}/")


def test_queries_of_a_page(
    client: Client, cast: Cast, now: datetime, django_assert_num_queries: Callable
) -> None:
    """The pages of the paper, those before and after, the channels; a file's own page alone."""
    released(now, cast, [[ArticleFactory()]])
    with django_assert_num_queries(4):
        read(client)
    lists = [[ArticleFactory() for _ in range(5)] for _ in range(4)]
    released_issue(now, cast, lists, date=DAY + timedelta(days=7), total_number=800)
    with django_assert_num_queries(4):
        read(client, "/papers/2026-11-27/3/")
    for address in FILES:
        with django_assert_num_queries(1):
            assert client.get(address).status_code == 200


# When


def test_from_its_second_and_not_before(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    released(now + HOUR, cast)
    addresses = [PAGE, "/papers/2026-11-20/", *FILES]
    at(now + HOUR - timedelta(microseconds=1))
    unknown = client.get("/nowhere/")
    for address in addresses:
        hidden = client.get(address)
        assert (hidden.status_code, hidden.content, dict(hidden.headers)) == (
            404, unknown.content, dict(unknown.headers),
        ), address  # fmt: skip
    at(now + HOUR)
    assert {client.get(address).status_code for address in addresses} == {200, 302}


@pytest.mark.parametrize(
    "address",
    [
        "/papers/2026-02-30/1/", "/papers/2026-11-20/0/", "/papers/2026-11-20/01/", "/papers/2026-11-20/3/",
        "/papers/2026-11-20/1000/", "/papers/2026-11-20/1/1081.png", "/papers/2026-11-20/1/01080.png",
        "/papers/2026-11-20/1/0.png", "/papers/2026-11-20/1/99999.png", "/papers/2026-11-20/3/1080.png",
        "/papers/2026-11-20/3.pdf", "/papers/2026-11-21.pdf", "/papers/2026-11-21/", "/papers/0000-00-00/",
        "/papers/26-11-20/", "/papers/2026-11-20/1/1080.jpg", "/papers/２０２６-11-20/1/",
    ],
)  # fmt: skip
def test_what_is_no_page(client: Client, cast: Cast, now: datetime, address: str) -> None:
    released(now, cast)
    unknown, answer = client.get("/nowhere/"), client.get(address)
    assert (answer.status_code, answer.content) == (404, unknown.content)
    assert dict(answer.headers) == dict(unknown.headers)


def test_get_and_head_alone(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast)
    for address in [PAGE, "/papers/2026-11-20/", *FILES]:
        assert client.post(address).status_code == 405, address
        head, whole = client.head(address), client.get(address)
        assert (head.status_code, head.content) == (whole.status_code, b"")
        for name in ("Content-Type", "ETag", "Cache-Control", "Content-Length"):
            assert head.get(name) == whole.get(name), (address, name)


# Withdrawn


def test_a_hidden_page_says_that_it_returns(client: Client, cast: Cast, now: datetime) -> None:
    bad, good = ArticleFactory(headline="要撤的稿"), ArticleFactory(headline="留着的稿")
    released(now - HOUR, cast, [[bad], [good]])
    assert "要撤的稿" in read(client)
    withdraw(bad, cast, now)
    for address in [PAGE, *FILES[:-1]]:
        gone = client.get(address)
        assert (gone.status_code, gone["Cache-Control"]) == (410, "no-cache"), address
        assert "稍后恢复" in gone.content.decode()
        assert "要撤的稿" not in gone.content.decode()
        assert 'href="/papers/2026-11-20/2/"' in gone.content.decode()
    other = read(client, "/papers/2026-11-20/2/")
    assert "要撤的稿" not in other
    assert PAGE not in other
    assert pages_of(client) == [702], "the hidden page is not in the whole paper either"


def test_a_whole_paper_that_is_hidden(client: Client, cast: Cast, now: datetime) -> None:
    story = ArticleFactory()
    released(now - HOUR, cast, [[story]])
    withdraw(story, cast, now)
    assert {client.get(a).status_code for a in ("/papers/2026-11-20/", "/papers/2026-11-20.pdf", PAGE)} == {
        410
    }
    assert client.get("/papers/2026-11-20/2/").status_code == 404


def test_a_page_that_nobody_ever_saw_is_unknown(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    """Withdrawn before the paper's moment: its window opened on nothing."""
    story = ArticleFactory()
    publish(story, cast, now)
    released(now + 2 * HOUR, cast, [[story], [ArticleFactory()]])
    withdraw(story, cast, now + HOUR)
    at(now + 3 * HOUR)
    assert client.get(PAGE).status_code == 404
    read(client, "/papers/2026-11-20/2/")


def test_a_blocked_photo_hides_its_page(client: Client, cast: Cast, now: datetime) -> None:
    photo = PhotoFactory()
    issue = released(now - HOUR, cast, [[ArticleFactory()], [ArticleFactory()]])
    page = issue.pages.get(number=1)
    page.proofs.all().delete()
    PlacementFactory(page=page, kind="picture", photo=photo, rows=4)
    proof_of(page, now - HOUR)
    read(client)
    block(photo, cast.chief, "肖像权", now)
    assert client.get(PAGE).status_code == 410
    assert client.get(f"{PAGE}1080.png").status_code == 410


def test_a_masked_page_takes_the_place(client: Client, cast: Cast, now: datetime) -> None:
    bad, good = ArticleFactory(headline="要撤的稿"), ArticleFactory(headline="留着的稿")
    issue = released(now - HOUR, cast, [[bad, good]])
    before = {address: client.get(address)["ETag"] for address in FILES}
    withdraw(bad, cast, now)
    page = issue.pages.get()
    signed = page.proofs.get()
    page.placements.filter(article=bad).delete()
    masked = proof_of(page, None)
    replace(signed, masked, now)
    text = read(client)
    assert "留着的稿" in text
    assert "要撤的稿" not in text
    for address in FILES:
        again = client.get(address, headers={"if-none-match": before[address]})
        assert again.status_code == (304 if address.endswith(".pdf") else 200), address  # the PDF is blank


# Files


def pages_of(client: Client, address: str = "/papers/2026-11-20.pdf") -> list[int]:
    """The widths in points of the pages of a PDF: 700 and the page's number."""
    response = client.get(address)
    assert response.status_code == 200
    with pdfium.opened(b"".join(response) if response.streaming else response.content) as document:
        return [round(document.get_page_size(n)[0]) for n in range(len(document))]


def test_pictures_in_every_width(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast)
    for width, height in ((THUMB, 346), (480, 691), (1080, 1555), (2160, 3109)):
        response = client.get(f"{PAGE}{width}.png")
        assert response["Content-Type"] == "image/png"
        assert response["X-Content-Type-Options"] == "nosniff"
        with Image.open(io.BytesIO(response.content)) as image:
            assert (image.width, image.height) == (width, height)


def test_pdf_of_a_page_and_of_the_paper(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast, 3)
    assert pages_of(client, "/papers/2026-11-20/2.pdf") == [702]
    assert pages_of(client) == [701, 702, 703]
    response = client.get("/papers/2026-11-20.pdf")
    assert response["Content-Type"] == "application/pdf"
    name = "%E6%BD%AE%E5%A4%B4%E6%99%9A%E6%8A%A5%202026-11-20.pdf"
    assert response["Content-Disposition"] == f"inline; filename*=utf-8''{name}"


def test_a_known_file_is_not_sent_again(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast)
    for address in FILES:
        first = client.get(address)
        assert first["Cache-Control"] == "no-cache"
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_the_bound_paper_is_kept_until_a_page_changes(client: Client, cast: Cast, now: datetime) -> None:
    issue = released(now, cast, 2)

    def bound() -> list[str]:
        return [name for name in default_storage.listdir("papers/2026-11-20")[1] if name.endswith(".pdf")]

    assert pages_of(client) == [701, 702]
    kept = bound()
    default_storage.delete(issue.pages.get(number=2).proofs.get().pdf_name)
    assert pages_of(client) == [701, 702], "not bound again"
    withdraw(Article.objects.get(placements__page__number=2), cast, now)
    assert pages_of(client) == [701]
    assert len(bound()) == 1
    assert bound() != kept, "what was bound with the withdrawn page is gone"


def test_a_large_file_goes_in_pieces(
    client: Client, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(now, cast)
    whole = client.get("/papers/2026-11-20/1.pdf")
    monkeypatch.setattr(media_serve, "WHOLE", 100)
    pieces = client.get("/papers/2026-11-20/1.pdf")
    assert pieces.streaming
    assert b"".join(pieces) == whole.content
    for name in ("Content-Type", "Content-Length", "Content-Disposition", "ETag", "Cache-Control"):
        assert pieces[name] == whole[name], name


def test_nginx_is_told_where_the_files_are(client: Client, cast: Cast, now: datetime, settings: Any) -> None:
    released(now, cast)
    settings.X_ACCEL_LOCATION = "/internal/"
    for address in FILES:
        response = client.get(address)
        assert response["X-Accel-Redirect"].startswith("/internal/p")
        assert default_storage.exists(response["X-Accel-Redirect"].removeprefix("/internal/"))
        assert response.content == b""
    assert {client.get(address).status_code for address in ("/papers/2026-11-21.pdf", f"{PAGE}9.png")} == {
        404
    }


def test_a_lost_file_is_not_there(client: Client, cast: Cast, now: datetime) -> None:
    issue = released(now, cast, 1)
    proof = issue.pages.get().proofs.get()
    for name in [proof.pdf_name, *map(proof.picture_name, proof.sizes)]:
        default_storage.delete(name)
    assert {client.get(address).status_code for address in FILES} == {404}


# Internal papers


def test_internal_papers(client: Client, cast: Cast, now: datetime) -> None:
    story = ArticleFactory()
    released(now - HOUR, cast, [[story], [ArticleFactory()]], masthead=MastheadFactory(epaper_internal=True))
    unknown = client.get("/nowhere/")
    for address in [PAGE, "/papers/2026-11-20/", *FILES]:
        public = client.get(address)
        assert (public.status_code, public.content) == (404, unknown.content), address
        assert dict(public.headers) == dict(unknown.headers), address
    insider, outsider = Client(), Client()
    insider.force_login(cast.proofreader)
    outsider.force_login(cast.outsider)
    for address in [PAGE, *FILES]:
        assert outsider.get(address).status_code == 404
        seen = insider.get(address)
        assert (seen.status_code, seen["Cache-Control"]) == (200, "private, no-cache"), address
    withdraw(story, cast, now)
    assert insider.get(PAGE).status_code == 410, "withdrawn for the newsroom's readers too"
    assert client.get(PAGE).status_code == 404
    Masthead.objects.update(epaper_internal=False)
    assert client.get(PAGE).status_code == 410


def test_proofs_not_released_are_for_nobody(client: Client, cast: Cast, now: datetime) -> None:
    page = PageFactory(issue__date=DAY, issue__masthead__epaper_internal=True)
    PlacementFactory(page=page, article=publish(ArticleFactory(), cast, now))
    proof_of(page, None)
    client.force_login(cast.chief)
    assert client.get(PAGE).status_code == 404
    assert Proof.objects.count() == 1


# Made, signed and given its moment as people do it


def texts_of(pdf: bytes) -> list[str]:
    """What each page says, without white space."""
    with pdfium.opened(pdf) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def test_a_signed_paper_is_read_as_it_was_signed(client: Client, cast: Cast, now: datetime) -> None:
    issue, stories = paper.signed_issue(cast, now)
    perform("release", issue, cast.chief, now=now)
    address = f"/papers/{issue.date}/"
    assert client.get("/papers/latest/")["Location"] == f"{address}1/"
    for page, story in zip(issue.pages.all(), stories, strict=True):
        proof = Proof.objects.visible(now).get(page=page)
        (area,) = AREA.findall(read(client, f"{address}{page.number}/"))
        assert (int(area[0]), area[3]) == (story.pk, story.headline)
        for width, (height, digest) in proof.sizes.items():
            data = client.get(f"{address}{page.number}/{width}.png").content
            assert hashlib.sha256(data).hexdigest() == digest
            with Image.open(io.BytesIO(data)) as image:
                assert image.size == (width, height)
        data = client.get(f"/papers/{issue.date}/{page.number}.pdf").content
        assert hashlib.sha256(data).hexdigest() == proof.pdf_sha256
        assert f'href="{address}{page.number}/"' in read(client, f"/articles/{story.pk}/")
    first, second = texts_of(client.get(f"/papers/{issue.date}.pdf").content)
    assert stories[0].headline in first
    assert stories[1].headline in second


def test_a_withdrawn_story_leaves_its_page_and_the_page_returns(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    issue, stories = paper.signed_issue(cast, now)
    perform("release", issue, cast.chief, now=now)
    address = f"/papers/{issue.date}"
    known = client.get(f"{address}.pdf")["ETag"]
    at(now + HOUR)
    on_story("withdraw", stories[0], cast.chief, note="有误", now=now + HOUR)
    assert client.get(f"{address}/1/").status_code == 410
    mask_pages(now + HOUR)
    assert stories[0].headline not in read(client, f"{address}/1/")
    assert not AREA.findall(read(client, f"{address}/1/"))
    again = client.get(f"{address}.pdf", headers={"if-none-match": known})
    first, second = texts_of(again.content)
    assert stories[0].headline not in first
    assert stories[1].headline in second
