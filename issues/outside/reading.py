"""PDFs of pages made elsewhere: what is taken, and what is refused with one sentence for who sent it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from articles.intake.pdf import child as pdfchild
from media import child
from media.child import MEGABYTE

MAX_BYTES = 100 * MEGABYTE
MAX_PAGES = 64
CPU_SECONDS = pdfchild.CPU_SECONDS
WALL_SECONDS: float = pdfchild.WALL_SECONDS

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
    limits = pdfchild.Limits(pages=MAX_PAGES, cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS)
    with child.real(file) as real:
        _refuse_size(os.fstat(real.fileno()).st_size, name)
        try:
            pages = pdfchild.read(real, "pieces", limits)
        except pdfchild.Unread as unread:
            raise Refused(_sentence(unread.answer, name)) from unread
    return [_page(page) for page in pages]


def _page(page: pdfchild.RawPage) -> OutsidePage:
    about = page.about
    text = [(str(chars), x, y, w, h) for chars, x, y, w, h in about["text"]]
    return OutsidePage(about["number"], about["width"], about["height"], text, page.pdf)


def _refuse_size(size: int, name: str) -> None:
    if size == 0:
        raise Refused(_("%(name)s 是空的，请重新导出。") % {"name": _called(name)})
    if size > MAX_BYTES:
        raise Refused(
            _("%(name)s 有 %(size)d MB，超过上限 %(limit)d MB，请把版面分开或降低图片精度后再上传。")
            % {"name": _called(name), "size": -(-size // MEGABYTE), "limit": MAX_BYTES // MEGABYTE}
        )


def _sentence(answer: dict[str, Any], name: str) -> str:
    about = {"name": _called(name), **answer}
    match answer.get("refused"):
        case "no_pdf":
            return _("%(name)s 不是 PDF，请从排版软件导出 PDF 后再上传。") % about
        case "busy":
            return _("正在读别的 PDF，请过一会儿再上传。")
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
