"""Latin letters by which a Chinese name is found while typing."""

from __future__ import annotations

from pypinyin import Style, pinyin

MAX_LENGTH = 500


def search_key(name: str) -> str:
    """Initials and whole syllables, lower case, with every reading of the surname.

    `解小满` gives `jxm jiexiaoman xxm xiexiaoman`: a surname often has a reading of its own, so all are kept.
    """
    name = name.strip()
    if not name:
        return ""
    surname_readings = pinyin(name[0], style=Style.NORMAL, heteronym=True)[0]
    given = [syllables[0] for syllables in pinyin(name[1:], style=Style.NORMAL)]
    keys: list[str] = []
    for reading in surname_readings:
        syllables = [reading, *given]
        keys += ["".join(s[:1] for s in syllables), "".join(syllables)]
    return " ".join(dict.fromkeys(keys)).lower().replace("\x00", "")[:MAX_LENGTH]
