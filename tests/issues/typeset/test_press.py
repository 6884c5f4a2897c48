"""A drawing is printed as it is: every item at its place, no text obeyed, the same bytes each time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from issues.typeset import preflight, press, workshop
from issues.typeset.images import Cut
from issues.typeset.press import TypesetError
from media import pdfium
from tests.issues.typeset.sheets import (
    FACES,
    NOON,
    characters,
    ghostscript,
    jpeg,
    looked_at,
    pdffonts,
    poppler,
    printed,
    read,
    sheet,
    text,
)

OPENING = "（《〈「『【〔“‘"
WHITE = (255, 255, 255)


def test_text_stands_where_it_was_put() -> None:
    runs = [text("港口开航", 50, 100, 10), text("大标题", 120.5, 200.25, 36, tracking=2)]
    found = characters(printed(sheet(*runs)))
    assert "".join(one[0] for one in found) == "港口开航大标题"
    lefts = [one[1] for one in found]
    assert lefts == pytest.approx([50, 60, 70, 80, 120.5, 158.5, 196.5], abs=0.05)
    assert found[0][3] == pytest.approx(100, abs=0.5)
    assert found[4][3] == pytest.approx(200.25, abs=1.5)


def test_a_run_that_opens_with_a_bracket_starts_in_its_place() -> None:
    """Typst by itself takes the bracket for the start of a line, and trims it."""
    runs = [text(f"{mark}港口", 50, 20 + 20 * line) for line, mark in enumerate(OPENING)]
    found = characters(printed(sheet(*runs)))
    second = [left for character, left, *_rest in found if character == "港"]
    assert second == pytest.approx([60] * len(OPENING), abs=0.05)


def test_a_dash_alone_is_two_ideographs_wide() -> None:
    for face in range(len(FACES)):
        found = characters(printed(sheet(text("——", face=face))))
        assert found[-1][2] - found[0][1] == pytest.approx(20, abs=0.1), FACES[face]


def test_text_comes_out_in_the_order_of_the_items(tmp_path: Path) -> None:
    """Not in the order of places: a column is read to its foot before the next."""
    runs = [text(f"第{n}", 50 + 150 * (n % 2), 250 - 20 * n) for n in range(1, 10)]
    pdf = printed(sheet(*runs))
    wanted = "".join(f"第{n}" for n in range(1, 10))
    assert read(pdf) == wanted
    assert "".join(poppler("pdftotext", pdf, tmp_path, "-raw").split()) == wanted


def test_shapes_and_pictures_stand_where_they_were_put() -> None:
    drawing = sheet(
        ["rect", 20, 20, 100, 50, "accent", None, 0],
        ["rect", 200, 20, 100, 50, None, "k100", 4],
        ["line", 20, 150, 320, 150, 6, "k60"],
        ["image", 100, 200, 120, 80, "港口", [0, 0, 0, 0], "港口的清晨"],
        ["image", 300, 200, 50, 50, "没有", [0, 0, 0, 0], ""],
    )
    image = looked_at(printed(drawing, pictures=lambda key: jpeg() if key == "港口" else None))
    red = image.getpixel((70, 45))
    assert red[0] > 200 > 90 > max(red[1:])
    assert image.getpixel((19, 45)) == image.getpixel((121, 45)) == WHITE
    assert max(image.getpixel((200, 45))) < 80
    assert image.getpixel((250, 45)) == WHITE
    assert 90 < image.getpixel((100, 150))[1] < 180
    assert image.getpixel((160, 240)) == pytest.approx((200, 40, 30), abs=12)
    assert image.getpixel((98, 240)) == image.getpixel((222, 240)) == WHITE
    assert 200 < image.getpixel((325, 225))[0] < 250  # a grey box where there is no picture


def test_a_crop_cuts_off_what_it_says(tmp_path: Path) -> None:
    from PIL import Image

    quarters = Image.new("RGB", (80, 60), (0, 0, 255))
    quarters.paste((255, 0, 0), (0, 0, 40, 30))
    quarters.save(tmp_path / "quarters.png")
    item = ["image", 100, 100, 100, 75, "a", [0, 0, 500, 500], ""]
    image = looked_at(printed(sheet(item), pictures=lambda key: tmp_path / "quarters.png"))
    for place in ((102, 102), (150, 137), (198, 173)):
        assert image.getpixel(place) == (255, 0, 0), place
    assert image.getpixel((203, 137)) == WHITE
    cut = (tmp_path / "quarters.png").read_bytes()
    image = looked_at(printed(sheet(item), pictures=lambda key: Cut(cut)))
    assert image.getpixel((198, 173)) == (0, 0, 255)  # what is cut already is not cut again


def test_the_same_drawing_gives_the_same_bytes() -> None:
    drawing = sheet(
        text("港口"), ["image", 10, 10, 50, 50, "a", [0, 0, 0, 0], ""], bleed=8.5, marks=[["港口", 90]]
    )
    first = printed(drawing, pictures=lambda key: jpeg(), slug="1版 第2次")
    assert first == printed(json.loads(json.dumps(drawing)), pictures=lambda key: jpeg(), slug="1版 第2次")
    assert first != printed(drawing, pictures=lambda key: jpeg(), slug="1版 第3次")
    later = printed(
        drawing, pictures=lambda key: jpeg(), slug="1版 第2次", timestamp=NOON + timedelta(seconds=1)
    )
    assert first != later


INERT = [
    '#import "@preview/cetz:0.3.0"',
    '#read("/etc/passwd")',
    "*粗* _斜_ `码` $x^2$ <标> @引 \\ \\u{41} // 注 /* 注 */",
    "= 标题",
    "]{#panic()}[",
    '"); sys.inputs',
    "{{ 7*7 }} <b>&amp;</b>",
    "%PDF-1.7 endobj (a) <</JS>>",
]


@pytest.mark.parametrize("words", INERT)
def test_text_is_text(words: str, tmp_path: Path) -> None:
    drawing = sheet(
        text(words),
        ["image", 10, 10, 50, 50, words, [0, 0, 0, 0], words],
        ["stamp", 0, 200, 300, 90, words],
        marks=[[words, 10]],
        info={"title": words, "author": words, "keywords": [words]},
    )
    pdf = printed(drawing, pictures=lambda key: jpeg(), slug=words)
    assert read(pdf).startswith("".join(words.split()))
    poppler("pdftotext", pdf, tmp_path)
    with pdfium.opened(pdf) as document:
        assert [mark.get_title() for mark in document.get_toc()] == [words]
        assert document.get_metadata_value("Title") == words


def test_control_characters_do_nothing() -> None:
    pdf = printed(
        sheet(text("换\n行\r\n\u2028段\x00零\u202e反向\t列\u200b宽\ud800代"), marks=[["港\x07口\n", 9]])
    )
    found = characters(pdf)
    assert "".join(one[0] for one in found).startswith("换行段零反向列宽代")
    assert len({round(baseline) for *_rest, baseline in found}) == 1
    with pdfium.opened(pdf) as document:
        assert [mark.get_title() for mark in document.get_toc()] == ["港口"]


def test_bleed_goes_around_the_page(tmp_path: Path) -> None:
    drawing = sheet(text("港口"), ["rect", -8.5, 0, 50, 20, "k100", None, 0], bleed=8.5)
    pdf = printed(drawing)
    boxes = dict(line.split(":", 1) for line in _pdfinfo(pdf, tmp_path).splitlines() if "Box:" in line)
    wanted = {
        "MediaBox": [0, 0, 417, 317],
        "BleedBox": [0, 0, 417, 317],
        "TrimBox": [8.5, 8.5, 408.5, 308.5],
        "CropBox": [8.5, 8.5, 408.5, 308.5],
    }
    for name, box in wanted.items():
        assert [float(edge) for edge in boxes[name].split()] == box
    with pdfium.opened(pdf) as document:
        document[0].set_cropbox(*document[0].get_mediabox())
        whole = looked_at(pdfium.saved(document))
    assert whole.size == (417, 317)
    assert whole.getpixel((2, 15)) != WHITE  # it prints into the bleed
    assert looked_at(pdf).size == (400, 300)  # which readers don't see


def test_a_page_without_bleed_has_its_boxes_too(tmp_path: Path) -> None:
    info = _pdfinfo(printed(sheet(text("港口"))), tmp_path)
    for name in ("MediaBox", "BleedBox", "TrimBox"):
        line = next(line for line in info.splitlines() if line.startswith(name))
        assert [float(edge) for edge in line.split()[1:]] == [0, 0, 400, 300]


def _pdfinfo(pdf: bytes, folder: Path) -> str:
    from tests.issues.typeset.sheets import _run

    return _run("pdfinfo", "needs poppler-utils", pdf, folder, "-box", "page.pdf")


def test_bookmarks_and_information() -> None:
    drawing = sheet(text("港口"), marks=[["港口开航", 60], ["夜班公交", 160]])
    with pdfium.opened(printed(drawing, slug="1版 第2次 3f2a")) as document:
        assert [mark.get_title() for mark in document.get_toc()] == ["港口开航", "夜班公交"]
        tops = [300 - mark.get_dest().get_view()[1][1] for mark in document.get_toc()]
        known = document.get_metadata_dict()
    assert tops == pytest.approx([60, 160], abs=12)  # a little above
    assert (known["Title"], known["Author"]) == ("潮头晚报 1版", "临港区")
    assert known["Keywords"] == "要闻, 1版 第2次 3f2a"
    assert known["CreationDate"].startswith("D:20261124")


def test_without_a_time_no_date_is_written() -> None:
    with pdfium.opened(printed(sheet(text("港口")), timestamp=None)) as document:
        assert document.get_metadata_value("CreationDate") == ""


def test_fonts_are_embedded_and_subset(tmp_path: Path) -> None:
    runs = [text("港口开航 Latin 123", y=20 + 20 * face, face=face) for face in range(len(FACES))]
    pdf = printed(sheet(*runs))
    fonts = pdffonts(pdf, tmp_path)
    assert len(fonts) >= 2
    assert all(font == ["yes", "yes", "yes"] for font in fonts)
    assert len(pdf) < 200_000
    assert poppler("pdftotext", pdf, tmp_path, "-raw").count("港口开航 Latin 123") == len(FACES)


def everything() -> list[list[Any]]:
    return [
        ["rect", 10, 10, 100, 30, "accent", "k60", 1],
        text("红字", 20, 30, 16, colour="accent"),
        text("白字", 60, 30, 16, colour="paper"),
        text("黑字", 200, 30, 16, face=len(FACES) - 1),
        ["rect", 10, 60, 100, 30, "k10", None, 0],
        ["stamp", 10, 100, 300, 100, "未签发"],
    ]


def test_text_is_black_ink_alone() -> None:
    ghostscript()
    runs = [text("黑字", y=20 + 20 * face, face=face) for face in range(len(FACES))]
    inks = preflight.ink_coverage(printed(sheet(*runs, ["line", 0, 200, 300, 200, 1, "k60"])))
    assert inks is not None
    assert inks[:3] == (0, 0, 0) < inks[3:]


def test_a_black_page_has_no_colour_at_all() -> None:
    ghostscript()
    inks = preflight.ink_coverage(printed(sheet(*everything(), colour=False)))
    assert inks is not None
    assert inks[:3] == (0, 0, 0) < inks[3:]
    in_colour = preflight.ink_coverage(printed(sheet(*everything())))
    assert in_colour is not None
    assert in_colour[0] == 0 < in_colour[1]  # the accent has no cyan


def test_a_stamp_hides_nothing() -> None:
    runs = [text("港口今日开航两岸居民盼了三年", 20, 20 + 12 * line) for line in range(20)]
    plain, stamped = printed(sheet(*runs)), printed(sheet(["stamp", 0, 0, 300, 280, "未签发"], *runs))
    assert read(stamped) == read(plain) + "未签发"
    before, after = looked_at(plain, 2), looked_at(stamped, 2)
    assert before != after
    dark = [place for place in _places(before) if max(before.getpixel(place)) < 60]
    still = [place for place in dark if after.getpixel(place)[1] < 190]
    assert len(still) > 0.95 * len(dark) > 0


def _places(image: Any) -> list[tuple[int, int]]:
    return [(x, y) for x in range(0, image.width, 3) for y in range(0, image.height, 2)]


@pytest.mark.parametrize("box", [[0, 0, 60, 280], [0, 0, 380, 20], [100, 100, 12, 8], [0, 0, 380, 280]])
def test_a_stamp_stays_in_its_box(box: list[float]) -> None:
    image = looked_at(printed(sheet(["stamp", *box, "未签发"])), 2)
    from PIL import ImageChops

    found = ImageChops.invert(image.convert("L")).getbbox()
    assert found is not None
    x, y, w, h = (2 * edge for edge in box)
    assert x - 3 <= found[0]
    assert y - 3 <= found[1]
    assert found[2] <= x + w + 3
    assert found[3] <= y + h + 3


def test_a_stamp_says_so_once_after_the_text() -> None:
    pdf = printed(sheet(["stamp", 0, 0, 50, 50, "未签发"], text("港口")))
    assert read(pdf) == "港口未签发"


def test_a_quick_page_looks_the_same() -> None:
    drawing = sheet(*everything(), bleed=8.5)
    quick, whole = (press.preview(printed(drawing, quick=quick), 800) for quick in (True, False))
    assert quick == whole


def test_threads_do_not_disturb_each_other() -> None:
    drawings = [sheet(text(f"第{n}张"), ["image", 9, 9, 50, 50, "a", [0, 0, 0, 0], ""]) for n in range(6)]
    one_by_one = [printed(drawing, pictures=lambda key: jpeg()) for drawing in drawings]
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda one: printed(one, pictures=lambda key: jpeg()), drawings * 3))
    assert at_once == one_by_one * 3


def test_nothing_is_left_behind() -> None:
    printed(sheet(["image", 9, 9, 50, 50, "a", [0, 0, 0, 0], ""]), pictures=lambda key: jpeg())
    with pytest.raises(TypesetError):
        printed(sheet(["image", 9, 9, 50, 50, "a", [0, 0, 0, 0], ""]), pictures=lambda key: b"no picture")
    assert not list(workshop.room().glob("page-*"))


@pytest.mark.parametrize(
    "item",
    [
        text("港口", face=99),
        ["text", 1],
        text("港口", x=float("nan")),
        text("港口", colour="pink"),
        ["rect", "a"],
    ],
)
def test_a_drawing_that_is_none_is_refused(item: list[Any]) -> None:
    with pytest.raises(TypesetError, match="没有排出来"):
        printed(sheet(item))


def test_a_font_that_is_gone_is_named(tmp_path: Path) -> None:
    gone = FACES[0]._replace(path=tmp_path / "报宋.otf")
    with pytest.raises(TypesetError, match=r"报宋\.otf"):
        press.pdf(sheet(text("港口")), [gone], lambda key: None, timestamp=NOON)
    (tmp_path / "报宋.otf").write_bytes(b"no font")
    with pytest.raises(TypesetError, match="读不出来"):
        press.pdf(sheet(text("港口")), [gone], lambda key: None, timestamp=NOON)


def test_two_fonts_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """A newer version of a default font, uploaded for one role."""
    import pylopdf_fonts_zh_cn as default

    name = {"index": 0, "family": "Noto Sans SC", "weight": 400}
    stored = FACES[0]._replace(path=Path(default.sans_path()), **name)
    shutil.copy(stored.path, tmp_path / "a.font")
    newer = FACES[0]._replace(path=tmp_path / "a.font", **name)
    pdf = press.pdf(
        sheet(text("港口", face=0), text("开航", face=1)), [stored, newer], lambda key: None, timestamp=NOON
    )
    assert len(pdffonts(pdf, tmp_path)) == 2


def test_folders_of_processes_that_died_are_cleared_away(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    script = (
        "import os; from django.conf import settings; from pathlib import Path;"
        f"settings.configure(VAR=Path({str(tmp_path)!r}));"
        "from issues.typeset import workshop; workshop.room(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", script], check=False, timeout=60)
    house = tmp_path / "cache-press"
    [left] = [path for path in house.iterdir() if path.is_dir()]
    one = workshop._moved_in(house)
    assert not left.exists()
    assert workshop._moved_in(house) != one
    assert one.is_dir()  # whose process lives


def test_a_forked_process_says_why_it_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst's threads do not come along: without this it would wait for them for ever."""
    workshop.room()
    monkeypatch.setattr(workshop, "_room_pid", -1)
    with pytest.raises(TypesetError, match="重新启动"):
        printed(sheet(text("港口")))
