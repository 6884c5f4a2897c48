"""PDFs of pages made elsewhere: what is taken, and what is refused with one sentence for who sent it."""

from __future__ import annotations

import json
import os
import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from media import child
from media.child import MEGABYTE

MAX_BYTES = 100 * MEGABYTE
MAX_PAGES = 64
MIN_SIDE, MAX_SIDE = 80, 1200  # millimetres; a double page of a broadsheet has 786
MAX_OUTPUT = 300 * MEGABYTE  # of all single pages: each takes along the fonts and pictures it shares
CPU_SECONDS = 25
WALL_SECONDS = 40
# A process tries one at a time: what one may take, many at once would take many times over.
_AT_ONCE = threading.BoundedSemaphore(1)
PATIENCE = 20  # seconds an upload waits for its turn

Piece = tuple[str, int, int, int, int]


class Refused(ValueError):
    """A file that is not taken. Its text is one sentence for the person who sent it."""


@dataclass(frozen=True)
class OutsidePage:
    """A page of a PDF, and that page's own PDF: cut to its trim box, without anything active.

    Size in micrometres as shown. `text`: (characters, x, y, width, height) of pieces of lines in reading
    order, in thousandths of the page from its top left.
    """

    number: int
    width_um: int
    height_um: int
    text: list[Piece]
    pdf: bytes


def read_pdf(file: IO[bytes], name: str = "") -> list[OutsidePage]:
    """The pages of the PDF in `file`; `name` is what its sender calls it. Raises Refused."""
    with child.real(file) as real:
        size = os.fstat(real.fileno()).st_size
        _refuse_size(size, name)
        if b"%PDF-" not in os.pread(real.fileno(), 1024, 0):
            raise Refused(_("%(name)s 不是 PDF，请从排版软件导出 PDF 后再上传。") % {"name": _called(name)})
        if b"%%EOF" not in os.pread(real.fileno(), 2048, max(0, size - 2048)):
            raise Refused(_sentence({"refused": "broken"}, name))  # an upload cut short shows half a page
        if not _AT_ONCE.acquire(timeout=PATIENCE):
            raise Refused(_("正在读别的 PDF，请过一会儿再上传。"))
        try:
            code, output = _probe(real)
        finally:
            _AT_ONCE.release()
    pages, answer = _parsed(output)
    if answer == {"done": True}:
        return pages
    raise Refused(_sentence(answer or _cause(code), name))


def _refuse_size(size: int, name: str) -> None:
    if size == 0:
        raise Refused(_("%(name)s 是空的，请重新导出。") % {"name": _called(name)})
    if size > MAX_BYTES:
        raise Refused(
            _("%(name)s 有 %(size)d MB，超过上限 %(limit)d MB，请把版面分开或降低图片精度后再上传。")
            % {"name": _called(name), "size": -(-size // MEGABYTE), "limit": MAX_BYTES // MEGABYTE}
        )


def _probe(file: IO[bytes]) -> child.Done:
    ask = {
        "max_pages": MAX_PAGES,
        "max_output": MAX_OUTPUT,
        "min_side": MIN_SIDE,
        "max_side": MAX_SIDE,
        "cpu_seconds": CPU_SECONDS,
    }
    return child.run("issues.outside.probe", ask, WALL_SECONDS, file)


def _parsed(output: bytes) -> tuple[list[OutsidePage], dict[str, Any] | None]:
    """The pages printed, and the last word; None where the child ended without one."""
    pages: list[OutsidePage] = []
    place = 0
    while (end := output.find(b"\n", place)) >= 0:
        said = json.loads(output[place:end])
        if "number" not in said:
            return pages, said
        place = end + 1 + said["pdf"]
        pdf = output[end + 1 : place]
        text = [(str(chars), x, y, w, h) for chars, x, y, w, h in said["text"]]
        pages.append(OutsidePage(said["number"], said["width"], said["height"], text, pdf))
    return pages, None


def _cause(code: int | None) -> dict[str, Any]:
    """Why a child said nothing: it was stopped for its time, or it fell."""
    slow = code is None or code in (-signal.SIGXCPU, -signal.SIGKILL)
    return {"refused": "slow" if slow else "broken"}


def _sentence(answer: dict[str, Any], name: str) -> str:
    about = {"name": _called(name), **answer}
    match answer.get("refused"):
        case "encrypted":
            return _("%(name)s 加了密，请去掉密码和权限限制后再上传。") % about
        case "pages":
            limit = {"limit": MAX_PAGES}
            return _("%(name)s 有 %(pages)d 页，超过上限 %(limit)d 页，请只导出这一期的版面。") % (
                about | limit
            )
        case "size":
            return (
                _("%(name)s 第 %(page)d 页的尺寸是 %(width)d×%(height)d 毫米，不像报纸版面，请检查页面设置。")
                % about
            )
        case "slow":
            return _("%(name)s 读了太久还没有读完，请从排版软件重新导出，降低图片精度或合并图层。") % about
        case "heavy":
            return _("%(name)s 展开后太大，请把版面分开或降低图片精度后再上传。") % about
    return _("%(name)s 已损坏或不完整，无法读取，请重新导出后再上传。") % about


def _called(name: str) -> str:
    """The name of the file in a sentence, without its folders."""
    short = Path(name.replace("\\", "/")).name
    return _("《%s》") % short if short else _("这个文件")
