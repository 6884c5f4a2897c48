"""Full text search: tokens beside each release, and an index over them in the database's own way."""

from __future__ import annotations

from typing import Any

import django.db.models.expressions
from django.db import migrations, models

# SQLite: FTS5 reads the tokens from the table and keeps but the index; triggers carry every change into it.
# Neither places nor counts of the tokens are kept (detail=none): what they would decide, the folded text does.
SQLITE = [
    """CREATE VIRTUAL TABLE articles_search USING fts5(
        tokens, content='articles_searchtext', content_rowid='release_id', detail=none, columnsize=0, tokenize='ascii'
    )""",
    "INSERT INTO articles_search(articles_search) VALUES ('rebuild')",
    """CREATE TRIGGER articles_search_added AFTER INSERT ON articles_searchtext BEGIN
        INSERT INTO articles_search(rowid, tokens) VALUES (new.release_id, new.tokens);
    END""",
    """CREATE TRIGGER articles_search_gone AFTER DELETE ON articles_searchtext BEGIN
        INSERT INTO articles_search(articles_search, rowid, tokens) VALUES ('delete', old.release_id, old.tokens);
    END""",
    """CREATE TRIGGER articles_search_changed AFTER UPDATE OF release_id, tokens ON articles_searchtext BEGIN
        INSERT INTO articles_search(articles_search, rowid, tokens) VALUES ('delete', old.release_id, old.tokens);
        INSERT INTO articles_search(rowid, tokens) VALUES (new.release_id, new.tokens);
    END""",
]
# PostgreSQL: an index of the tokens alone, which keeps no second copy of them. A function, not the expression:
# its true cost keeps the planner from making the tokens of every row again instead of asking the index. The long
# columns stand apart from the row, as a count visits every row that matches.
POSTGRES = [
    "ALTER TABLE articles_searchtext SET (toast_tuple_target = 128)",
    """CREATE FUNCTION articles_search_vector(tokens text) RETURNS tsvector
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 20000
        AS $$ BEGIN RETURN array_to_tsvector(string_to_array(tokens, ' ')); END $$""",
    "CREATE INDEX articles_search_tokens ON articles_searchtext USING gin (articles_search_vector(tokens))",
]


def fill(apps: Any, schema_editor: Any) -> None:
    from articles.search import table

    for _written in table.fill(
        apps.get_model("articles", "Release").objects, apps.get_model("articles", "SearchText").objects
    ):
        pass


def index(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "gone", "changed"):
            schema_editor.execute(f"DROP TRIGGER articles_search_{name}")
        schema_editor.execute("DROP TABLE articles_search")
    else:
        schema_editor.execute("DROP INDEX articles_search_tokens")
        schema_editor.execute("DROP FUNCTION articles_search_vector")


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_intake")]

    operations = [
        migrations.AddField("searchtext", "listed_at", models.DateTimeField(null=True)),
        migrations.AddField("searchtext", "folded", models.TextField(default="")),
        migrations.AddField("searchtext", "tokens", models.TextField(default="")),
        migrations.AddIndex(
            "searchtext", models.Index(fields=["-listed_at", "-release"], name="search_newest")
        ),
        migrations.AddIndex(
            "release",
            models.Index(
                django.db.models.expressions.F("visible_until"),
                name="release_ended",
                condition=models.Q(("visible_until__isnull", False)),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(index, drop),
    ]
