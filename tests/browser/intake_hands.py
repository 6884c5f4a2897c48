"""What people do to a page on its desk, and a page of our own to do it to."""

from __future__ import annotations

import json

from playwright.sync_api import Locator, Page, expect

from articles.models import Intake
from people import roles
from people.models import User
from tests.factories.people import UserFactory

OWN = """望渡桥今晨通车 两岸同贺

城东新区建设 一年一个样

本报讯(记者贺明川)11月1日早晨,望渡桥的护栏上还挂着露水,第一辆公交车已经从桥上开过。老渡口的船一天八班,错过末班就要绕行十七公里。

桥面两侧各留了两米半的步道,坡度按轮椅能上来的标准做,栏杆高一米二。桥头的公交站月底启用,两岸的小店也添了灯。

老渡口图书角开放

本报讯(通讯员尹素芬)近日,老渡口候船室改成的图书角向居民开放,首批上架图书三千册。

图书角由社区志愿者轮流值守,每周二至周日开门,孩子放学后可以在这里写作业。

10月30日,工人在望渡桥东岸安装护栏。目前,桥面附属工程已全部完成。

记者 贺明川摄

10月31日,西岸苗圃的工人给桥头花坛换上菊花,新区今秋共布置花坛四十二处。

记者 丁望舒摄
"""


def desk_editor() -> User:
    """Takes in and submits; who submits a story signs none of its stages."""
    return UserFactory(username="night", full_name="程望", roles=[roles.EDITOR])


def piece(page: Page, text: str) -> Locator:
    return page.locator(".source .piece", has_text=text).first


def block(page: Page, text: str) -> Locator:
    return page.locator(".cards .block", has_text=text).first


def opened(page: Page, intake: Intake) -> Page:
    page.goto(f"/admin/articles/intake/{intake.pk}/change/")
    page.locator(".intake.is-scripted").wait_for()
    return page


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text("已保存")


def click_before(page: Page, text: str, words: str) -> None:
    """Click in the piece just before some words of it, as a hand would."""
    place = piece(page, text).evaluate(
        """(span, words) => {
            span.scrollIntoView({block: "center"});
            const node = [...span.childNodes].find(n => n.nodeType === 3 && n.data.includes(words));
            const range = document.createRange();
            range.setStart(node, node.data.indexOf(words));
            range.setEnd(node, node.data.indexOf(words) + 1);
            const box = range.getBoundingClientRect();
            return [box.left + 1, box.top + box.height / 2];
        }""",
        words,
    )
    page.mouse.click(*place)


def kinds(intake: Intake) -> list[tuple[str, int]]:
    intake.refresh_from_db()
    return [(kind, group) for _line, _start, _end, kind, group, _joined in json.loads(intake.pieces)]
