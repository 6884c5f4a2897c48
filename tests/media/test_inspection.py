"""What is taken and what is refused: by content, within limits, and never at the cost of the server."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from media import inspection
from media.inspection import Inspected, Refused, inspect
from tests.factories.media import picture
from tests.media import hostile

DAMAGED = "图片已损坏或不完整，无法打开，请从原处重新导出后再上传。"
# Broken in their metadata or in ways every viewer forgives: the picture in them is whole.
FORGIVEN = {
    "exifsamples-invalid-image00971.jpg",
    "exifsamples-invalid-image01137.jpg",
    "exifsamples-invalid-image01713.jpg",
    "exifsamples-invalid-image02206.jpg",
    "libvips-looks-like-svg.webp",
    "pillow-apng_chunk_no_actl.png",
    "pillow-apng_syntax_num_frames_invalid.png",
    "pillow-crash-74d2a78403a5a59db1fb0a2b8735ac068a75f6e3.tif",
    "pillow-cross_scan_line.png",
    "pillow-exif_gps.jpg",
    "pillow-hopper_bad_exif.jpg",
    "pillow-invalid-exif-without-x-resolution.jpg",
    "pillow-sugarshack_bad_mpo_header.jpg",
    "pillow-truncated_app14.jpg",
    "pillow-truncated_exif_dpi.jpg",
}


def inspected(data: bytes) -> Inspected:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        return inspect(file)


def answer(data: bytes) -> str:
    try:
        inspected(data)
    except Refused as refused:
        return str(refused)
    return "taken"


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        inspected(data)
    return str(refused.value)


@pytest.mark.parametrize(
    ("pillow", "ours", "extension"),
    [
        ("JPEG", "JPEG", "jpg"),
        ("PNG", "PNG", "png"),
        ("WEBP", "WebP", "webp"),
        ("GIF", "GIF", "gif"),
        ("TIFF", "TIFF", "tif"),
        ("HEIF", "HEIC", "heic"),
        ("AVIF", "AVIF", "avif"),
    ],
)
def test_the_content_says_the_format(pillow: str, ours: str, extension: str) -> None:
    found = inspected(picture(96, 64, kind=pillow))
    assert (found.format, found.extension, found.width, found.height) == (ours, extension, 96, 64)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_size_is_that_of_the_upright_picture(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = inspected(picture(96, 64, kind=kind, exif=exif.tobytes()))
    assert (found.width, found.height) == ((64, 96) if orientation >= 5 else (96, 64))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF"])
@pytest.mark.parametrize("size", [(1, 1), (7, 3), (300, 9)])
def test_small_pictures_are_pictures(kind: str, size: tuple[int, int]) -> None:
    target = io.BytesIO()
    Image.new("RGB", size, "red").save(target, kind)
    assert (inspected(target.getvalue()).width, inspected(target.getvalue()).height) == size


def test_every_real_photograph_is_taken(shared: Path) -> None:
    for path in sorted((shared / "photos").iterdir()):
        if path.suffix != ".md":
            with path.open("rb") as file:
                assert inspect(file).width > 300, path.name


def test_every_broken_picture_is_taken_whole_or_refused_with_a_sentence(shared: Path) -> None:
    answers = {}
    for path in sorted((shared / "corpora" / "images-broken").iterdir()):
        answers[path.name] = answer(path.read_bytes())
    assert {name for name, said in answers.items() if said == "taken"} == FORGIVEN
    assert all(said == "taken" or said.endswith("。") for said in answers.values()), answers


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "HEIF", "AVIF"])
def test_a_truncated_picture_is_refused(kind: str) -> None:
    data = picture(400, 300, kind=kind)
    assert refusal(data[: len(data) * 2 // 3]) == DAMAGED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的，请重新选择图片。"),
        (b"\xff", "这不是能识别的图片，请上传 JPEG、PNG、WebP、HEIC、GIF、TIFF 或 AVIF 格式的图片。"),
        (hostile.svg(), "这是 SVG 文件，不能作为图片使用，请另存为 JPEG 或 PNG 后再上传。"),
        (b"<svg onload='alert(1)'/>", "这是 SVG 文件，不能作为图片使用，请另存为 JPEG 或 PNG 后再上传。"),
        (b"<!DOCTYPE html><p>x", "这是 HTML 文件，不能作为图片使用，请另存为 JPEG 或 PNG 后再上传。"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "这是 EPS 文件，不能作为图片使用，请另存为 JPEG 或 PNG 后再上传。"),
        (b"\x00\x00\x01\x00\x01\x00", "这是 ICO 文件，不能作为图片使用，请另存为 JPEG 或 PNG 后再上传。"),
        (b"\xff\xd8\xff\xe0" + b"<script>" * 10, DAMAGED),
        (b"RIFF\x00\x00\x00\x00WEBP", DAMAGED),
        (hostile.header_of_a_giant_png(), "图片有 60000×60000 像素，超过上限 8000 万像素，请缩小后再上传。"),
        (hostile.giant_webp(), "图片有 16383×16383 像素，超过上限 8000 万像素，请缩小后再上传。"),
        (hostile.png(2000, 49), "图片有 2000×49 像素，太狭长，长边不能超过短边的 40 倍，请裁切后再上传。"),
        (hostile.apng_of_many_frames(), "动图有 200 帧，超过上限 60 帧，请截取其中一张后再上传。"),
        (hostile.png_with_a_text_bomb(), DAMAGED),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refusal_is_a_sentence_that_says_what_to_do(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


def test_the_limits_are_settings(settings: Any) -> None:
    data = picture(100, 80)
    settings.PHOTO_MAX_BYTES = len(data) - 1
    assert refusal(data).startswith("文件有 0.1 MB，超过上限 0 MB")
    settings.PHOTO_MAX_BYTES = 1024 * 1024
    settings.PHOTO_MAX_PIXELS = 7999
    assert refusal(data).startswith("图片有 100×80 像素")
    settings.PHOTO_MAX_PIXELS = 8000
    assert inspected(data).width == 100
    settings.PHOTO_MAX_FRAMES = 200
    assert inspected(hostile.apng_of_many_frames()).frames == 200


def test_a_picture_that_takes_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "CPU_SECONDS", 1)
    sentence = "图片太大或结构异常，检查时超出了时间或内存上限，请另存为普通 JPEG 后再上传。"
    assert refusal(hostile.jpeg_of_many_scans()) == sentence


MEASURE = """
import json, os, resource, sys, time
import django
django.setup()
from media.inspection import Refused, inspect
def peak():  # not ru_maxrss, which also remembers the process that started this one
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
before = peak()
answers = {}
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        try:
            inspect(file)
            answers[os.path.basename(path)] = "taken"
        except Refused as refused:
            answers[os.path.basename(path)] = str(refused)
print(json.dumps([answers, peak() - before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))
"""


def test_no_hostile_file_takes_more_than_bounded_memory(tmp_path: Path) -> None:
    for build in hostile.BUILDERS:
        (tmp_path / build.__name__).write_bytes(build())
    paths = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *paths], capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
    answers, own, childs = json.loads(done.stdout)
    taken = {name for name, answer in answers.items() if answer == "taken"}
    # Harmless: a few real rows or strips, whatever else the file holds.
    assert taken == {"jpeg_a_little_under_the_limit", "tiff_bomb", "tiff_whose_directories_go_round"}
    assert all(answer.endswith("。") for name, answer in answers.items() if name not in taken)
    assert own < 20 * 1024, "what the server itself took, in kB"
    assert childs < 400 * 1024, "the trial's memory, in kB"


def test_uploads_are_tried_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "PATIENCE", 0)
    with inspection._AT_ONCE:
        assert refusal(picture()) == "正在检查别的图片，请过一会儿再上传这一张。"
    assert inspected(picture()).format == "JPEG"
