"""Which tables readers' pages are made of, and the triggers that tell when one of them changes.

Whatever writes to them (the workflow, an import, a restored backup, somebody at the database's own prompt)
gives `Generation` another mark in the same transaction, and no app needs to know. So an answer made under the
mark that still stands is still right, but for the moments that come by the clock alone (`newsroom.kept`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

# A model, and those of its columns whose change no reader can see: written often, while a worker gets on.
WATCHED: dict[str, set[str]] = {
    "articles.Release": set(),
    "articles.Listing": set(),
    "articles.Correction": set(),
    "articles.Section": set(),
    "articles.Series": set(),
    "articles.Tag": set(),
    "articles.FrontSlot": set(),
    "articles.OldAddress": set(),
    "issues.Masthead": set(),
    "issues.Issue": set(),
    "issues.Proof": {"state", "done", "total", "error", "claimed_at", "attempts", "report", "note"},
    "issues.ProofStory": set(),
    "issues.ProofPhoto": set(),
    "people.Region": set(),
}
# Of these, readers see a change of the named columns alone. Rows that come or go concern no released story.
WATCHED_COLUMNS: dict[str, set[str]] = {"media.Photo": {"blocked_at"}}

PREFIX = "newsroom_turn_"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Once a transaction is enough, and a large one has many rows.
    IF current_setting('newsroom.turned', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        INSERT INTO newsroom_generation (id, mark) VALUES (1, (random() * 9e18)::bigint)
            ON CONFLICT (id) DO UPDATE SET mark = excluded.mark;
        PERFORM set_config('newsroom.turned', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$"""  # noqa: S608 - nothing of it comes from anywhere else


class Trigger(NamedTuple):
    """The name holds a digest of the definition, so that names alone tell what is to be done."""

    name: str
    table: str
    sql: str


def install(using: str = "default", **signal: Any) -> None:
    """After every migration: make what is missing, drop what is no longer meant.

    SQLite makes a table anew to change it, and the old one takes its triggers along.
    """
    connection = connections[using]
    wanted = {trigger.name: trigger for trigger in triggers(connection)}
    with connection.cursor() as cursor:
        found = dict(_installed(connection))
        for name in found.keys() - wanted.keys():
            on = f" ON {found[name]}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
        missing = wanted.keys() - found.keys()
        if missing and connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for name in sorted(missing):
            cursor.execute(wanted[name].sql)


def triggers(connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    """Those that database should have; none for a table that it has not, or not yet."""
    make = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    tables = set(connection.introspection.table_names())
    for label, quiet in WATCHED.items():
        model = apps.get_model(label)
        if model._meta.db_table in tables:
            seen = [column for column in _columns(model) if column not in quiet]
            yield from make(model, ["INSERT", "DELETE", _update(seen if quiet else [])])
    for label, columns in WATCHED_COLUMNS.items():
        model = apps.get_model(label)
        if model._meta.db_table in tables:
            yield from make(model, [_update(sorted(columns))])


def _columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields if field.column]


def _update(columns: list[str]) -> str:
    return f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"


def _on_sqlite(model: type[models.Model], events: list[str]) -> Iterator[Trigger]:
    for event in events:
        yield _named(
            model,
            f"AFTER {event} ON {model._meta.db_table} BEGIN"  # noqa: S608 - our own names alone
            " INSERT INTO newsroom_generation (id, mark) VALUES (1, random())"
            " ON CONFLICT (id) DO UPDATE SET mark = excluded.mark; END",
        )


def _on_postgresql(model: type[models.Model], events: list[str]) -> Iterator[Trigger]:
    """Deferred to the commit: the row all writers share is held for no longer than that takes."""
    table, execute = model._meta.db_table, f"EXECUTE FUNCTION {PREFIX}mark()"
    yield _named(
        model,
        f"AFTER {' OR '.join(events)} ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {execute}",
        kind="CONSTRAINT TRIGGER",
    )
    yield _named(model, f"AFTER TRUNCATE ON {table} FOR EACH STATEMENT {execute}")


def _named(model: type[models.Model], body: str, kind: str = "TRIGGER") -> Trigger:
    digest = hashlib.sha256((body + FUNCTION).encode()).hexdigest()[:12]
    name = f"{PREFIX}{model._meta.model_name}_{digest}"
    return Trigger(name, model._meta.db_table, f"CREATE {kind} {name} {body}")


def _installed(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Names and tables of ours that there are."""
    query = (
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE %s"
        if connection.vendor == "postgresql"
        else "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [f"{PREFIX}%"])
        return cursor.fetchall()
