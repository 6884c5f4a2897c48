"""Text pages read a second on one core, and how reading grows with a page's length.

A page is decoded, read, doubted and told as `import_page --json` tells it; nothing is stored. Beside the rate
stands the ratio to the least that can be done with the same bytes: decode them and split them into lines.
Growth: what is 16 times as long may take 16 times as long and a little more, not 256 times.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial

TURNS = 7
AIM = 200  # pages a second
TIMES, MOST = 16, 2.0  # longer by so much, and how much dearer each line may become
LINE = 2_000_000  # bytes
PARTICLES = "的了和在个这那也都就到过得着"


def seconds(work: Callable[[], object]) -> float:
    """This process's own time: the machine may have other work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def another(page: bytes, number: int) -> bytes:
    """The page with other words in nearly every line, as another day's would have: what is kept of lines read
    before helps with names and fields alone, which do come again."""
    rare = range(0x4E20 + len(PARTICLES) * number, 0x4E20 + len(PARTICLES) * (number + 1))
    return page.decode().translate(dict(zip(map(ord, PARTICLES), rare, strict=True))).encode()


def median(measured: Callable[[], float]) -> float:
    return statistics.median(measured() for _turn in range(TURNS))


def split(page: bytes) -> list[str]:
    return page.decode().splitlines()


def measure() -> None:
    from articles.intake.reading import read_text
    from articles.intake.shape import as_json
    from tests.articles.intake.samples import samples

    def told(page: bytes) -> str:
        return json.dumps(as_json(read_text(page.decode())), ensure_ascii=False)

    pages = [text.encode() for _name, text, _truth in samples()]
    days = ([another(page, number) for page in pages] for number in itertools.count())
    taken = median(lambda: seconds(partial(list, map(told, next(days)))))
    least = median(lambda: seconds(partial(list, map(split, pages * 100)))) / 100
    rate = len(pages) / taken
    size = sum(map(len, pages)) / len(pages) / 1000
    print(f"intake: {len(pages)} text pages of {size:.1f} kB, median of {TURNS} turns, own time of one core")
    print(f"  {rate:.0f} pages a second, without the database (aim: {AIM})")
    print(f"  reading / decoding and splitting into lines: {taken / least:.0f}")

    long = [b"\n\n".join(next(days)[0] for _copy in range(TIMES)) for _turn in range(TURNS)]
    short = [[next(days)[0] for _copy in range(TIMES)] for _turn in range(TURNS)]
    growth = median(
        lambda: seconds(lambda: told(long.pop())) / seconds(partial(list, map(told, short.pop())))
    )
    print(
        f"  a line on a page {TIMES} times as long costs {growth:.2f} times as much (aim: under {MOST:.0f})"
    )

    sentence = "近日,水渠通水,村民周大年说。".encode()
    few, many = (sentence * (size // len(sentence)) for size in (LINE // TIMES, LINE))
    dearer = median(lambda: seconds(lambda: told(many)) / seconds(lambda: told(few)) / TIMES)
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
