"""The story's form: its own fields, and the rows of names and pictures beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import ORDERING_FIELD_NAME
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.admin.fields import Line, Lines, Moment, RegionsField, TagsField, Word, written_regions
from articles.editor import BodyWidget
from articles.models import Article, ArticleFile, ArticlePhoto, Byline, Section
from articles.tags import edit_string
from media.models import Attachment, Photo
from media.views import described, for_cards
from people.models import Act, Identity, Reporter

MOST_ROWS = 120
LONGEST_BODY = 200_000  # characters of HTML; cleaning and comparing take time for each
#: When readers get it, and other matters of the desk: no part of a version, and written only where changed.
DESK_FIELDS = ("release_at", "with_issue", "expires_at", "due_at", "keyed_in_for_another")


class SectionChoices(forms.models.ModelChoiceIterator):
    """Columns under their section, the section itself first."""

    def __iter__(self) -> Any:
        yield ("", self.field.empty_label)
        sections = list(self.queryset)
        for top in (section for section in sections if section.parent_id is None):
            below = [section for section in sections if section.parent_id == top.pk]
            if below:
                yield (top.name, [self.choice(section) for section in (top, *below)])
            else:
                yield self.choice(top)


class SectionField(forms.ModelChoiceField):
    iterator = SectionChoices


class StoryForm(forms.ModelForm):
    """Everything of a story but its rows of names and pictures."""

    section = SectionField(
        label=_("栏目"),
        queryset=Section.objects.select_related("parent"),
        required=False,
        empty_label=_("（未定）"),
    )
    regions = RegionsField(label=pgettext_lazy("plural", "地区"), required=False)
    tags = TagsField(label=pgettext_lazy("plural", "标签"), required=False)

    class Meta:
        model = Article
        fields = (
            "kind", "path", "page_order", "kicker", "headline", "subheadline", "lede", "dateline",
            "editors_note", "body", "section", "series", "instalment",
            "source", "source_url", "first_published_at", "copyright_notice",
            "release_at", "with_issue", "expires_at",
            "responsible_editor", "keyed_in_for_another", "due_at",
        )  # fmt: skip
        field_classes = {
            **dict.fromkeys(("kicker", "headline", "subheadline"), Line),
            **dict.fromkeys(("lede", "editors_note", "copyright_notice"), Lines),
            **dict.fromkeys(("dateline", "instalment", "source", "responsible_editor"), Word),
            **dict.fromkeys(("first_published_at", "release_at", "expires_at", "due_at"), Moment),
        }
        widgets = {"body": BodyWidget, "kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        article = self.instance
        if article.pk:
            self.initial["regions"] = written_regions(article.regions.order_by("code"))
            self.initial["tags"] = edit_string(article.tags.all())
        self.fields["kind"].required = self.fields["page_order"].required = False
        self.fields["kind"].choices = Article.Kind.choices  # type: ignore[attr-defined]
        self.fields["series"].empty_label = _("（无）")  # type: ignore[attr-defined]
        self.fields["source"].widget.attrs["list"] = "story-sources"
        self.fields["dateline"].widget.attrs["list"] = "story-datelines"
        for name in DESK_FIELDS:
            self.fields[name].show_hidden_initial = True

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Article.Kind.STORY

    def clean_page_order(self) -> int:
        return self.cleaned_data["page_order"] or 0

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if len(body) > LONGEST_BODY:
            raise ValidationError(_("正文太长（超过%d个字符），请分成几篇。") % LONGEST_BODY)
        return body

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("release_at"), cleaned.get("expires_at")
        if start and end and end <= start:
            self.add_error("expires_at", _("下线时间须晚于发布时间。"))
        return cleaned


class KnownReporter(forms.ModelChoiceField):
    """Whom the browser says was chosen. Nobody can mend a hidden field: what it can't mean, it doesn't."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            return None


class BylineForm(forms.Form):
    """One name (署名). Without a name and an outlet it is an empty row."""

    reporter = KnownReporter(
        queryset=Reporter.objects.all(), required=False, widget=forms.HiddenInput, label=_("署名人")
    )
    identity = forms.ChoiceField(
        label=_("身份"), choices=Identity.choices, required=False, initial=Identity.CORRESPONDENT
    )
    name = Word(label=_("姓名"), max_length=60, required=False, strip=True)
    act = forms.ChoiceField(label=_("分工"), choices=Act.choices, required=False, initial=Act.TEXT)
    outlet = Word(label=_("媒体或单位"), max_length=60, required=False, strip=True)
    place = forms.ChoiceField(
        label=_("位置"), choices=Byline.Place.choices, required=False, initial=Byline.Place.UNDER_HEADLINE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "outlet"):
            self.fields[name].widget.attrs["placeholder"] = self.fields[name].label

    def clean_act(self) -> str:
        return self.cleaned_data["act"] or Act.TEXT

    def clean_place(self) -> str:
        return self.cleaned_data["place"] or Byline.Place.UNDER_HEADLINE

    @property
    def row(self) -> dict[str, Any] | None:
        cleaned = self.cleaned_data
        if not (cleaned.get("name") or cleaned.get("outlet")):
            return None
        return {key: cleaned[key] for key in ("reporter", "identity", "name", "act", "outlet", "place")}


