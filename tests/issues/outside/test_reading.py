"""PDFs from outside: their pages, sizes and text; or one sentence, whatever was sent."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from issues.outside import reading
from issues.outside.reading import OutsidePage, Refused, read_pdf
from media import child, pdfium
from tests.issues.outside.pages import HEIGHT, WIDTH, Layout, blank, bound, one_page, story, stream
from tests.issues.typeset.sheets import ghostscript, jpeg, looked_at, poppler, printed, read, sheet, text


def pages(data: bytes) -> list[OutsidePage]:
    return read_pdf(io.BytesIO(data), "7月5日.pdf")


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        pages(data)
    return str(refused.value)


def page(*items: list[object], **more: object) -> bytes:
    return printed(sheet(*items, width=WIDTH, height=HEIGHT, **more))


def test_a_page_with_its_size_and_text(tmp_path: Path) -> None:
    data = page(text("港口今日开航", 77.3858, 111.4016 + 8.8, 10), text("右栏的字", 500, 600))
    [found] = pages(data)
    assert (found.number, found.width_um, found.height_um) == (1, 273_000, 393_000)
    assert [piece[0] for piece in found.text] == ["港口今日开航", "右栏的字"]
    _characters, x, y, width, height = found.text[0]
    assert (x, width) == pytest.approx((100, 78), abs=1)
    assert y == pytest.approx(100, abs=4)
    assert 8 <= height <= 16
    assert read(found.pdf) == read(data)
    assert "港口今日开航" in poppler("pdftotext", found.pdf, tmp_path, "-raw")


def test_every_page_becomes_a_pdf_of_its_own() -> None:
    data = bound(*(page(text(f"第{n}版")) for n in range(1, 4)))
    found = pages(data)
    assert [one.number for one in found] == [1, 2, 3]
    assert [read(one.pdf) for one in found] == ["第1版", "第2版", "第3版"]
    assert pages(data) == found  # byte for byte


def test_what_is_cut_off_is_gone() -> None:
    """A page for the printer has bleed and marks around it; readers see it after the cut."""
    data = page(text("港口", 0, 20), ["rect", -20, -20, 40, 30, "k100", None, 0], bleed=20)
    [found] = pages(data)
    assert (found.width_um, found.height_um) == (273_000, 393_000)
    assert found.text[0][1] == 0
    image = looked_at(found.pdf)
    assert image.size == (774, 1115)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(turn: int) -> None:
    data = page(text("港口今日", 0.1 * WIDTH, 0.2 * HEIGHT, 20))
    with pdfium.opened(data) as document:
        document[0].set_rotation(turn)
        data = pdfium.saved(document)
    [found] = pages(data)
    upright = (273_000, 393_000)
    assert (found.width_um, found.height_um) == (upright if turn == 180 else upright[::-1])
    places = {90: (800, 100), 180: (800, 800), 270: (200, 800)}
    x, y = places[turn]
    left, top = found.text[0][1:3]
    assert abs(left - x) < 110
    assert abs(top - y) < 110


def test_vertical_lines_are_pieces_too() -> None:
    down = [text(character, 700, 100 + 24 * place, 20) for place, character in enumerate("竖排标题在这里")]
    [found] = pages(page(*down))
    assert [piece[0] for piece in found.text] == ["竖排标题在这里"]


def test_columns_are_not_taken_for_one_line() -> None:
    layout = Layout()
    layout.place("a", story(1), 50, 50, 600, 300, 4)
    [found] = pages(layout.pdf())
    assert max(len(piece[0]) for piece in found.text) < 20


def test_files_of_every_kind_are_read_where_they_are() -> None:
    data = page(text("港口"))
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(5)
        assert len(read_pdf(file)) == 1
        assert file.tell() == 5
    assert len(read_pdf(SimpleUploadedFile("a.pdf", data), "a.pdf")) == 1


def test_what_is_no_pdf() -> None:
    wanted = "《7月5日.pdf》 不是 PDF，请从排版软件导出 PDF 后再上传。"
    assert refusal(jpeg()) == refusal(b"PK\x03\x04 docx") == wanted
    assert refusal(b"") == "《7月5日.pdf》 是空的，请重新导出。"
    with pytest.raises(Refused, match=r"^这个文件 不是 PDF"):
        read_pdf(io.BytesIO(b"text"))


def test_a_name_is_said_without_its_folders() -> None:
    for name in ("C:\\版面\\一版.pdf", "../../etc/一版.pdf"):
        with pytest.raises(Refused, match=r"^《一版\.pdf》"):
            read_pdf(io.BytesIO(b"text"), name)


def test_an_upload_cut_short() -> None:
    """PDFium would mend it, and show half a page as if that were all."""
    data = page(*(text("港口今日开航", 50, 50 + 12 * line) for line in range(50)))
    for share in (0.3, 0.6, 0.95):
        assert refusal(data[: int(len(data) * share)]).endswith(
            "已损坏或不完整，无法读取，请重新导出后再上传。"
        )
    assert refusal(b"%PDF-1.7\nnonsense\n%%EOF\n").endswith("已损坏或不完整，无法读取，请重新导出后再上传。")


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_one(password: str, tmp_path: Path) -> None:
    ghostscript()
    (tmp_path / "in.pdf").write_bytes(page(text("港口")))
    locks = ["-sOwnerPassword=owner", f"-sUserPassword={password}", "-dEncryptionR=3", "-dKeyLength=128"]
    subprocess.run(
        ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", *locks, "-o", "out.pdf", "in.pdf"],
        cwd=tmp_path,
        check=True,
    )
    wanted = "《7月5日.pdf》 加了密，请去掉密码和权限限制后再上传。"
    assert refusal((tmp_path / "out.pdf").read_bytes()) == wanted


def test_too_many_pages() -> None:
    assert len(pages(blank(pages=64))) == 64
    assert "有 500 页，超过上限 64 页" in refusal(blank(pages=500))


def test_too_large_a_file() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"%PDF-1.7\n")
        os.truncate(file.fileno(), reading.MAX_BYTES + 1)
        with pytest.raises(Refused, match="有 101 MB，超过上限 100 MB"):
            read_pdf(file)


@pytest.mark.parametrize(
    ("size", "said"), [((100, 100), "35×35"), ((14400, 14400), "5080×5080"), ((300, 2000), "106×706")]
)
def test_a_page_of_no_newspapers_size(size: tuple[float, float], said: str) -> None:
    assert f"第 2 页的尺寸是 {said} 毫米" in refusal(bound(blank(), blank(*size)))


def nested(depth: int = 12, wide: int = 12) -> bytes:
    """A drawing that draws a drawing, twelve times each, twelve deep."""
    forms = [
        stream(
            b"/X Do " * wide,
            b"/Type/XObject/Subtype/Form/BBox[0 0 774 1114]/Resources<</XObject<</X %d 0 R>>>>"
            % (number + 1),
        )
        for number in range(5, 5 + depth)
    ]
    last = stream(b"0 0 1 1 re f " * 50, b"/Type/XObject/Subtype/Form/BBox[0 0 774 1114]")
    return one_page(b"/X Do", b"/Resources<</XObject<</X 5 0 R>>>>", *forms, last)


def test_one_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CPU_SECONDS", 1)
    began = time.monotonic()
    said = refusal(nested())
    assert time.monotonic() - began < 10
    assert "读了太久" in said


def test_one_that_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.5)
    assert "读了太久" in refusal(nested())


def test_one_that_swells_takes_no_memory_of_ours() -> None:
    """Four thousand million pixels, and a stream of nothing but noughts a thousand times its size."""
    import zlib

    packed = zlib.compress(bytes(80_000_000), 9)
    image = (
        b"/Type/XObject/Subtype/Image/Width 65000/Height 65000/ColorSpace/DeviceRGB"
        b"/BitsPerComponent 8/Filter/FlateDecode"
    )
    content = b"q 774 0 0 1114 0 0 cm /X Do Q"
    data = one_page(content, b"/Resources<</XObject<</X 5 0 R>>>>", stream(packed, image))
    began = time.monotonic()
    with contextlib.suppress(Refused):
        pages(data)
    assert time.monotonic() - began < 20


ACTIVE = b"/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>/Annots[5 0 R]"
LINK = b"<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A<</S/Launch/F(cmd.exe)>>>>"


@pytest.mark.parametrize(("turn", "seen"), [(0, (200, 900)), (90, (200, 200))])
def test_a_page_only_shows_itself(turn: int, seen: tuple[int, int], tmp_path: Path) -> None:
    """What acts when it is opened or touched stays out of readers' hands."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    content = b"0 0 0 1 k 100 100 300 300 re f BT /F 40 Tf 100 700 Td (Harbour) Tj ET"
    about = b"/Rotate %d/Resources<</Font<</F 6 0 R>>>>" % turn + ACTIVE
    data = one_page(content, about, LINK, font)
    [found] = pages(data)
    for word in (b"JavaScript", b"/JS", b"/AA", b"Launch", b"cmd.exe", b"/Annots"):
        assert word in data
        assert word not in found.pdf
    assert looked_at(found.pdf) == looked_at(data)
    assert looked_at(found.pdf).getpixel(seen) != (255, 255, 255)
    assert read(found.pdf) == "Harbour" == found.text[0][0]
    assert poppler("pdftotext", found.pdf, tmp_path).split() == ["Harbour"]


def test_nothing_of_the_programs_surroundings_reaches_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    assert "SECRET_KEY" not in child.environment()


def test_whatever_broken_files_there_are(shared: Path) -> None:
    """Each is read, or refused in a sentence."""
    folder = shared / "corpora" / "pdf-broken"
    files = sorted(folder.glob("*.pdf"))
    assert files
    refused = {}
    for path in files:
        with path.open("rb") as file:
            try:
                for one in read_pdf(file, path.name):
                    assert one.width_um > 80_000
                    assert one.pdf.startswith(b"%PDF")
            except Refused as error:
                refused[path.name] = str(error)
    assert all(said.startswith(f"《{name}》") and said.endswith("。") for name, said in refused.items())
    encrypted = {name for name, said in refused.items() if "加了密" in said}
    assert encrypted == {"pdfjs-encrypted-attachment.pdf", "qpdf-bad-encryption-length.pdf"}
