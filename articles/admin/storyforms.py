"""The story's form, its names and its pictures as one thing that is shown, checked and saved together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from articles import history
from articles.admin import rows
from articles.admin.forms import (
    DESK_FIELDS,
    Bylines,
    Files,
    Photos,
    StoryForm,
    byline_initial,
    file_initial,
    photo_initial,
)
from articles.models import Article, Revision
from newsroom.lib.html import clean
from people.models import Reporter, User


class StoryForms:
    """Bound when `data` is given: by a post, by what autosave kept, or by what a conflict left to decide."""

    def __init__(self, article: Article | None, user: User, data: QueryDict | None = None) -> None:
        self.article = article
        self.user = user
        self.form = StoryForm(data, instance=article, auto_id="id_%s")
        self.bylines = Bylines(data, initial=self._names(), prefix="bylines")
        self.photos = Photos(data, initial=self._pictures(), prefix="photos")
        # A form that says nothing of attachments leaves them as they are.
        told = data if data is not None and "files-TOTAL_FORMS" in data else None
        self.files = Files(told, initial=self._files(), prefix="files")

    def _names(self) -> list[dict[str, Any]]:
        if self.article:
            return [byline_initial(byline) for byline in self.article.bylines.order_by("position", "pk")]
        own = Reporter.objects.filter(user=self.user, is_active=True).first()
        return (
            [{"reporter": own.pk, "identity": own.identity, "name": own.name, "outlet": own.outlet}]
            if own
            else []
        )

    def _pictures(self) -> list[dict[str, Any]]:
        if not self.article:
            return []
        return [
            photo_initial(u) for u in self.article.photos.select_related("photo").order_by("position", "pk")
        ]

    def _files(self) -> list[dict[str, Any]]:
        if not self.article:
            return []
        used = self.article.files.select_related("attachment").order_by("position", "pk")
        return [file_initial(use) for use in used]

    @property
    def _parts(self) -> list[Any]:
        return [self.form, self.bylines, self.photos, *([self.files] if self.files.is_bound else [])]

    def is_valid(self) -> bool:
        valid = [part.is_valid() for part in self._parts]
        if "body" in self.form.cleaned_data and (lost := rows.unknown_photos(self.form.cleaned_data["body"])):
            self.form.add_error("body", _("正文里有%d张图片不在图片库里，请删去，或重新插入。") % len(lost))
            return False
        return all(valid)

    @property
    def errors(self) -> list[str]:
        """Every sentence of refusal, those of hidden fields too."""
        found: list[str] = []
        for part in (self.form, *self.bylines.forms, *self.photos.forms, *self.files.forms):
            found += [sentence for sentences in part.errors.values() for sentence in sentences]
        return found + [str(wrong) for rows in self._parts[1:] for wrong in rows.non_form_errors()]

    def save(self, now: datetime) -> tuple[Article, Revision, bool]:
        """Write everything and record the version: (story, its newest version, whether anything changed).

        The forms are valid; the caller's transaction holds the story's row.
        """
        article = self.form.instance
        before = Article.objects.filter(pk=article.pk).first()
        if before is None:
            article.created_by = self.user
        else:
            for name in set(DESK_FIELDS) - set(self.form.changed_data):
                setattr(article, name, getattr(before, name))
        last = before.digest if before else ""
        article.body = clean(article.body)
        moved = before is None or _columns(article) != _columns(before)
        if moved:
            article.save()
        article.regions.set(self.form.cleaned_data["regions"])
        article.tags.set(self.form.cleaned_data["tags"])
        rows.write_bylines(article, self.bylines.rows, self.user)
        rows.write_photos(article, self.photos.rows)
        if self.files.is_bound:
            rows.write_files(article, self.files.rows)
        revision = history.record(article, self.user, now)
        return article, revision, moved or revision.digest != last


def _columns(article: Article) -> list[Any]:
    return [getattr(article, f.attname) for f in Article._meta.concrete_fields if f.name != "updated_at"]
