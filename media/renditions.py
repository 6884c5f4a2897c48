"""Making renditions: each file written whole, each made once.

The plain functions that say which renditions there are live in `media.specs`; they are repeated here by name.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Collection, Iterable

from django.core.cache import cache
from PIL import Image

from media import pixels, store
from media.models import Photo, Rendition
from media.scaling import encode, scaled
from media.specs import Spec, nearest, parse, plan, sources

__all__ = ["Busy", "Spec", "Unknown", "Unmakeable", "ensure", "make", "parse", "plan", "sources"]

# A web process makes one at a time: a large PNG takes four bytes a pixel.
_AT_ONCE = threading.BoundedSemaphore(1)
PATIENCE = 20  # seconds a reader's request waits for its turn
REMEMBER_FAILURE = 60  # seconds


class Unknown(LookupError):
    """There is no such rendition of this photo."""


class Busy(RuntimeError):
    """This process is making another one; ask again in a moment."""


class Unmakeable(RuntimeError):
    """The original is missing or cannot be read."""


def make(
    photo: Photo, specs: Iterable[Spec] | None = None, progress: Callable[[int, int], None] | None = None
) -> list[Rendition]:
    """Make what is missing of `specs` (default: the whole plan) and return what was made.

    `progress(done, total)` is called at the start and after each file, those that existed counted as done.
    What `progress` raises ends the work; files already made stay. Raises OSError and the rest of
    `pixels.BROKEN` when the original cannot be read or a file not written.
    """
    wanted = list(plan(photo.width, photo.height, photo.focal) if specs is None else specs)
    existing = set(photo.renditions.values_list("name", flat=True))
    missing = [spec for spec in wanted if spec.name not in existing]
    done = len(wanted) - len(missing)
    tell = progress or (lambda done, total: None)
    tell(done, len(wanted))
    made: list[Rendition] = []
    if missing:
        exif = _credit(photo)
        with photo.original.storage.open(photo.original.name or "", "rb") as file:
            for spec, picture in scaled(file, photo.format, (photo.width, photo.height), missing):
                made.append(_keep(photo, spec, encode(picture, spec.format, exif)))
                tell(done + len(made), len(wanted))
    return made


def ensure(photo: Photo, name: str, focals: Collection[tuple[int, int]] = ()) -> Rendition:
    """The rendition called `name`, made now if no worker has made it yet.

    Only what belongs to the photo can be asked for: its plan around the present focal point, or around one of
    `focals`, those that frozen content was signed with. A width that the original does not have means the
    widest below it, so that `w640.webp` is always a picture. Raises `Unknown`, `Busy` or `Unmakeable`.
    """
    spec = _asked(photo, name)
    name = spec.name
    found = photo.renditions.filter(name=name).first()
    if found and found.file.storage.exists(found.file.name or ""):
        return found
    if spec.focal not in (None, photo.focal, *focals):
        raise Unknown(name)
    if cache.get(broken := f"photo-unmakeable:{photo.pk}:{name}"):
        raise Unmakeable(name)
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise Busy(name)
    try:
        if found:
            found.delete()  # its file was lost; a restored archive may come without renditions
        make(photo, [spec])
    except (*pixels.BROKEN, MemoryError) as error:
        cache.set(broken, True, REMEMBER_FAILURE)
        raise Unmakeable(name) from error
    finally:
        _AT_ONCE.release()
    return photo.renditions.get(name=name)


def _asked(photo: Photo, name: str) -> Spec:
    spec = parse(name)
    if spec and not spec.crop:
        spec = nearest(spec, photo.width, photo.height)
    if spec is None or spec not in plan(photo.width, photo.height, spec.focal or photo.focal):
        raise Unknown(name)
    return spec


def _keep(photo: Photo, spec: Spec, data: bytes) -> Rendition:
    """Write the file, then its row. Two who make the same one write the same file, and one row stays."""
    width, height = spec.size(photo.width, photo.height)
    name = store.put(f"renditions/{photo.public_id[:2]}/{photo.public_id}/{spec.name}", io.BytesIO(data))
    row, _created = Rendition.objects.get_or_create(
        photo=photo,
        name=spec.name,
        defaults={"file": name, "width": width, "height": height, "bytes": len(data)},
    )
    return row


def _credit(photo: Photo) -> bytes:
    """EXIF with the credit the file came with as its one field, in UTF-8; nothing for no credit."""
    if not photo.file_credit:
        return b""
    exif = Image.Exif()
    exif[pixels.ARTIST] = photo.file_credit.encode()
    return exif.tobytes()
