"""Reading picture files with Pillow, whoever sent them. Knows no Django: the probe runs it in a bare child.

Only the formats named here are ever tried, so no plugin that starts programs (EPS) or reads exotic formats
is reached by a file that claims to be something else.
"""

from __future__ import annotations

import io
from typing import IO

from PIL import AvifImagePlugin, Image, ImageCms
from pillow_heif import options, register_heif_opener

# Our name of a format -> (Pillow's name of it, extension of the stored original).
FORMATS = {
    "JPEG": ("JPEG", "jpg"),
    "PNG": ("PNG", "png"),
    "WebP": ("WEBP", "webp"),
    "GIF": ("GIF", "gif"),
    "TIFF": ("TIFF", "tif"),
    "HEIC": ("HEIF", "heic"),
    "AVIF": ("AVIF", "avif"),
}
# In these a later frame is a part of the same picture, so all must decode; elsewhere (a phone's gain map, the
# pages of a TIFF) only the first one is ever shown.
ANIMATED = ("PNG", "WebP", "GIF")
ORIENTATION = 0x0112
ARTIST = 0x013B
MAX_PROFILE = 8 * 1024 * 1024  # bytes; a printing press's profile has two or three million

# What Pillow raises on broken files; every plugin has its own idea.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    EOFError,
    OverflowError,
    ZeroDivisionError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
    ImageCms.PyCMSError,
    Image.DecompressionBombError,
)

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"}
_AVIF_BRANDS = {b"avif", b"avis"}
_KNOWN_REFUSED = (
    (b"BM", "BMP"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"\x00\x00\x02\x00", "CUR"),
    (b"8BPS", "PSD"),
    (b"%PDF", "PDF"),
    (b"%!PS", "EPS"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\x1f\x8b", "SVGZ"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "Word"),
)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# One thread a picture: the worker has a process a core, and in the probe every thread's stack counts.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
options.DECODE_THREADS = 1
register_heif_opener(thumbnails=False)


def sniff(head: bytes) -> str | None:
    """The format that the first 32 bytes say, of `FORMATS`; the file's name has no say."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    if head[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "TIFF"
    return _sniff_box(head)


def _sniff_box(head: bytes) -> str | None:
    if head[4:8] != b"ftyp":
        return None
    brands = {head[8:12]} | {head[i : i + 4] for i in range(16, len(head) - 3, 4)}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIC" if brands & _HEIC_BRANDS else None


def refused_kind(head: bytes) -> str:
    """The name of a kind of file we know and do not take, for the sentence that refuses it; or empty."""
    for magic, name in _KNOWN_REFUSED:
        if head.startswith(magic):
            return name
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<svg", b"<?xml", b"<!doctype svg")):
        return "SVG"
    return "HTML" if text.startswith((b"<!doctype html", b"<html")) else ""


def declared_size(kind: str, head: bytes) -> tuple[int, int] | None:
    """(width, height) that the header of a WebP declares; its decoder allocates them before Pillow can ask.

    None for other formats, whose size Pillow tells without decoding.
    """
    if kind != "WebP" or len(head) < 30:
        return None
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def open_as(file: IO[bytes], kind: str) -> Image.Image:
    """The picture in `file`, opened (header only) as `kind` and nothing else. Raises one of `BROKEN`."""
    file.seek(0)
    return Image.open(file, formats=FORMATS[kind][:1])


def orientation(image: Image.Image) -> int:
    """1 to 8, as EXIF has it; whatever else is written there is 1."""
    try:
        value = image.getexif().get(ORIENTATION, 1)
    except BROKEN:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """The picture upright, if it was stored with that EXIF orientation."""
    how = _TURNS.get(orientation)
    if how is None:
        return image
    upright = image.transpose(how)
    upright.info = image.info
    return upright


def plain(image: Image.Image) -> Image.Image:
    """The same picture in a mode that scales well: L, RGB, RGBA or CMYK, eight bits."""
    if image.mode in ("L", "RGB", "RGBA", "CMYK"):
        return image
    if image.mode.startswith("I;16") or image.mode == "I":
        return _eight_bits(image, 1 / 256)
    if image.mode == "F":
        low, high = image.getextrema()
        scale = 255 / (high - low) if high > low else 1.0  # type: ignore[operator]
        return _eight_bits(image, scale, -low * scale)  # type: ignore[operator]
    if image.mode in ("LA", "La", "PA", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _eight_bits(image: Image.Image, scale: float, offset: float = 0.0) -> Image.Image:
    profile = image.info.get("icc_profile")
    eight = image.convert("F").point(lambda value: value * scale + offset).convert("L")
    if profile:
        eight.info["icc_profile"] = profile
    return eight


def to_srgb(image: Image.Image) -> Image.Image:
    """The picture as readers' screens show it: RGB in sRGB, what was see-through on white.

    `image` is in a mode of `plain`. A colour profile that cannot be used is ignored, as browsers do.
    """
    profile = image.info.get("icc_profile")
    flat = _on_white(image) if image.mode == "RGBA" else image
    if profile and len(profile) <= MAX_PROFILE:
        try:
            return _profiled(flat, profile)
        except (*BROKEN, MemoryError):
            pass
    return flat if flat.mode == "RGB" else flat.convert("RGB")


def _profiled(image: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    done = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert done is not None  # only the in-place form returns None
    return done


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper
