"""What the newsroom calls its actions, before and after."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from newsroom.lib import dates
from people.models import Signature

Status = Article.Status

# By action, as the chain names them; the last three are nobody's button.
LABELS: dict[str, Promise] = {
    "submit": gettext_lazy("提交审核"),
    "pass": gettext_lazy("通过"),
    "return": gettext_lazy("退回修改"),
    "recall": gettext_lazy("收回"),
    "spike": gettext_lazy("不用"),
    "restore": gettext_lazy("恢复"),
    "reschedule": gettext_lazy("改发布时间"),
    "reopen": gettext_lazy("重新编辑"),
    "amend": gettext_lazy("改稿重发"),
    "withdraw": gettext_lazy("撤稿"),
    "correct": gettext_lazy("更正"),
    "publish": gettext_lazy("到时发布"),
    "expire": gettext_lazy("到期下线"),
    "delete": gettext_lazy("删除"),
}


def label(action: str) -> str:
    return str(LABELS.get(action, action))


def entry(signature: Signature, before: list[Signature]) -> str:
    """A line of the story's history; `before` is the round's history until then."""
    if signature.action != "pass":
        return label(signature.action)
    again = any(s.action == "pass" and s.stage == signature.stage for s in before)
    return (_("%s确认改动") if again else _("%s通过")) % signature.stage


def done(signature: Signature, article: Article, now: datetime, moved: bool = True) -> str:
    """What an action did, told to the person who took it. `moved`: the story is not where it was."""
    match signature.action:
        case "submit":
            return _("已提交审核，现在等%s。") % stage_name(article)
        case "pass":
            return _passed(signature, article, now, moved)
        case "amend":
            if '"release"' in signature.effect:
                return _("改稿已发布，读者看到的是新版。")
            return _("改稿已签，等另一位签发后读者才看得到。")
        case "reschedule":
            return _public_from(article, now)
        case "reopen":
            return _("已重新打开为草稿。线上如有旧版，照常可见，直到新版签发。")
    return {
        "return": _("已退回修改，意见已转给作者。"),
        "recall": _("已收回，可以继续修改。"),
        "spike": _("已列为不用，稿件留在稿库里。"),
        "restore": _("已恢复为草稿。"),
        "withdraw": _("已撤稿，读者已经打不开。"),
        "correct": _("更正已发布，和稿件一起显示。"),
    }[signature.action]


def _passed(signature: Signature, article: Article, now: datetime, moved: bool) -> str:
    if article.status != Status.REVIEW:
        return _public_from(article, now)
    stage = stage_name(article)
    if not moved:
        return _("已确认改动，等%s签发。") % stage
    return _("%(done)s已通过，转%(next)s。") % {"done": signature.stage, "next": stage}


def _public_from(article: Article, now: datetime) -> str:
    if article.status == Status.PUBLISHED:
        return _("已签发，读者现在就能看到。")
    if article.with_issue:
        return _("已签发，随报发布。")
    if article.release_at is None:
        return _("已签发。")
    return _("已签发，%s发布。") % dates.relative(article.release_at, now)


def stage_name(article: Article) -> str:
    """The stage a story in review waits at; else nothing."""
    if article.status != Status.REVIEW or article.stage is None:
        return ""
    stages = settings.REVIEW_STAGES
    return str(stages[min(article.stage, len(stages) - 1)].name)
