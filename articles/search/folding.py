"""One spelling for what readers hold to be the same: traditional and simplified, full width and half."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

#: Characters written without spaces between words: radicals, ideographs, kana.
HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)

_BETWEEN = re.compile(r"[\W_]+")
_BY_HAN = re.compile(f"(?<=[{HAN}]) | (?=[{HAN}])")
_RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")


def _simplified() -> dict[int, str]:
    lines = (Path(__file__).parent / "data" / "simplified.txt").read_text("utf-8").split()
    return {ord(traditional): line[0] for line in lines for traditional in line[1:]}


class _Folds(dict[int, str]):
    """What becomes of a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        kept = "".join(
            self.simplified.get(ord(part), part)
            for part in unicodedata.normalize("NFKD", chr(code)).casefold()
            if unicodedata.category(part) not in ("Mn", "Cf")
        )
        self[code] = kept
        return kept

    def __init__(self) -> None:
        self.simplified = _simplified()


class _Aligned(dict[int, str]):
    """The same, but always one character for one, so that places stay where they are."""

    def __missing__(self, code: int) -> str:
        kept = (_FOLDS[code] or chr(code))[0]
        self[code] = kept
        return kept


_FOLDS = _Folds()
_ALIGNED = _Aligned()


def fold(text: str) -> str:
    """Text as it is compared: words and runs of ideographs, a space between words, a line break for
    anything that parts sentences (marks, breaks). Spaces among ideographs, as in 李　芳, are none."""
    parted = _BETWEEN.sub(lambda m: " " if _blank(m[0]) else "\n", text.translate(_FOLDS))
    return _BY_HAN.sub("", parted.strip())


def align(text: str) -> str:
    """Text of the same length in folded characters: what is found in it is there in the original too."""
    return text.translate(_ALIGNED)


def runs(folded: str) -> list[str]:
    """The words and the runs of ideographs of a folded text, in order."""
    return _RUN.findall(folded)


def is_han(run: str) -> bool:
    return _HAN_ONLY.fullmatch(run) is not None


def _blank(between: str) -> bool:
    return between.isspace() and "\n" not in between


_HAN_ONLY = re.compile(f"[{HAN}]+")
