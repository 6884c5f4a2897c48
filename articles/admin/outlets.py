"""发到公众号等: the copy to paste elsewhere, and the record of where the story went."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import rules
from articles.admin.preview import private
from articles.admin.workflow import STATUS_OF, viewer
from articles.around import since
from articles.facts import facts_of
from articles.models import Article, OutsideAddress, Release
from articles.outlets import record, wechat
from articles.refusals import NotReady, WorkflowError
from articles.story import Story
from media.specs import CROPS, address, plan

COVERS = ("16x9", "1x1")
FIELDS = ("outlet", "name", "url", "note")


@dataclass(frozen=True)
class Copied:
    """What the page offers to copy of a release, and the same to look at."""

    headline: str
    digest: str
    html: str
    plain: str
    looks: str  # the same with pictures' addresses on this site
    covers: list[tuple[str, str]]  # (shape, address)
    public: bool
    pictures: bool


class OutletsMixin:
    """Adds `admin:articles_article_outlets`, `…_outlets_add` and `…_outlets_mark`."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [
            path(
                "<int:object_id>/outlets/",
                require_safe(wrap(self.outlets_view)),
                name="articles_article_outlets",
            ),
            path(
                "<int:object_id>/outlets/add/",
                require_POST(wrap(self.outlets_add_view)),
                name="articles_article_outlets_add",
            ),
            path(
                "<int:object_id>/outlets/<int:number>/mark/",
                require_POST(wrap(self.outlets_mark_view)),
                name="articles_article_outlets_mark",
            ),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def outlets_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return self._outlets(request, self.story_or_404(request, object_id))  # type: ignore[attr-defined]

    def outlets_add_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        article = self.story_or_404(request, object_id)  # type: ignore[attr-defined]
        typed = {name: request.POST.get(name, "") for name in FIELDS}
        try:
            made = record.add(article, viewer(request), timezone.now(), **typed)
        except WorkflowError as refused:
            return self._outlets(request, article, refused, typed)
        messages.success(request, _("已登记：%s") % made.place)
        return _back(article)

    def outlets_mark_view(self, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
        article = self.story_or_404(request, object_id)  # type: ignore[attr-defined]
        found = OutsideAddress.objects.filter(article=article, pk=number).first()
        if found is None:
            raise Http404
        try:
            record.mark(found, viewer(request), request.POST.get("mark", ""), timezone.now())
        except WorkflowError as refused:
            return self._outlets(request, article, refused)
        messages.success(request, _("已记下：%s") % found.place)
        return _back(article)

    def _outlets(
        self,
        request: HttpRequest,
        article: Article,
        refused: WorkflowError | None = None,
        typed: dict[str, str] | None = None,
    ) -> HttpResponse:
        now, user = timezone.now(), viewer(request)
        release, signed = record.copied(article, now), record.sent(article) is not None
        rows = OutsideAddress.objects.filter(article=article).select_related(
            "by", "handled_by", "mistaken_by"
        )
        waiting = set(
            OutsideAddress.objects.to_handle(now).filter(article=article).values_list("pk", flat=True)
        )
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("发到公众号等"),
            "article": article,
            "opts": Article._meta,
            "copied": _copied(release) if release else None,
            "rows": [(row, row.pk in waiting, rules.may_handle_outside(user, row.by_id)) for row in rows],
            "waiting": len(waiting),
            "signed": signed,
            "may_record": signed and rules.may_record_outside(user, facts_of(article, now)),
            "outlets": OutsideAddress.Outlet.choices,
            "typed": typed or {},
            "problems": _problems(refused),
            "now": now,
        }
        status = next((code for kind, code in STATUS_OF.items() if isinstance(refused, kind)), 200)
        return private(
            TemplateResponse(request, "admin/articles/article/outlets.html", context, status=status)
        )


def _copied(release: Release) -> Copied:
    now = timezone.now()
    corrections, blocked = since(release)
    story = Story(release, now, corrections, blocked)
    with translation.override(settings.LANGUAGE_CODE):  # as for readers, whatever this person chose
        html, looks = wechat.paste(story), wechat.paste(story, root="")
        return Copied(
            headline=release.headline,
            digest=wechat.digest(story),
            html=html,
            plain=wechat.plain(html),
            looks=looks,
            covers=_covers(story),
            public=release.visible_from is not None and release.visible_from <= now,
            pictures=bool(story.figures),
        )


def _covers(story: Story) -> list[tuple[str, str]]:
    """The first picture in the shapes that a cover may have, as wide as there is; then the whole of it."""
    if not (picture := story.picture):
        return []
    number, focal = picture["public_id"], (picture["focal"][0], picture["focal"][1])
    specs = [s for s in plan(picture["width"], picture["height"], focal) if s.format == "jpg"]
    widest = {shape: max((s for s in specs if s.crop == shape), key=lambda s: s.width) for shape in COVERS}
    whole = max((s for s in specs if not s.crop), key=lambda s: s.width)
    named = [(":".join(map(str, CROPS[shape])), spec) for shape, spec in widest.items()]
    return [(name, address(number, spec.name)) for name, spec in [*named, (_("整幅"), whole)]]


def _problems(refused: WorkflowError | None) -> list[str]:
    if refused is None:
        return []
    return [str(p) for p in refused.problems] if isinstance(refused, NotReady) else [str(refused)]


def _back(article: Article) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_article_outlets", args=[article.pk]))
