"""The chain of signatures: what it refuses to add, and every way of tampering that it finds."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import dj_database_url
import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.transaction import TransactionManagementError
from django.db.utils import load_backend

from newsroom.lib import canonical
from people import chain
from people.models import ChainHead, Signature, User
from tests.cast import Cast
from tests.factories.people import UserFactory

NOW = datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=UTC)


def sign(person: User | None, **changes: Any) -> Signature:
    words: dict[str, Any] = {
        "subject": "article:12", "action": "pass", "at": NOW, "stage": "初审", "digest": "d" * 64,
        "note": "同意，标题改一字", "effect": {"visible_from": NOW, "release": 3},
    }  # fmt: skip
    words |= changes
    with transaction.atomic():
        return chain.append(words.pop("subject"), words.pop("action"), person, **words)


@pytest.fixture
def links(cast: Cast) -> list[Signature]:
    """Three links, the second signed for somebody else."""
    return [sign(cast.editor), sign(cast.deputy, on_behalf_of=cast.chief, stage="终审"), sign(cast.chief)]


def mismatches() -> list[str]:
    return list(chain.verify())


class TestAppend:
    def test_an_empty_chain_is_whole(self, db: None) -> None:
        assert mismatches() == []
        assert chain.head() == (0, "0" * 64)

    def test_it_links_each_to_the_one_before(self, links: list[Signature]) -> None:
        assert [link.sequence for link in links] == [1, 2, 3]
        assert [link.previous for link in links] == ["0" * 64, links[0].hash, links[1].hash]
        assert chain.head() == (3, links[2].hash)
        assert mismatches() == []

    def test_the_record_is_canonical_and_says_everything(self, links: list[Signature], cast: Cast) -> None:
        signed = canonical.load(links[1].record)
        assert links[1].record == canonical.dump(signed)
        assert links[1].hash == canonical.digest(links[1].record)
        assert signed == {
            "schema": 1,
            "sequence": 2,
            "previous": links[0].hash,
            "subject": "article:12",
            "action": "pass",
            "stage": "终审",
            "person": cast.deputy.pk,
            "person_name": "陆明夷",
            "on_behalf_of": cast.chief.pk,
            "on_behalf_of_name": "沈怀瑾",
            "digest": "d" * 64,
            "note": "同意，标题改一字",
            "effect": '{"release":3,"visible_from":"2026-11-22T09:30:00.123456Z"}',
            "at": "2026-11-22T09:30:00.123456Z",
        }

    def test_what_time_did_has_no_person(self, db: None) -> None:
        link = sign(None, action="expire", effect=None)
        link.refresh_from_db()
        assert (link.person, link.person_name, link.effect) == (None, "", "")
        assert mismatches() == []

    def test_a_name_is_kept_as_it_was_when_signed(self, links: list[Signature], cast: Cast) -> None:
        User.objects.filter(pk=cast.editor.pk).update(full_name="改了名字")
        links[0].refresh_from_db()
        assert links[0].person_name == "顾知秋"
        assert mismatches() == []

    @pytest.mark.parametrize(
        "note", ["\u2028 \u202e\U0001f4f0\n第二行", "'; DROP TABLE people_signature; --", "é\u0301"]
    )
    def test_a_note_may_hold_any_text(self, cast: Cast, note: str) -> None:
        sign(cast.editor, note=note)
        assert Signature.objects.get().note == note
        assert mismatches() == []

    @pytest.mark.parametrize("changes", [{"note": "\0"}, {"note": "\ud800"}, {"effect": {"share": 0.5}}])
    def test_it_refuses_what_has_no_canonical_form(self, cast: Cast, changes: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=r"can't be stored|float"):
            sign(cast.editor, **changes)
        assert not Signature.objects.exists()

    def test_it_refuses_a_time_without_a_zone(self, cast: Cast) -> None:
        with pytest.raises(ValueError, match="time zone"):
            sign(cast.editor, at=NOW.replace(tzinfo=None))

    def test_a_link_is_never_saved_again_nor_deleted(self, links: list[Signature]) -> None:
        links[0].note = "不同意"
        with pytest.raises(TypeError, match="append-only"):
            links[0].save()
        with pytest.raises(TypeError, match="append-only"):
            links[0].delete()
        assert mismatches() == []

    @pytest.mark.django_db(transaction=True)
    def test_it_belongs_to_a_transaction(self) -> None:
        with pytest.raises(TransactionManagementError):
            chain.append("article:1", "pass", UserFactory(), at=NOW)

    @pytest.mark.django_db(transaction=True)
    def test_what_is_rolled_back_leaves_no_gap(self) -> None:
        person = UserFactory()
        sign(person)
        with transaction.atomic():
            chain.append("article:1", "pass", person, at=NOW)
            transaction.set_rollback(True)
        assert sign(person).sequence == 2
        assert mismatches() == []

    def test_it_does_not_start_anew_when_the_head_is_gone(self, links: list[Signature], cast: Cast) -> None:
        ChainHead.objects.all().delete()
        with pytest.raises(Exception, match=r"(?i)unique"):
            sign(cast.editor)


# A change of each column, and the words of the sentence that finds it.
TAMPERING: dict[str, Callable[[Signature], Any]] = {
    "sequence": lambda link: 99,
    "subject": lambda link: "article:13",
    "action": lambda link: "return",
    "stage": lambda link: "初审",
    "person_id": lambda link: link.on_behalf_of_id,
    "person_name": lambda link: link.person_name[:-1],
    "on_behalf_of_id": lambda link: None,
    "on_behalf_of_name": lambda link: "",
    "digest": lambda link: "e" + link.digest[1:],
    "note": lambda link: link.note + " ",
    "effect": lambda link: link.effect.replace("3", "4"),
    "at": lambda link: link.at + timedelta(microseconds=1),
    "previous": lambda link: "f" * 64,
    "hash": lambda link: "f" * 64,
    "record": lambda link: link.record.replace("同意", "同意", 1) + " ",
}


class TestVerify:
    def test_every_column_is_tried(self) -> None:
        columns = {field.attname for field in Signature._meta.concrete_fields} - {"id"}
        assert columns == set(TAMPERING)

    @pytest.mark.parametrize("column", TAMPERING)
    def test_it_finds_a_changed_column(self, links: list[Signature], column: str) -> None:
        changed = TAMPERING[column](links[1])
        assert changed != getattr(links[1], column)
        Signature.objects.filter(sequence=2).update(**{column: changed})
        found = mismatches()
        assert found, column
        name = column.removesuffix("_id")
        expected = {
            "sequence": "第 1 环的下一环是第 3 环",
            "hash": "第 2 环的内容与摘要不符",
            "record": "第 2 环的内容与摘要不符",
            "previous": "第 2 环接不上前一环",
        }
        assert expected.get(column, f"第 2 环的“{name}”栏与签名记录不符") in found[0]

    @pytest.mark.parametrize("position", [0, 1, 2])
    def test_it_finds_any_changed_character_of_a_record(self, links: list[Signature], position: int) -> None:
        record = links[position].record
        for index in range(0, len(record), 7):
            other = "x" if record[index] != "x" else "y"
            Signature.objects.filter(sequence=position + 1).update(
                record=record[:index] + other + record[index + 1 :]
            )
            assert f"第 {position + 1} 环的内容与摘要不符" in mismatches()[0], index

    def test_it_finds_a_link_rewritten_with_its_hash(self, links: list[Signature]) -> None:
        """Whoever mends the columns, the record and the hash of one link breaks the next one."""
        record = links[1].record.replace("同意", "不同意")
        Signature.objects.filter(sequence=2).update(
            note=links[1].note.replace("同意", "不同意"), record=record, hash=canonical.digest(record)
        )
        assert mismatches() == ["签名链第 3 环接不上前一环。"]

    def test_it_finds_the_last_link_rewritten_with_its_hash(self, links: list[Signature]) -> None:
        record = links[2].record.replace("同意", "不同意")
        Signature.objects.filter(sequence=3).update(
            note=links[2].note.replace("同意", "不同意"), record=record, hash=canonical.digest(record)
        )
        assert mismatches() == ["签名链第 3 环与链头记下的摘要不符。"]

    def test_it_finds_a_missing_link(self, links: list[Signature]) -> None:
        Signature.objects.filter(sequence=2).delete()
        assert mismatches() == ["签名链第 1 环的下一环是第 3 环，中间有缺。"]

    def test_it_finds_a_missing_beginning(self, links: list[Signature]) -> None:
        Signature.objects.filter(sequence=1).delete()
        assert mismatches() == ["签名链第 0 环的下一环是第 2 环，中间有缺。"]

    def test_it_finds_a_cut_off_end(self, links: list[Signature]) -> None:
        Signature.objects.filter(sequence=3).delete()
        assert mismatches() == ["签名链止于第 2 环，链头记的是第 3 环。"]

    def test_it_finds_an_emptied_chain(self, links: list[Signature]) -> None:
        Signature.objects.all().delete()
        assert mismatches() == ["签名链止于第 0 环，链头记的是第 3 环。"]

    def test_it_finds_a_missing_head(self, links: list[Signature]) -> None:
        ChainHead.objects.all().delete()
        assert mismatches() == ["签名链止于第 3 环，链头记的是第 0 环。"]

    @pytest.mark.parametrize(
        ("head", "sentence"),
        [
            ({"sequence": 2}, "签名链止于第 3 环，链头记的是第 2 环。"),
            ({"sequence": 4}, "签名链止于第 3 环，链头记的是第 4 环。"),
            ({"hash": "f" * 64}, "签名链第 3 环与链头记下的摘要不符。"),
        ],
    )
    def test_it_finds_a_changed_head(
        self, links: list[Signature], head: dict[str, Any], sentence: str
    ) -> None:
        ChainHead.objects.update(**head)
        assert mismatches() == [sentence]

    def test_it_finds_two_links_changed_for_each_other(self, links: list[Signature]) -> None:
        for old, new in ((1, 90), (2, 1), (90, 2)):
            Signature.objects.filter(sequence=old).update(sequence=new)
        assert "第 1 环接不上前一环" in mismatches()[0]

    def test_a_record_that_is_no_object_is_found(self, links: list[Signature]) -> None:
        for record in ("", "[]", "{", "null", "[" * 5000):
            Signature.objects.filter(sequence=2).update(record=record, hash=canonical.digest(record))
            assert "第 2 环的“record”栏与签名记录不符" in "".join(mismatches())

    @pytest.mark.parametrize(
        ("column", "value", "sentence"),
        [
            ("at", "'2026-13-22 00:00:00'", "签名链第 0 环之后有读不出的行。"),
            ("note", "CAST(X'FFFE' AS TEXT)", "签名链第 0 环之后有读不出的行。"),
            ("record", "record || char(0)", "签名链第 2 环的内容与摘要不符。"),
            ("at", "'yesterday'", "签名链第 2 环的“at”栏与签名记录不符。"),
        ],
    )
    def test_a_column_that_cannot_be_read_is_found(
        self, links: list[Signature], column: str, value: str, sentence: str
    ) -> None:
        if connection.vendor != "sqlite":
            return  # no other database lets such a value in
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE people_signature SET {column} = {value} WHERE sequence = 2")
        assert mismatches()[0] == sentence

    def test_it_goes_on_behind_the_first_mismatch(self, links: list[Signature]) -> None:
        Signature.objects.filter(sequence__in=[1, 3]).update(note="改过")
        assert [sentence[:9] for sentence in mismatches()] == ["签名链第 1 环的", "签名链第 3 环的"]

    def test_links_added_while_it_walks_are_no_mismatch(self, links: list[Signature], cast: Cast) -> None:
        Signature.objects.filter(sequence=1).update(note="改过")
        walk = chain.verify()
        assert "第 1 环" in next(walk)  # here it stands while somebody signs
        sign(cast.editor)
        assert list(walk) == []

    def test_a_longer_chain_takes_no_more_memory(self, cast: Cast) -> None:
        def peak_after(more: int) -> int:
            for _ in range(more):
                sign(cast.editor)
            tracemalloc.start()
            try:
                assert mismatches() == []
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        sign(cast.editor)
        assert mismatches() == []  # what is loaded once is loaded now
        short, long = peak_after(300), peak_after(900)
        assert long < 1.3 * short


def sign_at_once(people: list[int], use: Callable[[], None] = lambda: None) -> None:
    """Each person signs in a thread and a connection of his own, all let go at the same moment."""
    gate = Barrier(len(people), timeout=60)

    def one(pk: int) -> None:
        use()
        try:
            person = User.objects.get(pk=pk)
            gate.wait()
            sign(person, subject=f"article:{pk}")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        for done in [pool.submit(one, pk) for pk in people]:
            done.result()


def assert_one_unbroken_chain(people: list[int]) -> None:
    links = list(Signature.objects.order_by("sequence"))
    assert [link.sequence for link in links] == list(range(1, len(people) + 1))
    assert sorted(link.person_id or 0 for link in links) == sorted(people)
    assert mismatches() == []


@pytest.mark.django_db(transaction=True)
def test_many_sign_at_once() -> None:
    people = [UserFactory().pk for _ in range(50 if connection.vendor == "postgresql" else 12)]
    sign_at_once(people)
    assert_one_unbroken_chain(people)


@pytest.mark.django_db(transaction=True)
def test_fifty_sign_at_once_on_postgresql(postgres: str) -> None:
    """On a database of its own, whatever database the suite runs on: the head is not even there at first."""
    name = f"chain_{uuid4().hex[:8]}"
    settings = {**connections["default"].settings_dict, "OPTIONS": {}, **dj_database_url.parse(postgres)}

    def use(database: str = name) -> None:
        backend = load_backend("django.db.backends.postgresql")
        connections["default"] = backend.DatabaseWrapper({**settings, "NAME": database}, "default")

    def elsewhere(work: Callable[[], None], database: str = name) -> None:
        """Run it in a thread, whose connections are not ours."""

        def run() -> None:
            use(database)
            try:
                work()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            pool.submit(run).result()

    def sign_and_check() -> None:
        call_command("migrate", "people", verbosity=0)
        people = [UserFactory().pk for _ in range(50)]
        sign_at_once(people, use)
        assert_one_unbroken_chain(people)

    def execute(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    elsewhere(lambda: execute(f'CREATE DATABASE "{name}"'), settings["NAME"])
    try:
        elsewhere(sign_and_check)
    finally:
        elsewhere(lambda: execute(f'DROP DATABASE "{name}" WITH (FORCE)'), settings["NAME"])
