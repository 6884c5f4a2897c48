"""Five WebP widths of a 24 MP JPEG: one decode and a chain downwards, against open-resize-save per width.

Both use the same encoder settings and run in processes of their own, by turns; the figures are medians.
`--once` prints one run of ours as JSON, for the suite.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image, ImageChops

from media.scaling import ENCODERS, encode, scaled
from media.specs import WIDTHS, Spec

SIZE = (6000, 4000)
TURNS = 5
AIM, AIM_MB = 2.8, 90


def photograph(path: Path) -> None:
    """A picture as detailed as a camera's: shapes of every scale, and the grain of a sensor."""
    channels = []
    for channel in range(3):
        whole = Image.new("L", SIZE, 128)
        for scale, strength in ((400, 90), (60, 45), (8, 18), (1, 7)):
            grain = Image.effect_noise((SIZE[0] // scale, SIZE[1] // scale), strength)
            whole = ImageChops.add(whole, grain.resize(SIZE, Image.Resampling.BICUBIC), offset=-128)
        channels.append(whole.transpose(Image.Transpose.ROTATE_180) if channel == 1 else whole)
    Image.merge("RGB", channels).save(path, "JPEG", quality=90)


def ours(path: Path) -> None:
    with path.open("rb") as file:
        for spec, picture in scaled(file, "JPEG", SIZE, [Spec(width, "webp") for width in WIDTHS]):
            encode(picture, spec.format)


def naive(path: Path) -> None:
    for width in WIDTHS:
        with Image.open(path) as image:
            small = image.resize((width, width * SIZE[1] // SIZE[0]), Image.Resampling.LANCZOS)
            with tempfile.TemporaryFile() as target:
                small.save(target, **ENCODERS["webp"])


def peak_mb() -> float:
    """The most memory this process ever held. (ru_maxrss also remembers the process that started it.)"""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmHWM in /proc/self/status")


def child(way: str, path: Path) -> dict[str, float]:
    """One run of `way` in a process of its own: {"seconds", "peak_mb"}."""
    done = subprocess.run([sys.executable, __file__, way, str(path)], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def main() -> None:
    if len(sys.argv) == 3:
        started = time.perf_counter()
        {"ours": ours, "naive": naive}[sys.argv[1]](Path(sys.argv[2]))
        print(json.dumps({"seconds": time.perf_counter() - started, "peak_mb": peak_mb()}))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photograph.jpg"
        photograph(path)
        if sys.argv[1:] == ["--once"]:
            print(json.dumps(child("ours", path)))
            return
        runs: dict[str, list[dict[str, float]]] = {"ours": [], "naive": []}
        for _turn in range(TURNS):
            for way, results in runs.items():
                results.append(child(way, path))
        report(runs, path.stat().st_size)


def report(runs: dict[str, list[dict[str, float]]], size: int) -> None:
    seconds = {way: statistics.median(run["seconds"] for run in results) for way, results in runs.items()}
    peak = {way: max(run["peak_mb"] for run in results) for way, results in runs.items()}
    ratio = seconds["naive"] / seconds["ours"]
    print(f"renditions: five WebP widths of a 24 MP JPEG of {size / 1e6:.1f} MB, median of {TURNS}")
    print(f"  ours  {seconds['ours']:.2f} s, peak {peak['ours']:.0f} MB (aim: under {AIM_MB})")
    print(f"  naive {seconds['naive']:.2f} s, peak {peak['naive']:.0f} MB")
    print(f"  naive / ours: {ratio:.2f} (aim: at least {AIM})")


if __name__ == "__main__":
    main()
