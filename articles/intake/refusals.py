"""Files that are not taken, each with one sentence for the person who sent it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from media.child import MEGABYTE, Done

# A function each, as a sentence is put into the language of who reads it now.
_SENTENCES: dict[str, Callable[[], str]] = {
    "empty": lambda: _("%(name)s 是空的，请重新保存后再上传。"),
    "large": lambda: _("%(name)s 有 %(size)d MB，超过上限 %(limit)d MB，请分成几个文件再上传。"),
    "binary": lambda: _("%(name)s 的内容不是文字，请上传文本、Word 或 PDF 文件。"),
    "encoding": lambda: _("%(name)s 的文字编码认不出来，请另存为 UTF-8 编码后再上传。"),
    "encrypted": lambda: _("%(name)s 加了密，请去掉密码后再上传。"),
    "broken": lambda: _("%(name)s 已损坏或不完整，无法读取，请重新保存后再上传。"),
    "slow": lambda: _("%(name)s 读了太久还没有读完，请分成几个文件再上传。"),
    "heavy": lambda: _("%(name)s 展开后太大，请缩小其中的图片或分成几个文件再上传。"),
    "busy": lambda: _("正在读别的文件，请过一会儿再上传 %(name)s。"),
    "old_word": lambda: _("%(name)s 是旧格式，这里读不了，请在 Word 或 WPS 里另存为 .docx 后再上传。"),
    "unknown": lambda: _("%(name)s 的格式这里读不了，请上传文本、Word 或 PDF 文件。"),
    "no_text": lambda: _("%(name)s 里没有文字，也没有图片。"),
    "external": lambda: _("%(name)s 里没有文字，图片也不在文件里，请把图片插入文件后再上传。"),
    "size": lambda: _(
        "%(name)s 第 %(page)d 页的尺寸是 %(width)d×%(height)d 毫米，不像报纸版面，请检查页面设置。"
    ),
    "pages": lambda: _("%(name)s 有 %(pages)d 页，超过上限 %(limit)d 页，请分成几个文件再上传。"),
}


class Refused(ValueError):
    """A file that is not taken. Its text is one sentence for who sent it; `reason` a short word."""

    def __init__(self, reason: str, name: str = "", **about: int) -> None:
        """`about`: the figures of the sentence. `size` and `limit` are bytes where the reason is "large"."""
        self.reason = reason if reason in _SENTENCES else "broken"
        if self.reason == "large":
            about = {"size": -(-about["size"] // MEGABYTE), "limit": about["limit"] // MEGABYTE}
        super().__init__(_SENTENCES[self.reason]() % {"name": called(name), **about})


def cause(done: Done) -> str:
    """The reason of a child's silence: it was stopped for its time, or it fell."""
    stopped = done.code is None or done.code in (-signal.SIGXCPU, -signal.SIGKILL)
    return "slow" if stopped else "broken"


def called(name: str) -> str:
    """The name of the file in a sentence, without its folders."""
    short = Path(name.replace("\\", "/")).name
    return _("《%s》") % short if short else _("这个文件")
