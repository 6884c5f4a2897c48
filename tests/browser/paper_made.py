"""What the layout desk finds on its day: the front page of the shared seeds, and a paper of our own text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from articles.models import Article
from articles.workflow import perform as on_story
from issues.models import Issue, Page, Placement
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, sign
from tests.issues import paper, seed

# What our paper calls the seeds' two words for whose work a page was.
CREDITS = {"统稿": "统稿", "视觉": "视觉", "责编": "本版责编", "校对": "责任校对"}
RIGHT, WRONG = "攻坚克难", "攻艰克难"  # a typo that the page's proofreader is to find
FERRY = (
    "末班渡船今晚九点靠岸，船工们说，三年里大家攻艰克难，等的就是这一天。明起渡船改走夜游线，"
    "每晚七点、八点各一班，从老码头到桥下再折回，四十分钟。船票十元，孩子免费。"
)
DAY = "第{n}天，{what}。桥面又向西岸伸出{n}米，施工日志上写着：气温{n}度，风力三级，吊装{n}次，安全。"
DONE = (
    "塔吊在雾里等到九点才开钩",
    "最后一车沥青从东岸运来",
    "老船工尹守田来看了一个上午",
    "两岸的测量员第一次不用对讲机",
    "护栏的样段立了起来",
    "检测车以二十公里的时速走了三个来回",
    "路灯在傍晚试亮了一刻钟",
    "学校的孩子画下了桥的影子",
    "合龙口只剩一臂宽",
    "工人们把名字写在木板的背面",
    "夜里下过雨，桥面洗得发亮",
    "第一辆公交车开过了河",
)


@dataclass
class Made:
    """A paper before anything is laid out: its issue, and the stories that wait for it in their order.

    `late` is still in review while all others are signed; `told` is what the page must say besides.
    """

    issue: Issue
    stories: list[Article]
    late: Article
    told: list[str] = field(default_factory=list)

    @property
    def front(self) -> Page:
        return self.issue.pages.get(number=1)


def front_page(shared: Path, cast: Cast, now: datetime) -> Made:
    """The seeds' page one as its paper would begin it, one story with a typo and not yet through review."""
    told, stories = seed.read(shared)
    issue = Issue.objects.create(
        masthead=seed.masthead(told),
        date=date.fromisoformat(told["date"]),
        number=told["number"],
        total_number=told["total_number"],
        page_count=told["pages"],
        banner=told["banner"],
        format="broadsheet",
        columns=8,
    )
    seed.guide(issue, told)
    people = [[CREDITS[label], name] for label, name in told["editor_credits"].items()]
    page = Page.objects.create(issue=issue, number=1, name="要闻", credits=people)
    Placement.objects.create(page=page, kind="masthead", col=0, row=0, cols=8, rows=8, template=True)
    late = stories[1]
    late.blocks = [(tag, text.replace(RIGHT, WRONG)) for tag, text in late.blocks]
    made = [seed.article(story, cast.reporter) for story in stories]
    _review(made, made[1], cast, now)
    said = [
        told[key] for key in ("title", "organ", "weekday", "lunar", "permit", "website", "hotline", "banner")
    ]
    said += [told["distribution"], "第26期", "总第604期", "2018年7月5日", "今日4版", "主管主办"]
    said += [words for entry in told["guide"] for words in (entry["headline"], entry["subheadline"])]
    said += [words for pair in people for words in pair]
    return Made(issue, made, made[1], said)


def our_own(cast: Cast, now: datetime) -> Made:
    """Two pages of 四开: a lead too long for page one, and two short stories."""
    issue = paper.issue(now, pages=2, banner="家门口的桥")
    diary = "".join(f"<p>{DAY.format(n=n, what=what)}</p>" for n, what in enumerate(DONE * 2, 1))
    made = [
        _draft(cast, "一座桥的二十四天", diary, subheadline="望渡桥合龙日记"),
        _draft(cast, "渡船明起改为夜游", f"<p>{FERRY}</p>"),
        _draft(cast, "桥头公交站月底启用", "<p>桥头的公交站有四条线路，首班车五点半。</p>" * 6),
    ]
    _review(made, made[1], cast, now)
    return Made(issue, made, made[1], ["潮头晚报", issue.lunar, issue.weekday])


def _draft(cast: Cast, headline: str, body: str, **fields: Any) -> Article:
    return ArticleFactory(headline=headline, body=body, created_by=cast.reporter, with_issue=True, **fields)


def _review(stories: list[Article], late: Article, cast: Cast, now: datetime) -> None:
    for story in stories:
        on_story("submit", story, cast.reporter, now=now)
        if story != late:
            sign(story, cast, now)
