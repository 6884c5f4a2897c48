"""Text pages read a second on one core, and how reading grows with a page's length.

A page is decoded, read, doubted and told as `import_page --json` tells it; nothing is stored. Beside the rate
stands the ratio to the least that can be done with the same bytes: decode them and split them into lines.
Growth: what is 16 times as long may take 16 times as long and a little more, not 256 times.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

TURNS = 7
AIM = 200  # pages a second
TIMES, MOST = 16, 2.0  # longer by so much, and how much dearer each line may become
LINE = 2_000_000  # bytes


def seconds(work: Callable[[], object]) -> float:
    """The median of some runs, of this process's own time: the machine may have other work."""
    taken = []
    for _turn in range(TURNS):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def split(page: bytes) -> list[str]:
    return page.decode().splitlines()


def measure() -> None:
    from articles.intake.reading import read_text
    from articles.intake.shape import as_json
    from tests.articles.intake.samples import samples

    def told(page: bytes) -> str:
        return json.dumps(as_json(read_text(page.decode())), ensure_ascii=False)

    pages = [text.encode() for _name, text, _truth in samples()]
    taken = seconds(lambda: [told(page) for page in pages])
    least = seconds(lambda: [split(page) for page in pages for _again in range(100)]) / 100
    rate = len(pages) / taken
    size = sum(map(len, pages)) / len(pages) / 1000
    print(f"intake: {len(pages)} text pages of {size:.1f} kB, median of {TURNS} turns, own time of one core")
    print(f"  {rate:.0f} pages a second, without the database (aim: {AIM})")
    print(f"  reading / decoding and splitting into lines: {taken / least:.0f}")

    page = max(pages, key=len)
    growth = seconds(lambda: told(b"\n\n".join([page] * TIMES))) / seconds(lambda: told(page)) / TIMES
    print(
        f"  a line on a page {TIMES} times as long costs {growth:.2f} times as much (aim: under {MOST:.0f})"
    )

    sentence = "近日,水渠通水,村民周大年说。".encode()
    short, long = (sentence * (size // len(sentence)) for size in (LINE // TIMES, LINE))
    dearer = seconds(lambda: told(long)) / seconds(lambda: told(short)) / TIMES
    print(f"  a character in a line of 2 MB costs {dearer:.2f} times one in {LINE // TIMES // 1000} kB")
    if rate < AIM or growth > MOST or dearer > MOST:
        sys.exit("intake: short of its aim")


def main() -> None:
    var = tempfile.mkdtemp(prefix="newsroom-bench-")
    try:
        os.environ |= {"NEWSROOM_VAR": var, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        import django

        django.setup()
        measure()
    finally:
        shutil.rmtree(var, ignore_errors=True)


if __name__ == "__main__":
    main()
