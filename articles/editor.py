"""CKEditor as the newsroom uses it: its configuration, its widget, and the address its uploads go to."""

from __future__ import annotations

from typing import Any

from django.forms import Script
from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_ckeditor_5.widgets import CKEditor5Widget

from media import rules as media_rules
from media.inspection import Refused
from media.library import ingest
from media.views import described
from newsroom.lib import blocks, html

#: Kinds the browser hands to the upload; what a file really is, the library finds out.
UPLOAD_TYPES = ["jpeg", "png", "gif", "webp", "tiff", "bmp", "heic", "heif", "avif"]
#: These only format what the library of cleaned HTML has no word for, or show a count of their own.
LEFT_OUT = ["WordCount", "AutoImage", "ShowBlocks", "Autosave", "CKFinderUploadAdapter"]


#: Made by articles/body.js in place of the upload button and the menu of styles.
OWN_BUTTONS = {"libraryPhoto", "editorsNote", "linkBox"}
BAR_HEIGHT = 54  # pixels, of articles/story.css
#: What a reporter reaches for first; the rest follows, and on a phone hides behind the dots.
FIRST = [
    "heading", "|", "libraryPhoto", "|", "bold", "link", "bulletedList", "numberedList", "blockQuote",
    "editorsNote", "linkBox", "insertTable", "horizontalLine", "|", "undo", "redo", "|",
]  # fmt: skip


def config(language: str = "zh-cn") -> dict[str, Any]:
    """CKEditor's configuration: the body's vocabulary, with buttons of our own for pictures and boxes."""
    made = html.toolbar()
    offered = [item for item in made["toolbar"]["items"] if item not in ("uploadImage", "style")]
    first = [item for item in FIRST if item == "|" or item in OWN_BUTTONS or item in offered]
    rest = [item for item in offered if item not in first]
    return made | {
        "language": language,
        "toolbar": {"items": [*first, *rest, "removeFormat", "findAndReplace"]},
        "image": made["image"] | {"upload": {"types": UPLOAD_TYPES}},
        # The story's own bar stays above the toolbar.
        "ui": {"viewportOffset": {"top": BAR_HEIGHT}},
        "removePlugins": [*made["removePlugins"], *LEFT_OUT],
        # Looked up on `window` by django-ckeditor-5's script; articles/body.js puts it there.
        "extraPlugins": ["callback:newsroomPictures"],
    }


# Characters; a longer body is shown as its source, as cleaning takes seconds and saving refuses it anyway.
MOST_CLEANED = 1_000_000


class BodyWidget(CKEditor5Widget):
    """The body's editor, in the language of the person who writes."""

    class Media:
        extend = False
        css = {"all": ["django_ckeditor_5/dist/styles.css"]}
        # Deferred: the page is there before its megabyte and a half is.
        js = [
            Script(f"django_ckeditor_5/dist/{name}.js", defer=True)
            for name in ("bundle", "translations/zh-cn")
        ]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__("default", attrs)
        self._config_errors: list[str] = []

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> str:
        self.config = config("en" if get_language() == "en" else "zh-cn")
        shown = html.for_editor(inert(value)) if isinstance(value, str) else value
        return super().render(name, shown, attrs, renderer)


def inert(body: str) -> str:
    """A body as it was posted or kept, cleaned: the editor makes live elements of what it is given."""
    return html.clean(body) if len(body) <= MOST_CLEANED else blocks.escape(body)


def address(public_id: str) -> str:
    """What an `<img>` of a body names."""
    return f"/photos/{public_id}/w640.webp"


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Take one picture (`upload`) into the library: {"url", "photo"} or {"error": {"message"}}."""
    if not media_rules.may_upload(request.user):
        return _refused(_("请先登录；上传图片要有记者或编辑的身份。"), 403)
    file = request.FILES.get("upload")
    if file is None:
        return _refused(_("没有收到图片文件。"), 400)
    try:
        photo, _created = ingest(file, file.name or "", request.user)  # type: ignore[arg-type]
    except Refused as refused:
        return _refused(str(refused), 400)
    return JsonResponse({"url": address(photo.public_id), "photo": described(photo)})


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": {"message": sentence}}, status=status)
