"""What a file says of itself becomes caption, alt, credits, place and time."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from media import iptc, metadata, xmp
from media.metadata import Found
from tests.factories.media import picture

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
    ' xmlns:exif="http://ns.adobe.com/exif/1.0/">%s</rdf:RDF></x:xmpmeta>'
)


def dataset(number: int, text: bytes, record: int = 2) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(text)) + text


def read(data: bytes) -> Found:
    with Image.open(BytesIO(data)) as image:
        image.load()
        return metadata.read(image)


def with_iptc(block: bytes) -> bytes:
    """A JPEG whose Photoshop segment holds the IPTC block."""
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)
    content = b"Photoshop 3.0\0" + resource
    plain = picture(32, 32)
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(content) + 2) + content + plain[2:]


def with_xmp(inner: str, kind: str = "JPEG") -> bytes:
    packet = XMP % inner
    if kind == "TIFF":
        return picture(32, 32, kind=kind, tiffinfo={700: packet.encode()})
    if kind != "PNG":
        return picture(32, 32, kind=kind, xmp=packet.encode())
    texts = PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", packet)
    return picture(32, 32, kind=kind, pnginfo=texts)


def with_exif(tags: dict[int, Any], inner: dict[int, Any] | None = None) -> bytes:
    exif = Image.Exif()
    exif.update(tags)
    if inner:
        exif.get_ifd(0x8769).update(inner)
    return picture(32, 32, exif=exif.tobytes())


def test_the_reference_picture_of_the_iptc(shared: Path) -> None:
    found = read((shared / "photos" / "IPTC-PhotometadataRef-Std2021.1.jpg").read_bytes())
    assert found == {
        "caption": "The description aka caption (ref2021.1)",
        "title": "The Headline (ref2021.1)",
        "alt": "This is the Alt Text description to support accessibility in 2021.1",
        "creators": ["Creator1 (ref2021.1)"],
        "credit": "Credit Line (ref2021.1)",
        "place": "City (Core) (ref2021.1) Sublocation (Core) (ref2021.1)",
        "taken_at": "2021-10-20T21:01:01+00:00",
    }


@pytest.mark.parametrize(
    ("mark", "encoding"), [(dataset(90, b"\x1b%G", record=1), "utf-8"), (b"", "utf-8"), (b"", "gb18030")]
)
def test_chinese_iptc_in_the_encodings_of_life(mark: bytes, encoding: str) -> None:
    block = mark + b"".join(
        dataset(number, text.encode(encoding))
        for number, text in [
            (80, "白苇"),
            (80, "石远舟"),
            (90, "廊坊市"),
            (92, "银河北路"),
            (110, "新华社"),
            (120, "集装箱在码头装船。\r\n摄于清晨"),
            (55, "20180705"),
            (60, "063000+0800"),
        ]
    )
    found = read(with_iptc(block))
    assert found["caption"] == "集装箱在码头装船。\n摄于清晨"
    assert found["creators"] == ["白苇", "石远舟"]
    assert (found["credit"], found["place"]) == ("新华社", "廊坊市银河北路")
    assert found["taken_at"] == "2018-07-05T06:30:00+08:00"


def test_xmp_is_believed_before_exif_and_chinese_before_other_languages() -> None:
    inner = (
        '<rdf:Description photoshop:City="Tianjin" photoshop:Credit="新华社"><dc:description><rdf:Alt>'
        '<rdf:li xml:lang="x-default">The quay</rdf:li><rdf:li xml:lang="zh-CN">码头</rdf:li>'
        "</rdf:Alt></dc:description><dc:creator><rdf:Seq><rdf:li>甲</rdf:li><rdf:li>乙</rdf:li></rdf:Seq>"
        "</dc:creator><core:AltTextAccessibility><rdf:Alt><rdf:li>起重机</rdf:li></rdf:Alt>"
        "</core:AltTextAccessibility></rdf:Description>"
    )
    for kind in ("JPEG", "PNG", "WEBP", "TIFF"):
        found = read(with_xmp(inner, kind))
        assert (found["caption"], found["alt"], found["creators"]) == ("码头", "起重机", ["甲", "乙"]), kind
        assert (found["place"], found["credit"]) == ("Tianjin", "新华社"), kind


def test_exif_in_utf8_and_gb18030() -> None:
    for encoding in ("utf-8", "gb18030"):
        found = read(
            with_exif({0x010E: "码头的清晨".encode(encoding), 0x013B: "白苇;石远舟".encode(encoding)})
        )
        assert found["caption"] == "码头的清晨"
        assert found["creators"] == ["白苇", "石远舟"]


@pytest.mark.parametrize(
    ("inner", "moment"),
    [
        ({0x9003: "2018:07:05 06:30:00"}, "2018-07-05T06:30:00"),
        ({0x9003: "2018:07:05 06:30:00", 0x9011: "+09:00"}, "2018-07-05T06:30:00+09:00"),
        ({0x9003: "2018:07:05 06:30:00", 0x9011: "rubbish"}, "2018-07-05T06:30:00"),
        ({0x9003: "0000:00:00 00:00:00"}, ""),
        ({0x9003: "2018:13:45 99:00:00"}, ""),
        ({0x9003: "0001:01:01 00:00:00"}, ""),
    ],
)
def test_the_moment_a_picture_was_taken(inner: dict[int, str], moment: str) -> None:
    assert read(with_exif({}, inner))["taken_at"] == moment


@pytest.mark.parametrize(
    "noise", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "dav", "IMG_20180705_063000", "   ", "cof"]
)
def test_what_cameras_write_by_themselves_is_no_caption(noise: str) -> None:
    assert read(with_exif({0x010E: noise}))["caption"] == ""


def test_a_title_stands_in_for_a_missing_caption() -> None:
    assert read(with_iptc(dataset(105, "龙舟竞渡".encode())))["caption"] == "龙舟竞渡"


@pytest.mark.parametrize(
    "packet",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + (XMP % "").encode(),
        b"<x:xmpmeta",
        b"\xff\xfe<\x00",
        b"",
        (XMP % ("<rdf:Description>" * 50_000)).encode(),
        b" " * (xmp.LONGEST + 1),
    ],
    ids=["entities", "cut", "utf-16", "empty", "deep", "long"],
)
def test_hostile_xmp_says_nothing(packet: bytes) -> None:
    assert xmp.parse(packet).text("description") == ""


def test_entities_are_not_replaced_even_by_harmless_ones() -> None:
    inner = '<rdf:Description photoshop:City="&here;"/>'
    assert xmp.parse(b'<!DOCTYPE x [<!ENTITY here "Beijing">]>' + (XMP % inner).encode()).text("city") == ""


@given(st.binary(max_size=400))
def test_any_bytes_are_an_iptc_block(data: bytes) -> None:
    records = iptc.parse(dataset(120, "说明".encode()) + data)
    assert records.text(120) == "说明"
    assert isinstance(records.moment(), str)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_packet(data: bytes) -> None:
    assert isinstance(xmp.parse(data).text("description"), str)


def test_what_is_long_or_unprintable_is_cut_and_cleaned() -> None:
    found = read(with_iptc(dataset(120, b"a\x00b\x07c" + b"x" * 9000) + dataset(110, b"y" * 100)))
    assert found["caption"].startswith("a b cx")
    assert len(found["caption"]) <= metadata.LONGEST_TEXT
    assert len(found["credit"]) <= metadata.LONGEST_NAME


def test_a_position_is_never_read(shared: Path) -> None:
    for path in sorted((shared / "corpora" / "images-gps").iterdir()):
        assert not any(character in str(read(path.read_bytes())["place"]) for character in "0123456789"), (
            path.name
        )
