"""Form fields of a story: text kept as typed, places and tags as words, moments in the bureau's time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from articles.models import Tag
from articles.tags import BREAK, parse_tags
from newsroom.lib.text import clean_line, clean_text
from people.models import Region

MOST_TAGS = 30
MOST_REGIONS = 50


class Words(forms.CharField):
    """Text kept as typed, spaces and all; what no database takes is refused in our words, not Django's."""

    default_validators = [clean_text]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"strip": False} | kwargs)
        self.validators = [v for v in self.validators if not isinstance(v, ProhibitNullCharactersValidator)]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`: a browser cuts what is pasted without a word, and we say what is too long."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class Word(Words):
    """A short line of text."""

    default_validators = [clean_line]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")


class Line(Words):
    """One printed line. It grows when it is long, so it is drawn as a text area."""

    default_validators = [clean_line]
    widget = forms.Textarea(attrs={"rows": 1, "data-line": ""})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"widget": self.widget})


class Lines(Words):
    """Some lines of text; a browser's line breaks become newlines."""

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"widget": forms.Textarea(attrs={"rows": rows, "data-grow": ""})})

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial, data.replace("\r\n", "\n") if isinstance(data, str) else data)


class Moment(forms.DateTimeField):
    """A date with a time, in the bureau's zone, to the second."""

    def __init__(self, **kwargs: Any) -> None:
        shape = "%Y-%m-%dT%H:%M:%S"
        widget = forms.DateTimeInput(format=shape, attrs={"type": "datetime-local", "step": 1})
        super().__init__(**kwargs | {"widget": widget})


class TagsField(Word):
    """Tags as words; cleans to a list of names."""

    def clean(self, value: Any) -> Any:
        names = parse_tags(super().clean(value))
        if len(names) > MOST_TAGS:
            raise ValidationError(_("标签最多%d个。") % MOST_TAGS)
        longest = Tag._meta.get_field("name").max_length or 0
        for name in names:
            clean_line(name)
            if len(name) > longest:
                raise ValidationError(_("标签“%s…”太长。") % name[:12])
        return names


class RegionsField(Word):
    """Places written as 名称(代码), or a name or a code alone; cleans to a list of Regions."""

    WRITTEN = re.compile(r"(?P<name>.*?)[(（]?(?P<code>\d{6}|\d{9})?[)）]?", re.ASCII)

    def clean(self, value: Any) -> Any:
        words = list(dict.fromkeys(word for word in BREAK.split(super().clean(value)) if word))
        if len(words) > MOST_REGIONS:
            raise ValidationError(_("地区最多%d个。") % MOST_REGIONS)
        found = {region.pk: region for region in map(find_region, words)}
        return list(found.values())


def find_region(word: str) -> Region:
    """The one place meant by 名称(代码), a code or a name. ValidationError says what to type instead."""
    written = RegionsField.WRITTEN.fullmatch(word)
    code = written["code"] if written else None
    if code:
        matches = list(Region.objects.filter(code=code))
    else:
        clean_line(word)
        matches = list(Region.objects.filter(name=word).select_related("parent")[:6])
    if not matches:
        raise ValidationError(_("没有找到地区“%s”。") % word[:40])
    if len(matches) > 1:
        choices = "、".join(f"{region.parent or ''}{written_region(region)}" for region in matches)
        raise ValidationError(
            _("“%(name)s”不止一处，请写明：%(choices)s。") % {"name": word, "choices": choices}
        )
    return matches[0]


def written_region(region: Region) -> str:
    return written(region.name, region.code)


def written(name: str, code: str) -> str:
    """名称(代码) as the field reads it back: the code decides, so the name may go without its spaces."""
    return f"{BREAK.sub('', name)}({code})"


def written_regions(regions: Iterable[Region]) -> str:
    return "、".join(map(written_region, regions))