class PhotoForm(forms.Form):
    """One picture as this story uses it (配图). Without a picture it is an empty row."""

    photo = Word(label=_("图片编号"), max_length=40, required=False, strip=True)
    caption = Lines(label=_("说明"), required=False)
    credit = Word(label=pgettext_lazy("picture", "署名"), max_length=120, required=False)
    alt = Lines(label=_("替代文字"), required=False, rows=1)
    joined = forms.BooleanField(label=_("与上一张合为一组"), required=False)
    picture: dict[str, Any] | None = None  # what the page shows of the photo

    def clean_photo(self) -> Photo | None:
        public_id = self.cleaned_data["photo"]
        if not public_id:
            return None
        photo = Photo.objects.filter(public_id=public_id).first() if public_id.isascii() else None
        if photo is None:
            raise ValidationError(_("图片库里没有编号为“%s”的图片。") % public_id)
        return photo

    @property
    def row(self) -> dict[str, Any] | None:
        cleaned = self.cleaned_data
        if not cleaned.get("photo"):
            return None
        return {key: cleaned[key] for key in ("photo", "caption", "credit", "alt", "joined")}

    def show(self, photo: Photo | None) -> None:
        """Show the library's own words where this story says nothing."""
        self.picture = {**described(photo), "is_blocked": photo.is_blocked} if photo else None
        if photo and self.picture:
            words = {
                "caption": photo.caption,
                "credit": self.picture["credit"],
                "alt": photo.alt or photo.caption,
            }
            for name, library in words.items():
                self.fields[name].widget.attrs["placeholder"] = library


class FileForm(forms.Form):
    """One attachment as this story offers it (附件). Without a file it is an empty row."""

    file = Word(label=_("附件"), max_length=40, required=False, strip=True, widget=forms.HiddenInput)
    title = Word(label=_("附件标题"), max_length=120, required=False, strip=True)
    attachment: Attachment | None = None  # what the page shows of it

    def clean_file(self) -> Attachment | None:
        public_id = self.cleaned_data["file"]
        if not public_id:
            return None
        found = Attachment.objects.filter(public_id=public_id).first() if public_id.isascii() else None
        if found is None:
            raise ValidationError(_("没有编号为“%s”的附件。") % public_id)
        return found

    @property
    def row(self) -> dict[str, Any] | None:
        cleaned = self.cleaned_data
        if not cleaned.get("file"):
            return None
        return {"attachment": cleaned["file"], "title": cleaned["title"]}


class Rows(forms.BaseFormSet):
    """Ordered rows. They are the whole list: what is not among them is not on the story."""

    default_error_messages = forms.BaseFormSet.default_error_messages | {
        "missing_management_form": _("表单不完整，没有保存。请返回重试。"),
        "too_many_forms": _("太多了，最多%(num)d个。"),
    }

    def get_ordering_widget(self) -> Any:  # type: ignore[override]
        return forms.NumberInput(attrs={"min": 0, "class": "position", "inputmode": "numeric"})

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.label_suffix = ""
        form.fields[ORDERING_FIELD_NAME].label = _("次序")
        form.fields["DELETE"].label = _("移除")

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What was filled in, in order. The rows must be valid."""
        kept = [form for form in self.forms if form.row and not form.cleaned_data.get("DELETE")]
        return [form.row for form in sorted(kept, key=_position)]


def _position(form: forms.Form) -> tuple[bool, int]:
    position = form.cleaned_data.get(ORDERING_FIELD_NAME)
    return position is None, position or 0


class PhotoRows(Rows):
    @cached_property
    def forms(self) -> list[Any]:
        made = super().forms
        # Whatever was typed: only what can be an id is looked up.
        ids = {id_ for form in made if (id_ := str(form["photo"].value() or "")).isalnum()}
        library = {photo.public_id: photo for photo in for_cards(Photo.objects.filter(public_id__in=ids))}
        for form in made:
            form.show(library.get(str(form["photo"].value() or "")))
        return made

    def clean(self) -> None:
        seen: set[int] = set()
        for form in self.forms:
            photo = form.cleaned_data.get("photo") if not form.cleaned_data.get("DELETE") else None
            if photo and photo.pk in seen:
                form.add_error("photo", _("这张图片已在上面，每张只列一次。"))
            seen |= {photo.pk} if photo else set()


class FileRows(Rows):
    @cached_property
    def forms(self) -> list[Any]:
        made = super().forms
        ids = {id_ for form in made if (id_ := str(form["file"].value() or "")).isalnum()}
        known = {file.public_id: file for file in Attachment.objects.filter(public_id__in=ids)}
        for form in made:
            form.attachment = known.get(str(form["file"].value() or ""))
            if form.attachment:
                form.fields["title"].widget.attrs["placeholder"] = form.attachment.name.rpartition(".")[0]
        return made

    def clean(self) -> None:
        seen: set[int] = set()
        for form in self.forms:
            file = form.cleaned_data.get("file") if not form.cleaned_data.get("DELETE") else None
            if file and file.pk in seen:
                form.add_error("title", _("这个附件已在上面，每个只列一次。"))
            seen |= {file.pk} if file else set()


def formset(form: type[forms.Form], base: type[Rows], extra: int) -> Any:
    return forms.formset_factory(
        form,
        base,
        extra=extra,
        can_order=True,
        can_delete=True,
        max_num=MOST_ROWS,
        validate_max=True,
        absolute_max=2 * MOST_ROWS,
    )


Bylines = formset(BylineForm, Rows, extra=2)
Photos = formset(PhotoForm, PhotoRows, extra=1)
Files = formset(FileForm, FileRows, extra=0)


def byline_initial(byline: Byline) -> dict[str, Any]:
    return {
        "reporter": byline.reporter_id,
        **{key: getattr(byline, key) for key in ("identity", "name", "act", "outlet", "place")},
    }


def photo_initial(use: ArticlePhoto) -> dict[str, Any]:
    return {
        "photo": use.photo.public_id,
        **{key: getattr(use, key) for key in ("caption", "credit", "alt", "joined")},
    }


def file_initial(use: ArticleFile) -> dict[str, Any]:
    return {"file": use.attachment.public_id, "title": use.title}
