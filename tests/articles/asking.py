"""Asking a form what it makes of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django import forms
from django.contrib.auth.forms import UsernameField

from articles.admin.fields import RegionsField, TagsField

# Words parted, places looked up, NFKC for logins: these read what is typed, and their own tests say how.
READING = (TagsField, RegionsField, UsernameField, forms.SlugField, forms.EmailField)
NOT_WORDS = {"body", "photo", "code", "source_url", "path"}
Build = Callable[[dict[str, str]], forms.BaseForm]


def text_fields(form: forms.BaseForm) -> Iterator[tuple[str, forms.CharField]]:
    for name, field in form.fields.items():
        kept = isinstance(field, forms.CharField) and not isinstance(field, READING)
        if kept and not isinstance(field.widget, forms.PasswordInput) and name not in NOT_WORDS:
            yield name, field


def expected(field: forms.CharField, typed: str) -> str:
    """Names go without the spaces around them; a browser's line breaks are one character."""
    return typed.strip() if field.strip else typed.replace("\r\n", "\n")


def takes(build: Build) -> Callable[[str], set[str]]:
    """Ask a form of one string in all its fields: the names of those that took it; the rest said why not."""
    fields = dict(text_fields(build({})))

    def ask(typed: str) -> set[str]:
        form = build(dict.fromkeys(fields, typed))
        taken = set()
        for name, field in fields.items():
            if said := form.errors.get(name):
                assert all(re.search("[\u4e00-\u9fff]", sentence) for sentence in said), (name, typed)
            else:
                assert form.cleaned_data[name] == expected(field, typed), (name, typed)
                taken.add(name)
        return taken

    return ask
