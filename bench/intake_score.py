"""Pages read, against readings made by hand: the given ones beside the repository, and the tests' samples.

A line a figure over all pages, then the lines of each page that are not perfect. Ends with an error when a
figure over the given pages is under the aim.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.articles.intake.scoring import Score

TITLES = ("true", "false", "missed", "precision", "recall", "F1")


def table(score: Score, only_flawed: bool = False) -> None:
    for figure, count in score.items():
        if count.hits + count.false + count.missed and not (only_flawed and count.f1 == 1):
            numbers = "".join(f"{number:8}" for number in (count.hits, count.false, count.missed))
            shares = "".join(f"{share:11.3f}" for share in (count.precision, count.recall, count.f1))
            print(f"  {figure:26}{numbers}{shares}")


def report(title: str, scores: dict[str, Score]) -> Score:
    """Prints a set of pages; gives the sum."""
    from tests.articles.intake.scoring import total

    print(f"{title}: {len(scores)} pages")
    print(" " * 28 + "".join(f"{name:>{8 if at < 3 else 11}}" for at, name in enumerate(TITLES)))
    summed = total(scores.values())
    table(summed)
    for name, score in scores.items():
        flawed = [count.f1 for count in score.values() if count.f1 < 1]
        print(f"  {name}: " + (f"{len(flawed)} figures are not perfect" if flawed else "perfect"))
        table(score, only_flawed=True)
    return summed


def main() -> None:
    from tests.articles.intake.samples import folder_of_samples, given, read, samples
    from tests.articles.intake.scoring import AIM, score

    own = Path(sys.argv[1]) if sys.argv[1:] else folder_of_samples
    report("intake score, samples", {name: score(truth, read(text)) for name, text, truth in samples(own)})
    pages = given()
    if not pages:
        print("intake score, given pages: not measured, for ../shared/seeds and ../shared/truth are absent")
        return
    summed = report(
        "intake score, given pages", {name: score(truth, read(text)) for name, text, truth in pages}
    )
    if short := [figure for figure, count in summed.items() if count.f1 < AIM]:
        sys.exit(f"intake score: under {AIM} on the given pages: {', '.join(short)}")


if __name__ == "__main__":
    var = tempfile.mkdtemp(prefix="newsroom-bench-")
    try:
        os.environ |= {"NEWSROOM_VAR": var, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        import django

        django.setup()  # warnings are translated
        main()
    finally:
        shutil.rmtree(var, ignore_errors=True)
