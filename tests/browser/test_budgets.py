"""What a story page with pictures costs a reader with a slow line and an old phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.readers_pages import twelve

pytestmark = pytest.mark.slow
BUDGET = 60_000  # bytes of page, sheets and scripts, as they come over the line
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
BLOCKING = "performance.getEntriesByType('resource').filter(e => e.renderBlockingStatus === 'blocking')"


SHIFTS = """window.shifts = 0; new PerformanceObserver(list => {
  for (const shift of list.getEntries()) window.shifts += shift.value;
}).observe({type: "layout-shift", buffered: true})"""


def slow(page: Page) -> Any:
    """1.6 Mbit/s with 150 ms delay, and a processor four times slower than this one."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return session


@pytest.mark.parametrize("kind", ["story", "picture story"])
def test_words_before_pictures(new_page: Callable[..., Page], live_server: Any, kind: str) -> None:
    address = twelve()[kind]
    page = new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    session, kinds, sizes = slow(page), {}, {}
    session.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    session.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    page.goto(address, wait_until="networkidle")
    words = {r: size for r, size in sizes.items() if kinds.get(r) in ("Document", "Stylesheet", "Script")}
    assert len([r for r in words if kinds[r] == "Stylesheet"]) >= 2, "the sheets are counted"
    assert sum(words.values()) <= BUDGET, {kinds[r]: size for r, size in words.items()}
    blocking = page.evaluate(f"{BLOCKING}.map(e => new URL(e.name).pathname)")
    assert all(name.endswith(".css") for name in blocking), "no script holds up the first paint"
    hosts = page.evaluate("performance.getEntriesByType('resource').map(e => new URL(e.name).origin)")
    assert set(hosts) == {live_server.url}, "nothing comes from elsewhere"


@pytest.mark.parametrize("kind", ["story", "picture story"])
def test_nothing_moves_when_pictures_come(new_page: Callable[..., Page], live_server: Any, kind: str) -> None:
    address = twelve()[kind]
    made = new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    made.goto(address, wait_until="networkidle")
    while made.evaluate("[...document.images].some(i => i.complete && !i.naturalWidth && i.currentSrc)"):
        made.reload(wait_until="networkidle")  # as the workers do: 503 until a rendition is made
    page = new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    page.add_init_script(SHIFTS)
    slow(page)
    page.goto(address, wait_until="networkidle")
    page.wait_for_function("[...document.querySelectorAll('.story .picture img')][0].complete")
    assert page.evaluate("window.shifts") <= 0.02
