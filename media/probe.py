"""The trial of an upload, in a child process with hard limits: `python -m media.probe '{…}' < file`.

Prints one JSON object: `{"refused": reason, …}` or what the file is. Decoders written in C read what
strangers sent, so they run here: a bomb, a loop or a crash ends this process alone. Knows no Django.
"""

from __future__ import annotations

import json
import sys
import warnings
from typing import IO, Any

from media import child

# Address space of the interpreter with the picture libraries, and room for headers and metadata.
BASE_MEMORY = 640 * child.MEGABYTE
# Bytes a declared pixel may cost while it is decoded: the picture, a second frame, the decoder's own planes.
BYTES_PER_PIXEL = 12


def examine(file: IO[bytes], ask: dict[str, Any]) -> dict[str, Any]:
    """What the file is, or why it is refused. `ask`: kind, max_pixels, max_frames, max_ratio."""
    from PIL import Image

    from media import metadata, pixels

    head = file.read(64)
    if (size := pixels.declared_size(ask["kind"], head)) and (refusal := _size_refusal(*size, ask)):
        return refusal
    Image.MAX_IMAGE_PIXELS = None  # our own check comes right after the header
    image = pixels.open_as(file, ask["kind"])
    width, height = image.size
    if refusal := _size_refusal(width, height, ask):
        return refusal
    frames = getattr(image, "n_frames", 1)
    if frames > ask["max_frames"]:
        return {"refused": "frames", "frames": frames}
    child.limit_memory(BASE_MEMORY + width * height * BYTES_PER_PIXEL)
    # A JPEG is read to its end all the same, but gives back an eighth of each side.
    image.draft(image.mode, (max(1, width // 8), max(1, height // 8)))
    Image.MAX_IMAGE_PIXELS = ask["max_pixels"]
    # Before anything else that may read on: some plugins load by themselves and then fall silent.
    image.load()
    found = metadata.read(image)
    turned = pixels.orientation(image) >= 5
    pixels.to_srgb(pixels.plain(image.resize((min(16, width), min(16, height)), Image.Resampling.NEAREST)))
    if ask["kind"] in pixels.ANIMATED:
        for number in range(1, frames):
            image.seek(number)
            image.load()
    width, height = (height, width) if turned else (width, height)
    return {"width": width, "height": height, "frames": frames, "metadata": found}


def _size_refusal(width: int, height: int, ask: dict[str, Any]) -> dict[str, Any] | None:
    said = {"width": width, "height": height}
    if min(width, height) < 1:
        return {"refused": "broken"}
    if width * height > ask["max_pixels"]:
        return {"refused": "pixels", **said}
    if max(width, height) > ask["max_ratio"] * min(width, height):
        return {"refused": "shape", **said}
    return None


def main() -> None:
    ask = child.asked()
    child.limit(ask["cpu_seconds"], BASE_MEMORY, threads=True)
    warnings.simplefilter("ignore")
    from media.pixels import BROKEN

    try:
        answer = examine(sys.stdin.buffer, ask)
    except MemoryError:
        answer = {"refused": "heavy"}
    except BROKEN:
        answer = {"refused": "broken"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
