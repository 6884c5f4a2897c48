"""Plain text: what a field takes, it gives back unchanged; what it can't, it refuses with a sentence."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# No database takes lone surrogates, PostgreSQL no NUL, and XML feeds none of these.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Characters; a whole page of a newspaper has fewer. (Bodies of stories are bounded by their form.)
LONGEST = 20_000
_LINE_BREAK = re.compile("[\n\r\u2028\u2029]")


def clean_text(value: str) -> None:
    """Validator of a field of many lines: any Unicode but control characters and broken characters.

    Bounded, as whatever is kept is compared, searched and sent to readers again and again.
    """
    if len(value) > LONGEST:
        raise ValidationError(
            _("文字太长，最多%(most)d个字，现在有%(count)d个。"),
            code="too_long",
            params={"most": LONGEST, "count": len(value)},
        )
    if found := _IMPOSSIBLE.search(value):
        raise ValidationError(
            _("第%(position)d个字是无法保存的控制字符或残缺字符(U+%(code)s),请删去后重新输入。"),
            code="impossible_character",
            params={"position": found.start() + 1, "code": f"{ord(found[0]):04X}"},
        )


def read_number(text: str, digits: int) -> int | None:
    """The number that was typed or stands in an address; None for anything but one to so many digits."""
    return int(text) if text.isdecimal() and len(text) <= digits else None


def clean_line(value: str) -> None:
    """Validator of a field of one line: as `clean_text`, and no line breaks."""
    clean_text(value)
    if _LINE_BREAK.search(value):
        raise ValidationError(_("这里只能写一行,请去掉换行。"), code="line_break")
