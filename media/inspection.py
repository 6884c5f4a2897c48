"""Deciding about an upload from its bytes: what it is, how large, and whether it decodes to the end.

A refusal is one sentence that tells the person at the form what to do.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from media import child, pixels
from media.child import MEGABYTE
from media.metadata import Found

# A narrower strip cannot be shown: the smallest rendition of it would be longer than a file can be.
MAX_RATIO = 40
CPU_SECONDS = 12
WALL_SECONDS = 25  # below the patience of the server in front
# A web process tries one upload at a time: what a decoder may take, many at once would take many times over.
_AT_ONCE = threading.BoundedSemaphore(1)
PATIENCE = 20  # seconds an upload waits for its turn


class Refused(ValueError):
    """An upload that is not taken. Its text is one Chinese sentence for the person who sent it."""


@dataclass(frozen=True)
class Inspected:
    """An accepted picture: upright size in pixels, and what the file says of itself."""

    format: str
    extension: str
    width: int
    height: int
    frames: int
    metadata: Found
    taken_at: datetime | None


def inspect(file: IO[bytes]) -> Inspected:
    """What the picture in `file`, a real file on disk, is. Raises `Refused`."""
    size = os.fstat(file.fileno()).st_size
    refuse_size(size)
    file.seek(0)
    head = file.read(64)
    kind = pixels.sniff(head)
    if kind is None:
        raise Refused(_unknown(head))
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise Refused(_("正在检查别的图片，请过一会儿再上传这一张。"))
    try:
        answer = _probe(file, kind)
    finally:
        _AT_ONCE.release()
    if reason := answer.get("refused"):
        raise Refused(_sentence(reason, answer))
    found: Found = answer["metadata"]
    return Inspected(
        format=kind,
        extension=pixels.FORMATS[kind][1],
        width=answer["width"],
        height=answer["height"],
        frames=answer["frames"],
        metadata=found,
        taken_at=_aware(found["taken_at"]),
    )


def refuse_size(size: int) -> None:
    """Raise `Refused` for a file of so many bytes, if that is none or too many."""
    if size == 0:
        raise Refused(_("文件是空的，请重新选择图片。"))
    limit = settings.PHOTO_MAX_BYTES
    if size > limit:
        raise Refused(
            _("文件有 %(size)s MB，超过上限 %(limit)s MB，请缩小后再上传。")
            % {"size": _megabytes(-(-size * 10 // MEGABYTE)), "limit": _megabytes(limit * 10 // MEGABYTE)}
        )


def _probe(file: IO[bytes], kind: str) -> dict[str, Any]:
    """Run the trial in its child (`media.probe`). Whatever ends it early is a refusal."""
    ask = {
        "kind": kind,
        "max_pixels": settings.PHOTO_MAX_PIXELS,
        "max_frames": settings.PHOTO_MAX_FRAMES,
        "max_ratio": MAX_RATIO,
        "cpu_seconds": CPU_SECONDS,
    }
    return child.answer("media.probe", ask, WALL_SECONDS, file)


def _unknown(head: bytes) -> str:
    if kind := pixels.refused_kind(head):
        return _("这是 %(kind)s 文件，不能作为图片使用，请另存为 JPEG 或 PNG 后再上传。") % {"kind": kind}
    return _("这不是能识别的图片，请上传 JPEG、PNG、WebP、HEIC、GIF、TIFF 或 AVIF 格式的图片。")


def _sentence(reason: str, answer: dict[str, Any]) -> str:
    if reason == "pixels":
        return _("图片有 %(width)s×%(height)s 像素，超过上限 %(limit)s 万像素，请缩小后再上传。") % {
            "width": answer["width"],
            "height": answer["height"],
            "limit": settings.PHOTO_MAX_PIXELS // 10_000,
        }
    if reason == "shape":
        return _(
            "图片有 %(width)s×%(height)s 像素，太狭长，长边不能超过短边的 %(ratio)s 倍，请裁切后再上传。"
        ) % {
            "width": answer["width"],
            "height": answer["height"],
            "ratio": MAX_RATIO,
        }
    if reason == "frames":
        return _("动图有 %(frames)s 帧，超过上限 %(limit)s 帧，请截取其中一张后再上传。") % {
            "frames": answer["frames"],
            "limit": settings.PHOTO_MAX_FRAMES,
        }
    if reason == "heavy":
        return _("图片太大或结构异常，检查时超出了时间或内存上限，请另存为普通 JPEG 后再上传。")
    return _("图片已损坏或不完整，无法打开，请从原处重新导出后再上传。")


def _aware(text: str) -> datetime | None:
    """A moment of the metadata; without an offset it is the bureau's own time."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        return moment.replace(tzinfo=timezone.get_default_timezone())
    return moment


def _megabytes(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
