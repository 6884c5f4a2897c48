"""Leading readers on from addresses of an old site (旧网址).

Asked only where nothing else answers. Nothing is told that readers could not see anyhow: a story is led to
while they see it, answers as itself once it was withdrawn, and is not there before its time. Addresses lead
within this site alone, and never from one old address to another.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from articles.models import Article, OldAddress, Release
from articles.page_views import no_longer

MOST_LINES = 20_000
MOST_BYTES = 4 * 1024 * 1024
LONGEST = 400
_STORY = re.compile(r"/articles/([1-9][0-9]{0,17})/\Z")
_BAD = re.compile(r"[\x00-\x20\\\x7f\u2028\u2029]")


def led_on(request: HttpRequest) -> HttpResponse | None:
    """301 to where an old address leads, 410 for a story that was withdrawn, or None. One query for most."""
    if request.method not in ("GET", "HEAD"):
        return None
    whole = unquote(request.get_full_path())
    asked = [whole, request.path] if request.META.get("QUERY_STRING") else [request.path]
    if any(len(old) > LONGEST or "\0" in old for old in asked):
        return None
    found = {row.old: row for row in OldAddress.objects.filter(old__in=asked)}
    row = next((found[old] for old in asked if old in found), None)
    if row is None:
        return None
    return _to_story(request, row.article_id) if row.article_id else _to(row.target)


def _to_story(request: HttpRequest, article: int) -> HttpResponse | None:
    now = timezone.now()
    release = Release.objects.visible(now).filter(article=article).first()
    if release:
        return _to(release.get_absolute_url())
    try:
        return no_longer(request, now, article=article)
    except Http404:
        return None


def _to(address: str) -> HttpResponse:
    return HttpResponsePermanentRedirect(iri_to_uri(address))


# Keeping the table


def filled(old: str, new: str, pk: int | None = None) -> OldAddress:
    """An unsaved row of two addresses as somebody wrote them; `pk` if there is one already.

    Raises ValidationError with one sentence.
    """
    row = OldAddress(pk=pk, old=old_address(old))
    target = own_address(new)
    if story := _STORY.match(target):
        row.article = Article.objects.filter(pk=int(story[1])).first()
        if row.article is None:
            raise ValidationError(_("没有编号为 %s 的稿件。") % story[1])
    else:
        row.target = target
    _refuse_chains(row)
    return row


def old_address(typed: str) -> str:
    """The path and query of an old address, of whatever host, unquoted. Raises ValidationError."""
    try:
        parts = urlsplit(typed.strip())
    except ValueError as wrong:
        raise ValidationError(_("“%s”不是网址。") % typed[:80]) from wrong
    old = unquote(parts.path + (f"?{parts.query}" if parts.query else ""))
    if not old.startswith("/") or old.startswith("//") or _BAD.search(old) or len(old) > LONGEST:
        raise ValidationError(_("“%s”不是旧网址，应像 /content/2015-03/12/content_4567.htm。") % typed[:80])
    if old == "/":
        raise ValidationError(_("首页不能当旧网址。"))
    return old


def own_address(typed: str) -> str:
    """A path of this site, from one or from a whole address. Raises ValidationError for any other place."""
    typed = typed.strip()
    path = typed.removeprefix(settings.SITE_URL.rstrip("/")) or "/"
    if not path.startswith("/") or path.startswith("//") or _BAD.search(path) or len(path) > LONGEST:
        raise ValidationError(_("“%s”不是本站网址，只能引到本站的页面。") % typed[:80])
    return path


def _refuse_chains(row: OldAddress) -> None:
    others = OldAddress.objects.exclude(pk=row.pk)
    plain = unquote(row.target)
    if plain and (plain == row.old or others.filter(old__in=[plain, plain.partition("?")[0]]).exists()):
        raise ValidationError(_("“%s”自己也是旧网址，请直接写最后的去处。") % row.target)
    if others.filter(target=row.old).exists():
        raise ValidationError(_("别的旧网址正引到“%s”，请先改那一条。") % row.old)


def read_table(data: bytes) -> Iterator[tuple[int, str, str]]:
    """(line, old, new) of a CSV with two columns, in UTF-8 or GB18030. Raises ValidationError."""
    if len(data) > MOST_BYTES:
        raise ValidationError(_("文件太大，请分几次导入。"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
            if number > MOST_LINES:
                raise ValidationError(_("一次最多导入 %d 行。") % MOST_LINES)
            if any(cell.strip() for cell in row):
                yield number, row[0], row[1] if len(row) > 1 else ""
    except csv.Error as wrong:
        raise ValidationError(_("这不是能读的 CSV 文件。")) from wrong


def take_in(lines: Iterable[tuple[int, str, str]]) -> tuple[int, list[str]]:
    """Write what can be written: (rows written, a sentence for each line that was refused).

    A line whose old address is known changes where it leads. A first line without any address is a heading.
    """
    written, refused = 0, []
    for number, old, new in lines:
        try:
            row = filled(old, new)
        except ValidationError as wrong:
            if number > 1 or "/" in old:
                refused.append(_("第%(line)d行：%(why)s") % {"line": number, "why": wrong.messages[0]})
            continue
        where = {"article": row.article, "target": row.target}
        OldAddress.objects.update_or_create(old=row.old, defaults=where)
        written += 1
    return written, refused
