"""What the list of stories can be narrowed to. Each is one choice, and one index or subquery."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import desk
from articles.models import Article, Byline, Section
from articles.querysets import ArticleQuerySet
from people.models import Region, Reporter

Choices = list[tuple[str, str]]
INDENT = "　"


class Choice(admin.SimpleListFilter):
    """A list filter whose value is always one of its choices: anything else in the address counts as none."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        raise NotImplementedError

    def chosen(self) -> str:
        value = self.value()
        return (
            value if value is not None and value in {str(key) for key, _label in self.lookup_choices} else ""
        )

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return self.narrowed(request, queryset, self.chosen()) if self.chosen() else queryset

    def narrowed(self, request: HttpRequest, stories: ArticleQuerySet, chosen: str) -> ArticleQuerySet:
        raise NotImplementedError


class StatusFilter(Choice):
    title = gettext_lazy("状态")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(value, str(label)) for value, label in Article.Status.choices]

    def narrowed(self, request: HttpRequest, stories: ArticleQuerySet, chosen: str) -> ArticleQuerySet:
        return stories.filter(status=chosen)


class StageFilter(Choice):
    title = gettext_lazy("审级")
    parameter_name = "at"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(str(number), stage.name) for number, stage in enumerate(settings.REVIEW_STAGES)]

    def narrowed(self, request: HttpRequest, stories: ArticleQuerySet, chosen: str) -> ArticleQuerySet:
        return stories.filter(status=Article.Status.REVIEW, stage=int(chosen))


class SectionFilter(Choice):
    """A first-level section holds the stories of its columns too."""

    title = gettext_lazy("栏目")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        sections = list(Section.objects.all())
        tops = [section for section in sections if section.parent_id is None]
        found: Choices = []
        for top in tops:
            found.append((str(top.pk), top.name))
            found += [(str(s.pk), INDENT + s.name) for s in sections if s.parent_id == top.pk]
        return found

    def narrowed(self, request: HttpRequest, stories: ArticleQuerySet, chosen: str) -> ArticleQuerySet:
        inside = Section.objects.filter(Q(pk=int(chosen)) | Q(parent=int(chosen)))
        return stories.filter(section__in=inside.values("pk"))


class RegionFilter(Choice):
    """Everything inside the region too."""

    title = gettext_lazy("地区")
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        found = Region.objects.values_list("code", "name", "level")
        return [(code, INDENT * (level - 1) + name) for code, name, level in found]

    def narrowed(self, request: HttpRequest, stories: ArticleQuerySet, chosen: str) -> ArticleQuerySet:
        return stories.in_region(Region.objects.get(code=chosen))


class ReporterFilter(Choice):
    """By a printed name that is linked to a person; only those with any story are offered."""

    title = gettext_lazy("记者")
    parameter_name = "reporter"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        credited = Reporter.objects.filter(Exists(Byline.objects.filter(reporter=OuterRef("pk"))))
        return [(str(reporter.pk), str(reporter)) for reporter in credited.order_by("pinyin", "pk")]

    def narrowed(self, request: HttpRequest, stories: ArticleQuerySet, chosen: str) -> ArticleQuerySet:
        return stories.filter(pk__in=Byline.objects.filter(reporter=int(chosen)).values("article"))


class ChangedFilter(Choice):
    title = gettext_lazy("修改时间")
    parameter_name = "changed"
    DAYS = {"today": 0, "week": 6, "month": 29, "quarter": 89}

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        words = (_("今天"), _("近7天"), _("近30天"), _("近90天"))
        return list(zip(self.DAYS, words, strict=True))

    def narrowed(self, request: HttpRequest, stories: ArticleQuerySet, chosen: str) -> ArticleQuerySet:
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return stories.filter(updated_at__gte=midnight - timedelta(days=self.DAYS[chosen]))


class ShelfFilter(Choice):
    """稿库: what is kept for another day, and what will not be used."""

    title = gettext_lazy("稿库")
    parameter_name = "shelf"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("all", _("备用和不用")), ("held", _("备用")), ("spiked", str(Article.Status.SPIKED.label))]

    def narrowed(self, request: HttpRequest, stories: ArticleQuerySet, chosen: str) -> ArticleQuerySet:
        spiked = Q(status=Article.Status.SPIKED)
        wanted = {"all": desk.HELD | spiked, "held": desk.HELD, "spiked": spiked}
        return stories.filter(wanted[chosen])


class MineFilter(Choice):
    title = gettext_lazy("在谁手上")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("1", _("我的稿件")), ("claimed", _("我认领的")), ("free", _("还没有人认领"))]

    def narrowed(self, request: HttpRequest, stories: ArticleQuerySet, chosen: str) -> ArticleQuerySet:
        if chosen == "1":
            own = Article.objects.owned_by(request.user).values("pk")  # type: ignore[arg-type]
            return stories.filter(Q(claimed_by=request.user.pk) | Q(pk__in=own))
        return stories.filter(claimed_by=request.user.pk if chosen == "claimed" else None)


ALL = [
    StatusFilter,
    StageFilter,
    SectionFilter,
    RegionFilter,
    ReporterFilter,
    ChangedFilter,
    MineFilter,
    ShelfFilter,
]
