"""Files that set up the paper: the bureau's own fonts and the printer's colour profile.

Nothing is taken that the press could not use later. A refusal is one sentence for the person at the form.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from media import child
from media.child import MEGABYTE

LARGEST_FONT = 40 * MEGABYTE
LARGEST_PROFILE = 16 * MEGABYTE
FEWEST_IDEOGRAPHS = 2000  # a headline font may have fewer than a book's, but not fewer than a headline needs
WALL_SECONDS = 30


class Refused(ValueError):
    """An upload that is not taken. Its text is one Chinese sentence for the person who sent it."""


@dataclass(frozen=True)
class Font:
    """`data` is the whole file; `name` is made of its digest, so that the same font is stored once."""

    data: bytes
    sha256: str
    family: str
    name: str


def font(file: IO[bytes]) -> Font:
    """A font that Chinese can be set in. Raises Refused."""
    data = _read(file, LARGEST_FONT, _("字体文件"))
    answer = _probe(data)
    if reason := answer.get("refused"):
        raise Refused(
            {
                "unknown": _("这不是字体文件。请上传 OTF、TTF 或 TTC；网页字体（WOFF）不能用来排版。"),
                "nameless": _("字体文件里没有字体名，不能使用。"),
                "heavy": _("字体文件结构异常，检查时超出了时间或内存上限。"),
            }.get(reason, _("字体文件已损坏或不完整，排版引擎读不出来。请从原处重新取得。"))
        )
    if answer["ideographs"] < FEWEST_IDEOGRAPHS:
        said = {"family": answer["family"], "count": answer["ideographs"], "least": FEWEST_IDEOGRAPHS}
        raise Refused(_("字体“%(family)s”只有%(count)d个汉字，至少要有%(least)d个才能排中文。") % said)
    sha256 = hashlib.sha256(data).hexdigest()
    return Font(data, sha256, answer["family"], f"{sha256}.{answer['kind']}")


def profile(file: IO[bytes]) -> str:
    """What an ICC profile of a press that prints CMYK calls itself. Raises Refused for any other file."""
    _read(file, LARGEST_PROFILE, _("ICC 特性文件"))
    with child.real(file) as real:
        answer = child.answer("issues.profileprobe", {}, WALL_SECONDS, real)
    match answer.get("refused"):
        case None:
            return str(answer["name"])
        case "unknown":
            raise Refused(_("这不是 ICC 特性文件，请向印刷厂索取（.icc 或 .icm）。"))
        case "space":
            said = answer["space"] or "?"
            raise Refused(_("这是 %s 的特性文件；印刷要用 CMYK 的，请向印刷厂索取。") % said)
        case "kind":
            raise Refused(_("这不是输出设备（印刷机）的特性文件，请向印刷厂索取。"))
    raise Refused(_("这个特性文件不能把图片转成 CMYK，请向印刷厂另要一份。"))


def _read(file: IO[bytes], most: int, what: str) -> bytes:
    file.seek(0)
    data = file.read(most + 1)
    if not data:
        raise Refused(_("%s是空的，请重新选择。") % what)
    if len(data) > most:
        raise Refused(_("%(what)s超过上限 %(limit)d MB。") % {"what": what, "limit": most // MEGABYTE})
    return data


def _probe(data: bytes) -> dict[str, Any]:
    """Run the trial in its child (`issues.fontprobe`)."""
    with tempfile.TemporaryDirectory(prefix="font-", dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        # Typst looks for fonts by the ends of their names.
        path = Path(folder) / ("font.ttc" if data.startswith(b"ttcf") else "font.otf")
        path.write_bytes(data)
        return child.answer("issues.fontprobe", {"path": str(path)}, WALL_SECONDS)
