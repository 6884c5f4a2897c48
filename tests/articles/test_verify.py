"""`verify` finds a changed byte anywhere in what was signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Release, Revision
from articles.workflow import perform
from newsroom.lib import canonical
from people.models import ChainHead, Signature
from tests.articles.test_due import due_stories

pytestmark = pytest.mark.django_db


def changed(text: str) -> str:
    """The text with its middle character another."""
    middle = len(text) // 2
    return text[:middle] + ("0" if text[middle] != "0" else "1") + text[middle + 1 :]


def tamper(model: type, column: str) -> Callable[[], None]:
    def act() -> None:
        row = model.objects.exclude(**{column: ""}).order_by("pk").first()  # type: ignore[attr-defined]
        model.objects.filter(pk=row.pk).update(**{column: changed(getattr(row, column))})  # type: ignore[attr-defined]

    act.__name__ = f"{model.__name__}_{column}"
    return act


def cut_the_chain() -> None:
    last = Signature.objects.order_by("sequence").last()
    Signature.objects.filter(pk=last.pk)._raw_delete("default")  # type: ignore[union-attr]


def forge_a_revision() -> None:
    """Content and digest changed together, so that they agree with each other."""
    revision = Revision.objects.order_by("pk").first()
    content = revision.content.replace("正文", "假文")  # type: ignore[union-attr]
    Revision.objects.filter(pk=revision.pk).update(  # type: ignore[union-attr]
        content=content, digest=canonical.digest(content)
    )


def keep_it_online() -> None:
    Release.objects.update(visible_until=timezone.now() + timedelta(days=1), end_reason=Release.End.EXPIRED)


def show_it_early() -> None:
    Release.objects.update(visible_from=timezone.now() - timedelta(days=9))


TAMPERINGS = [
    *(tamper(Revision, column) for column in ("content", "digest")),
    *(tamper(Release, column) for column in ("headline", "body", "card", "details", "digest")),
    *(tamper(Signature, column) for column in ("record", "hash", "note", "digest", "person_name", "effect")),
    tamper(ChainHead, "hash"),
    cut_the_chain,
    forge_a_revision,
    keep_it_online,
    show_it_early,
]


@pytest.mark.parametrize("act", TAMPERINGS, ids=lambda act: act.__name__)
def test_verify_finds(act: Callable[[], None]) -> None:
    story = due_stories(1)[0]
    chief = Signature.objects.filter(action="pass").latest("sequence").person
    perform("correct", story, chief, note="人名有误，特此更正。", now=timezone.now())
    call_command("verify")
    act()
    with pytest.raises(CommandError):
        call_command("verify")


def test_verify_prints_the_head(capsys: pytest.CaptureFixture[str]) -> None:
    due_stories(1)
    call_command("verify")
    sequence, head = capsys.readouterr().out.split()
    assert int(sequence) == Signature.objects.count()
    assert head == Signature.objects.order_by("sequence").last().hash  # type: ignore[union-attr]
