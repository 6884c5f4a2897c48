"""Children with limits: what reaches them, what they may do, what is said where they come to no end."""

from __future__ import annotations

import io
import tempfile

import pytest

from media import child

TOLD = "tests.media.told_child"


def test_a_child_reads_the_file_from_its_beginning_and_leaves_its_place() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"harbour")
        file.seek(3)
        assert child.answer(TOLD, {"do": "read"}, 10, file)["read"] == "harbour"
        assert file.read() == b"bour"


def test_a_file_in_memory_is_laid_down_for_it() -> None:
    with child.real(io.BytesIO(b"harbour")) as file:
        assert child.answer(TOLD, {"do": "read"}, 10, file)["read"] == "harbour"


def test_nothing_of_ours_is_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    assert "SECRET_KEY" not in child.answer(TOLD, {"do": "environment"}, 10)["environment"]


def test_its_limits_are_hard() -> None:
    limits = child.answer(TOLD, {"do": "limits"}, 10)["limits"]
    nothing = [0, 0]
    assert limits["RLIMIT_CORE"] == limits["RLIMIT_FSIZE"] == limits["RLIMIT_NPROC"] == nothing
    assert limits["RLIMIT_CPU"] == [5, 6]
    assert limits["RLIMIT_AS"][0] == 512 * child.MEGABYTE


@pytest.mark.parametrize("do", ["fall", "chatter", "list", "swell"])
def test_one_that_comes_to_no_answer_is_a_refusal(do: str) -> None:
    assert child.answer(TOLD, {"do": do}, 10) == {"refused": "heavy"}


def test_one_that_takes_too_long_is_ended() -> None:
    assert child.run(TOLD, {"do": "sleep"}, 0.5) == (None, b"")
    assert child.answer(TOLD, {"do": "sleep"}, 0.5) == {"refused": "heavy"}
