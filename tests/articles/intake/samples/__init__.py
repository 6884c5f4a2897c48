"""Pages of papers that do not exist, as text out of a PDF or a web page, and a reading of each made by hand.

NN.json has the shape of ../shared/truth; what scoring.py says of {"any": […]} holds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

folder_of_samples = Path(__file__).resolve().parent
SHARED = Path(__file__).resolve().parents[5] / "shared"
#: Its file's name, the page's text, the expected reading.
Sample = tuple[str, str, dict[str, Any]]


def samples(folder: Path = folder_of_samples) -> list[Sample]:
    return [_sample(path, folder) for path in sorted(folder.glob("*.json"))]


def given(shared: Path = SHARED) -> list[Sample]:
    """The real pages beside the repository; none where it is absent."""
    return [_sample(path, shared / "seeds") for path in sorted((shared / "truth").glob("*.json"))]


def _sample(path: Path, texts: Path) -> Sample:
    truth = json.loads(path.read_text("utf-8"))
    return path.stem, (texts / truth["seed"]).read_text("utf-8"), truth


def read(text: str) -> dict[str, Any]:
    """The page as `import_page --json` tells it."""
    from articles.intake.reading import read_text
    from articles.intake.shape import as_json

    return as_json(read_text(text))
