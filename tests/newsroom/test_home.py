"""The home page, made up like page one, and the pages for what is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import making_up
from articles.models import Article, FrontSlot
from articles.workflow import perform as on_story
from media.library import block
from newsroom.lib import dates
from people.models import User
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.issues import (
    IssueFactory,
    MastheadFactory,
    PageFactory,
    PlacementFactory,
    put_out,
    released_issue,
)
from tests.factories.media import PhotoFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def page(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def part(content: str, css: str) -> str:
    """From the element of that class to the end of the page."""
    return content[content.index(f'class="{css}"') :]


def place(where: str, article: Article, order: int = 1, *, by: User, **hours: datetime) -> FrontSlot:
    return FrontSlot.objects.create(
        place=where, article=article, order=order, set_by=by, set_at=timezone.now(), **hours
    )


def test_empty_bureau_has_a_home(client: Client) -> None:
    content = page(client)
    assert "今天的报道正在编辑" in content
    assert "<h1" in content


def test_masthead_says_what_page_one_says(client: Client, cast: Cast, now: datetime) -> None:
    today = dates.day(now)
    masthead = MastheadFactory(title="潮头晚报", organ="潮头区融媒体中心", organ_role="主办")
    for days, number in ((-7, 45), (0, 46), (7, 47)):
        on, moment = today + timedelta(days=days), now + timedelta(days=days)
        issue = IssueFactory(masthead=masthead, date=on, number=number, total_number=1000 + number)
        PlacementFactory(page=PageFactory(issue=issue), article=ArticleFactory())
        put_out(issue, cast, moment)
    content = page(client)
    assert 'style="--letters: 4">潮头晚报</h1>' in content
    for words in [
        f"{today.year}年{today.month}月{today.day}日", dates.weekday(today), dates.lunar(today),
        "第46期（总第1046期）", "潮头区融媒体中心主办",
    ]:  # fmt: skip
        assert words in content, words
    assert "第47期" not in content
    assert 'href="/papers/latest/"' in content


def test_the_newest_paper_shows_its_front_page(client: Client, cast: Cast, now: datetime) -> None:
    assert "报纸</h2>" not in page(client)
    stories = [ArticleFactory(headline="头版头条"), ArticleFactory(headline="头版二条")]
    today = dates.day(now)
    released_issue(now, cast, [stories, [ArticleFactory(headline="里页头条")]], date=today)
    shown = part(page(client), "front-page")
    shown = shown[: shown.index("</section>")]
    address = f"/papers/{today}/1/"
    for words in ["今日报纸", f'href="{address}"', f'src="{address}240.png"', "头版头条", "头版二条"]:
        assert words in shown, words
    assert "里页头条" not in shown
    stories[0].refresh_from_db()
    on_story("withdraw", stories[0], cast.chief, note="有误", now=now)
    assert "头版二条" not in part(page(client), "front-page").split("</section>")[0], "its page is hidden too"


def test_a_paper_of_another_day_is_the_newest_not_todays(client: Client, cast: Cast, now: datetime) -> None:
    released_issue(now, cast, 1, date=dates.day(now) - timedelta(days=2))
    content = page(client)
    assert "最新报纸</h2>" in content
    assert "今日报纸" not in content


def test_newest_story_with_a_picture_leads(client: Client, cast: Cast, now: datetime) -> None:
    plain = publish(ArticleFactory(), cast, now - HOUR)
    lead = publish(ArticleFactory(photos=[PhotoFactory()]), cast, now - 2 * HOUR)
    older = publish(ArticleFactory(photos=[PhotoFactory()]), cast, now - 3 * HOUR)
    picture = publish(
        ArticleFactory(kind=Article.Kind.PICTURE, body="", photos=[PhotoFactory()]), cast, now - 4 * HOUR
    )
    content = page(client)
    leading, seconds, pictures = (part(content, css) for css in ("lead", "seconds", "picture-news"))
    assert leading.index(lead.headline) < leading.index("seconds")
    assert seconds.index(older.headline) < seconds.index(plain.headline) < seconds.index("picture-news")
    assert pictures.index(picture.headline) < pictures.index('class="recent"')


def test_without_pictures_the_newest_leads(client: Client, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(), cast, now - 2 * HOUR)
    newest = publish(ArticleFactory(), cast, now - HOUR)
    content = page(client)
    assert 'class="front front-words"' in content
    leading = part(content, "lead")
    assert leading.index(newest.headline) < leading.index("seconds")


def test_blocked_picture_leads_nothing(client: Client, cast: Cast, now: datetime) -> None:
    photo = PhotoFactory()
    blocked = publish(ArticleFactory(photos=[photo]), cast, now - HOUR)
    lead = publish(ArticleFactory(photos=[PhotoFactory()]), cast, now - 2 * HOUR)
    block(photo, cast.chief, "肖像权", now)
    content = page(client)
    leading = part(content, "lead")
    assert leading.index(lead.headline) < leading.index("seconds")
    assert blocked.headline in content
    assert photo.public_id not in content


def test_each_section_has_its_newest(client: Client, cast: Cast, now: datetime) -> None:
    section, empty = SectionFactory(name="民生"), SectionFactory(name="公告")
    column = SectionFactory(name="健康", parent=section)
    for number in range(4 + making_up.IN_SECTION):
        publish(ArticleFactory(headline=f"民生稿{number}号", section=column), cast, now - (number + 1) * HOUR)
    block = part(page(client), "section-block").split("</section>")[0]
    assert f'href="/sections/{section.slug}/"' in block
    shown = [number for number in range(4 + making_up.IN_SECTION) if f"民生稿{number}号" in block]
    assert shown == list(range(4, 4 + making_up.IN_SECTION))  # the four newest stand above
    navigation = part(page(client), "channels").split("</nav>")[0]
    assert [s.name in navigation for s in (section, empty, column)] == [True, True, False]


# What editors chose


def standing(client: Client) -> dict[str, list[str]]:
    """The headlines of each part of the page, in their order."""
    content = page(client)
    parts = {
        "lead": r'class="lead"(.*?)</article>',
        "seconds": r'class="seconds"(.*?)</div>',
        "pictures": r'class="picture-news"(.*?)</section>',
        "sections": r'class="sections"(.*?)\n</div>',
        "recent": r'class="recent"(.*?)</section>',
    }
    found = {name: re.search(pattern, content, re.DOTALL) for name, pattern in parts.items()}
    return {
        name: re.findall(r"稿[甲乙丙丁戊己庚辛]", match[1]) if match else [] for name, match in found.items()
    }


def stories(cast: Cast, now: datetime, names: str, **made: Any) -> dict[str, Article]:
    """Published stories 稿甲, 稿乙, … with a picture each, the first the newest."""
    return {
        name: publish(
            ArticleFactory(headline=f"稿{name}", photos=[PhotoFactory()], **made),
            cast,
            now - (number + 1) * HOUR,
        )
        for number, name in enumerate(names)
    }


def test_what_an_editor_chose_leads_and_the_rest_fills_itself(
    client: Client, cast: Cast, now: datetime
) -> None:
    made = stories(cast, now, "甲乙丙丁戊己庚辛")
    assert standing(client)["lead"] == ["稿甲"]
    place("lead", made["丙"], by=cast.editor)
    place("second", made["辛"], 2, by=cast.editor)
    place("second", made["丁"], 1, by=cast.editor)
    place("picture", made["甲"], by=cast.editor)
    found = standing(client)
    assert found["lead"] == ["稿丙"]
    assert found["seconds"] == ["稿丁", "稿辛", "稿乙"], "by their order numbers, then what is newest"
    assert found["pictures"] == ["稿甲", "稿戊", "稿己", "稿庚"]


def test_no_story_stands_twice_above_what_is_most_recent(client: Client, cast: Cast, now: datetime) -> None:
    made = stories(cast, now, "甲乙丙丁戊己庚辛", section=SectionFactory())
    for where in ("lead", "second", "picture", "section"):
        place(where, made["甲"], by=cast.editor)
        place(where, made["乙"], 2, by=cast.editor)
    found = standing(client)
    above = [name for part in ("lead", "seconds", "pictures", "sections") for name in found[part]]
    assert sorted(above) == sorted({f"稿{name}" for name in made})
    assert [found["lead"], found["seconds"][0]] == [["稿甲"], "稿乙"]


def test_a_withdrawn_choice_is_passed_over_at_once(client: Client, cast: Cast, now: datetime) -> None:
    made = stories(cast, now, "甲乙")
    place("lead", made["乙"], by=cast.editor)
    assert standing(client)["lead"] == ["稿乙"]
    on_story("withdraw", made["乙"], cast.chief, note="有误", now=timezone.now())
    assert standing(client)["lead"] == ["稿甲"]


def test_a_choice_not_yet_due_appears_on_its_second(cast: Cast, now: datetime) -> None:
    made = stories(cast, now, "甲")
    due = now + HOUR
    later = publish(ArticleFactory(headline="稿乙"), cast, now, release_at=due)
    place("lead", later, by=cast.editor)

    def lead(at: datetime) -> int:
        found = making_up.front(FrontSlot.objects.all(), at).lead
        assert found is not None
        return found.article_id

    second = timedelta(seconds=1)
    assert [lead(due - second), lead(due)] == [made["甲"].pk, later.pk]


def test_a_choice_keeps_its_hours(cast: Cast, now: datetime) -> None:
    made = stories(cast, now, "甲乙")
    place("lead", made["乙"], by=cast.editor, shown_from=now, shown_until=now + HOUR)
    slots = FrontSlot.objects.all()
    leads = [making_up.front(slots, at).lead for at in (now, now + HOUR / 2, now + HOUR)]
    assert [lead and lead.headline for lead in leads] == ["稿乙", "稿乙", "稿甲"]


def test_of_several_leads_the_first_that_can_be_seen_leads(client: Client, cast: Cast, now: datetime) -> None:
    made = stories(cast, now, "甲乙丙")
    later = publish(ArticleFactory(headline="稿丁"), cast, now, release_at=now + HOUR)
    for order, article in enumerate([later, made["丙"], made["乙"]]):
        place("lead", article, order, by=cast.editor)
    assert standing(client)["lead"] == ["稿丙"]


def test_a_blocked_picture_makes_no_picture_news(client: Client, cast: Cast, now: datetime) -> None:
    photo = PhotoFactory()
    closed = publish(ArticleFactory(headline="稿甲", photos=[photo]), cast, now - HOUR)
    place("picture", closed, by=cast.editor)
    stories(cast, now, "乙丙丁戊己")
    assert standing(client)["pictures"][0] == "稿甲"
    block(photo, cast.chief, "肖像权", now)
    assert "稿甲" not in standing(client)["pictures"]
    place("lead", closed, by=cast.editor)
    content = page(client)
    assert standing(client)["lead"] == ["稿甲"]
    assert photo.public_id not in content


def test_a_pinned_story_heads_its_section_and_nothing_above(
    client: Client, cast: Cast, now: datetime
) -> None:
    section = SectionFactory(name="民生")
    old = publish(
        ArticleFactory(headline="稿辛", section=SectionFactory(parent=section)), cast, now - 99 * HOUR
    )
    made = stories(cast, now, "甲乙丙丁戊己庚", section=section)
    place("section", made["甲"], 2, by=cast.editor)
    place("section", old, 1, by=cast.editor)
    found = standing(client)
    assert found["sections"][:2] == ["稿辛", "稿甲"]
    assert found["lead"] == ["稿乙"]


def test_a_story_kept_off_stands_nowhere_on_the_page_but_in_its_section(
    client: Client, cast: Cast, now: datetime
) -> None:
    section = SectionFactory()
    made = stories(cast, now, "甲乙", section=section)
    place("off", made["甲"], by=cast.editor)
    assert "稿甲" not in page(client)
    assert "稿甲" in client.get(f"/sections/{section.slug}/").content.decode()
    place("second", made["甲"], by=cast.editor)
    assert standing(client)["seconds"] == ["稿甲"], "who places it means it"


def test_only_what_is_visible(client: Client, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(headline="已经见报"), cast, now - HOUR)
    publish(ArticleFactory(headline="明天见报"), cast, now, release_at=now + 24 * HOUR)
    ArticleFactory(headline="还是草稿")
    content = page(client)
    assert [word in content for word in ("已经见报", "明天见报", "还是草稿")] == [True, False, False]


def test_number_of_queries_does_not_grow(
    client: Client, cast: Cast, now: datetime, django_assert_num_queries: Callable
) -> None:
    """Neither with stories nor with sections nor with what editors chose."""

    def more(sections: int, stories: int) -> None:
        for _section in range(sections):
            section = SectionFactory()
            for _story in range(stories):
                story = publish(ArticleFactory(section=section, photos=[PhotoFactory()]), cast, now)
            place("section", story, by=cast.editor)

    more(1, 2)
    with django_assert_num_queries(9):
        client.get("/")
    more(8, 3)
    with django_assert_num_queries(9):
        client.get("/")


def test_is_not_rendered_anew_for_who_has_it(client: Client, cast: Cast, now: datetime) -> None:
    publish(ArticleFactory(), cast, now)
    first = client.get("/")
    assert client.get("/", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_refusals_speak_chinese_and_are_not_kept(client: Client, cast: Cast) -> None:
    missing = client.get("/nowhere/")
    assert missing.status_code == 404
    assert "没有这个页面" in missing.content.decode()
    assert missing["Cache-Control"] == "no-cache"
    client.force_login(cast.reporter)
    forbidden = client.get("/admin/people/user/")
    assert forbidden.status_code == 403
    assert "没有这一页的权限" in forbidden.content.decode()
    assert forbidden["Cache-Control"] == "no-cache"
