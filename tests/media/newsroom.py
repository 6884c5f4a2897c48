"""How tests enter the picture library's pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from media.models import Photo
from people.models import User
from tests.cast import Cast


def entering(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(name: str, *args: Any) -> str:
    return reverse(f"admin:media_photo_{name}", args=args)


def stored(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


def read(response: Any) -> Any:
    """To its end, so that the file it streams is closed."""
    if response.streaming:
        b"".join(response)
    return response


def allowed(cast: Cast, ask: Callable[[Client], Any]) -> set[str]:
    """The people who get an answer, of everyone; the others are refused or sent to the login."""
    answered = set()
    for name, person in cast.everyone().items():
        response = ask(entering(person))
        assert response.status_code in (200, 302, 403, 404), name
        refused = response.status_code == 403 or "/login/" in response.headers.get("Location", "")
        answered |= set() if refused else {name}
    return answered


def posted(photo: Photo, rows: list[dict[str, Any]] | None = None, **fields: Any) -> dict[str, Any]:
    """The form of a picture as a browser sends it."""
    data = {
        "caption": photo.caption, "alt": photo.alt, "place": photo.place, "taken_at": "",
        "focal_x": photo.focal_x, "focal_y": photo.focal_y,
        "credits-TOTAL_FORMS": len(rows or []), "credits-INITIAL_FORMS": 0,
    } | fields  # fmt: skip
    for number, row in enumerate(rows or []):
        row = {"position": 0, "reporter": "", "identity": "", "name": "", "outlet": "", "act": "photo"} | row
        data |= {f"credits-{number}-{key}": value for key, value in row.items()}
    return data
