"""When a reader with a slow line and an old phone sees a story with pictures: largest paint, shift, bytes.

Chromium over 1.6 Mbit/s with 150 ms delay and a processor four times slower than this one, at a phone's size,
nothing in its cache; the site as `make run` serves it. The figures are medians.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

VISITS = 5
AIM_PAINT, AIM_SHIFT, AIM_BYTES = 2.5, 0.02, 60_000
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
WATCH = """window.paint = 0; window.shift = 0;
const watch = (type, each) => new PerformanceObserver(list => list.getEntries().forEach(each))
  .observe({type, buffered: true});
watch("largest-contentful-paint", entry => { window.paint = entry.startTime; });
watch("layout-shift", entry => { window.shift += entry.value; });"""
WORDS = """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter(entry => ["navigation", "link", "script", "css"].includes(entry.initiatorType))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""


def visit(browser: Any, address: str) -> tuple[float, float, int]:
    """Seconds to the largest paint, the shift, bytes of page, sheets and scripts."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, service_workers="block"
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    seen = page.evaluate("[window.paint / 1000, window.shift]")
    words = page.evaluate(WORDS)
    context.close()
    return seen[0], seen[1], words


def main() -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("first paint: there is no Chromium")
    with ExitStack() as stack:
        var = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-bench-")))
        from bench import uncached

        story = uncached.prepare(var)[0][0]
        connection = uncached.start(stack, var, "application")
        address = f"http://127.0.0.1:{connection.port}{story}"
        from playwright.sync_api import sync_playwright

        from tests.browser_fixtures import ARGUMENTS

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
            visit(browser, address)  # renditions are made, as workers do before a reader comes
            visits = [visit(browser, address) for _ in range(VISITS)]
            browser.close()
    paint, shift, words = (statistics.median(figures) for figures in zip(*visits, strict=True))
    print(f"a story with {uncached.PICTURES} pictures on a slow line and phone, median of {VISITS} visits:")
    print(f"  largest paint {paint:.2f} s (aim: under {AIM_PAINT}), shift {shift:.3f} (at most {AIM_SHIFT})")
    print(f"  page, sheets and scripts {words / 1000:.1f} kB (at most {AIM_BYTES // 1000})")


if __name__ == "__main__":
    main()
