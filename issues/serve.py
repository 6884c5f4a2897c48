"""The files of the e-paper: a page's pictures, its PDF, and all pages of a paper in one PDF.

They lie in the private storage; each request asks the shelf anew whether this reader may have them.
"""

from __future__ import annotations

import hashlib
import io
from datetime import date

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from PIL import Image

from issues.models import Proof
from issues.sheet import THUMB, Sheet
from issues.shelf import Shelf, reading
from issues.typeset.binding import merge
from media import store
from media.serve import file_response

COLOURS = 64  # of a small picture


@reading
def picture(request: HttpRequest, shelf: Shelf, date: date, number: int, width: int) -> HttpResponseBase:
    proof = _page(shelf, date, number)
    if proof is None:
        return shelf.missing(request, date, number)
    if width == THUMB:
        name = thumb(proof)
    elif width in proof.sizes:
        name = proof.picture_name(width)
    else:
        raise Http404
    digest = min(proof.sizes.items())[1][1] if width == THUMB else proof.sizes[width][1]
    return file_response(name, request, content_type="image/png", etag=f"{width}-{digest[:32]}")


@reading
def page_pdf(request: HttpRequest, shelf: Shelf, date: date, number: int) -> HttpResponseBase:
    proof = _page(shelf, date, number)
    if proof is None:
        return shelf.missing(request, date, number)
    called = f"{Sheet(proof).issue['title']} {date} 第{number}版.pdf"
    etag = proof.pdf_sha256[:32]
    return file_response(proof.pdf_name, request, content_type="application/pdf", etag=etag, called=called)


@reading
def paper_pdf(request: HttpRequest, shelf: Shelf, date: date) -> HttpResponseBase:
    """The pages that can be read now; one that is hidden for the moment is left out."""
    proofs = shelf.paper(date)
    if not proofs:
        return shelf.missing(request, date)
    called = f"{Sheet(proofs[0]).issue['title']} {date}.pdf"
    name, etag = bound(proofs)
    return file_response(name, request, content_type="application/pdf", etag=etag, called=called)


def _page(shelf: Shelf, date: date, number: int) -> Proof | None:
    return shelf.pages.filter(date=date, page_number=number).order_by("-visible_from").first()


def thumb(proof: Proof) -> str:
    """The storage's name of the small picture, made of the narrowest signed one when first asked for."""
    width, (_height, digest) = min(proof.sizes.items())
    name = f"papers/{proof.date}/{digest[:32]}-{THUMB}.png"
    if not default_storage.exists(name):
        try:
            with default_storage.open(proof.picture_name(width), "rb") as file, Image.open(file) as whole:
                small = whole.convert("RGB").resize((THUMB, round(whole.height * THUMB / whole.width)))
        except FileNotFoundError as lost:
            raise Http404 from lost
        target = io.BytesIO()
        small.quantize(COLOURS).save(target, "PNG", optimize=True)
        store.put(name, target)
    return name


def bound(proofs: list[Proof]) -> tuple[str, str]:
    """The storage's name of the pages bound together, and the digest that names them.

    Made when first asked for; what was bound before of that day may hold what was withdrawn since, and goes.
    """
    digest = hashlib.sha256("".join(proof.pdf_sha256 for proof in proofs).encode()).hexdigest()[:32]
    folder = f"papers/{proofs[0].date}"
    name = f"{folder}/{digest}.pdf"
    if not default_storage.exists(name):
        try:
            data = _bind(proofs)
        except FileNotFoundError as lost:
            raise Http404 from lost
        store.put(name, io.BytesIO(data))
        for other in default_storage.listdir(folder)[1]:
            if other.endswith(".pdf") and other != f"{digest}.pdf" and not other.startswith("."):
                default_storage.delete(f"{folder}/{other}")
    return name, digest


def _bind(proofs: list[Proof]) -> bytes:
    """The pages under their names, as bookmarks, with those they have of their own."""
    first = Sheet(proofs[0])
    names = [f"第{proof.page_number}版 {Sheet(proof).name}".strip() for proof in proofs]
    return merge(map(_pdf, proofs), {"title": f"{first.issue['title']} {first.proof.date}", "pages": names})


def _pdf(proof: Proof) -> bytes:
    with default_storage.open(proof.pdf_name, "rb") as file:
        return file.read()
