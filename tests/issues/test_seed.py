"""The typed-in front page says what its reader expects of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.issues import seed


def test_the_stories_are_whole(shared: Path) -> None:
    told, stories = seed.read(shared)
    truth = json.loads((shared / "truth" / "004.json").read_text("utf-8"))["articles"]
    assert len(stories) == len(truth) == 8
    for story, expected in zip(stories, truth, strict=True):
        paragraphs = [text for tag, text in story.blocks if tag == "p"]
        assert len(paragraphs) == expected["paragraphs"]
        assert len(re.findall("[一-鿿]", "".join(paragraphs))) == expected["body_chars"]
        assert [text for tag, text in story.blocks if tag == "h2"] == expected["subheads"]
    assert told["lunar"] == "戊戌年五月廿二"
