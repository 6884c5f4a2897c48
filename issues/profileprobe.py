"""The trial of a press's profile, in a child with hard limits: `python -m issues.profileprobe '{}' < file`.

Prints one JSON object: `{"refused": reason, …}` or the name it calls itself. Knows no Django.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from media import child

CPU_SECONDS = 10
MEMORY = 512 * child.MEGABYTE


def examine(data: bytes) -> dict[str, Any]:
    from PIL import ImageCms

    try:
        found = ImageCms.getOpenProfile(io.BytesIO(data))
        space, kind = found.profile.xcolor_space.strip(), found.profile.device_class.strip()
        name = ImageCms.getProfileDescription(found).strip()
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return {"refused": "unknown"}
    if space != "CMYK":
        return {"refused": "space", "space": space}
    if kind != "prtr":
        return {"refused": "kind"}
    try:
        ImageCms.buildTransform(ImageCms.createProfile("sRGB"), found, "RGB", "CMYK")
    except (ImageCms.PyCMSError, ValueError):
        return {"refused": "transform"}
    return {"name": name}


def main() -> None:
    child.limit(CPU_SECONDS, MEMORY)
    sys.stdout.write(json.dumps(examine(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
