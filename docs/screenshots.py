"""Take the pictures of the README from a bureau with demo content: `python docs/screenshots.py http://127.0.0.1:8000`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent / "screenshots"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def take(browser: Browser, base: str, name: str, path: str, user: str = "", width: int = 1280) -> None:
    height = 844 if width < 500 else 900
    context = browser.new_context(base_url=base, viewport={"width": width, "height": height}, locale="zh-CN")
    page = context.new_page()
    if user:
        page.goto("/admin/")
        page.fill("[name=username]", user)
        page.fill("[name=password]", "newsroom-demo")
        page.click("[type=submit]")
        page.wait_for_url("**/admin/")
    page.goto(path)
    if path.endswith("?status=review"):
        page.get_by_role("link", name="人民医院新病房楼启用").click()
        page.locator(".ck-editor__editable").wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / f"{name}.png")
    context.close()


def main() -> None:
    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        take(browser, base, "home", "/")
        take(browser, base, "phone", "/articles/1/", width=390)
        take(browser, base, "desk", "/admin/", "chief")
        take(browser, base, "story", "/admin/articles/article/?status=review", "chief")
        take(browser, base, "composer", "/admin/issues/page/9/compose/", "layout")
        take(browser, base, "epaper", "/papers/latest/")
        browser.close()


if __name__ == "__main__":
    main()
