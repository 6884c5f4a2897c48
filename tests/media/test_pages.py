"""The picture library in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from media.models import Photo
from tests.cast import Cast
from tests.factories.media import PhotoFactory, picture

pytestmark = pytest.mark.django_db(transaction=True)


def address(name: str, *args: Any) -> str:
    return reverse(f"admin:media_photo_{name}", args=args)


@pytest.fixture
def three_files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "码头.jpg", tmp_path / "龙舟.png", tmp_path / "假的.jpg"]
    for path, data in zip(paths, [picture(), picture(kind="PNG"), b"rubbish"], strict=True):
        path.write_bytes(data)
    return paths


def test_several_files_at_once_are_answered_one_by_one(new_page: Callable, three_files: list[Path]) -> None:
    page = new_page(Cast().reporter)
    page.goto(address("add"))
    page.set_input_files("input[type=file]", three_files)
    page.get_by_text("存入 2 张，未收 1 张").wait_for()
    rows = page.locator(".photo-result")
    assert rows.locator(".photo-result-name").all_inner_texts() == ["码头.jpg", "龙舟.png", "假的.jpg"]
    assert "这不是能识别的图片" in rows.nth(2).inner_text()
    rows.nth(0).get_by_role("link", name="填写说明和署名").click()
    page.wait_for_url(f"**{address('change', Photo.objects.get(original_name='码头.jpg').pk)}")


def test_a_picture_can_be_dropped_and_pasted(new_page: Callable) -> None:
    page = new_page(Cast().reporter)
    page.goto(address("add"))
    for number, event in enumerate(["drop", "paste"], start=1):
        page.evaluate(
            """([event, bytes]) => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], `${event}.jpg`, { type: "image/jpeg" }));
                const fired = event === "drop"
                    ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
                    : new ClipboardEvent("paste", { clipboardData: data, bubbles: true });
                document.querySelector("[data-drop]").dispatchEvent(fired);
            }""",
            [event, list(picture())],
        )
        page.get_by_text(f"存入 {number} 张").wait_for()
    assert set(Photo.objects.values_list("original_name", flat=True)) == {"drop.jpg", "paste.jpg"}


def test_without_scripts_the_form_uploads(new_page: Callable, three_files: list[Path]) -> None:
    page = new_page(Cast().reporter, java_script_enabled=False)
    page.goto(address("add"))
    page.set_input_files("input[type=file]", three_files)
    page.get_by_role("button", name="上传").click()
    assert "存入 2 张，未收 1 张" in page.inner_text("[data-summary]")
    assert page.locator(".photo-result").count() == 3


def test_the_focal_point_by_click_by_key_and_by_number(new_page: Callable) -> None:
    cast = Cast()
    photo = PhotoFactory(width=1200, height=800, uploaded_by=cast.reporter)
    page = new_page(cast.reporter)
    page.goto(address("change", photo.pk))
    stage = page.locator("[data-focal-picture]")
    box = stage.bounding_box()
    stage.click(position={"x": box["width"] / 4, "y": box["height"] * 3 / 4})
    x, y = (int(page.input_value(f"#id_focal_{axis}")) for axis in "xy")
    assert abs(x - 250) < 6
    assert abs(y - 750) < 6
    point = page.locator("[data-focal-point]")
    point.press("ArrowRight")
    point.press("Shift+ArrowUp")
    assert page.input_value("#id_focal_x") == str(x + 10)
    assert page.input_value("#id_focal_y") == str(y - 50)
    page.fill("#id_focal_x", "1000")
    assert point.get_attribute("aria-label").startswith(f"焦点：横 1000，纵 {y - 50}")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(f"**{address('changelist')}")
    photo.refresh_from_db()
    assert photo.focal == (1000, y - 50)


def test_the_crops_show_what_the_renditions_show(new_page: Callable) -> None:
    """The frame of a crop, compared with the box that the rendition is cut from."""
    from media.specs import CROPS, Spec

    photo = PhotoFactory(width=1200, height=800, focal_x=100, focal_y=900)
    page = new_page(Cast().editor)
    page.goto(address("change", photo.pk))
    for crop, frame in zip(CROPS, page.locator("[data-focal-crop]").all(), strict=True):
        outer, inner = frame.bounding_box(), frame.locator("img").bounding_box()
        scale = inner["width"] / 1200
        shown = [(outer["x"] - inner["x"]) / scale, (outer["y"] - inner["y"]) / scale]
        shown += [shown[0] + outer["width"] / scale, shown[1] + outer["height"] / scale]
        for found, expected in zip(shown, Spec(320, "jpg", crop, photo.focal).box(1200, 800), strict=True):
            assert abs(found - expected) < 12, crop


def test_progress_moves_by_itself(new_page: Callable) -> None:
    photo = PhotoFactory()
    page = new_page(Cast().editor)
    page.goto(address("changelist"))
    mark = page.locator(f'[data-photo-state="{photo.pk}"]')
    assert "等待处理" in mark.inner_text()
    Photo.objects.update(state=Photo.State.WORKING, done=5, total=8)
    mark.get_by_text("处理中").wait_for()
    assert mark.locator("progress").get_attribute("value") == "5"
    Photo.objects.update(state=Photo.State.FAILED, error="磁盘已满")
    mark.get_by_text("磁盘已满").wait_for()
    assert not mark.locator("progress").is_visible()


def test_a_chief_blocks_and_lets_go(new_page: Callable) -> None:
    cast = Cast()
    photo = PhotoFactory()
    page = new_page(cast.chief)
    page.goto(address("change", photo.pk))
    page.get_by_text("封存这张图片").click()
    page.get_by_label("原因").fill("家长不同意")
    page.get_by_role("button", name="封存", exact=True).click()
    page.get_by_text("已封存，各处都不再显示这张图片。").wait_for()
    assert Photo.objects.get().is_blocked
    page.get_by_label("原因").fill("家长同意了")
    page.get_by_role("button", name="解除封存").click()
    page.get_by_text("已解除封存。").wait_for()
    assert not Photo.objects.get().is_blocked


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_the_screen_and_axe_is_content(
    new_page: Callable, console_errors: list[str], width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    cast = Cast()
    # Select2's own markup is Django's to mend.
    ours = [[".photo-page"], [".photo-upload"], [".contact-sheet"]]
    context = {"include": ours, "exclude": [[".select2-container"]]}
    photos = [PhotoFactory(uploaded_by=cast.reporter) for _ in range(3)]
    Photo.objects.filter(pk=photos[0].pk).update(state=Photo.State.FAILED, error="磁盘已满，请联系管理员。")
    page = new_page(cast.chief, viewport={"width": width, "height": 844}, color_scheme=scheme)
    for where in (address("changelist"), address("add"), address("change", photos[0].pk)):
        page.goto(where)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where
        found = Axe().run(page, context=context)
        assert found.violations_count == 0, f"{where}\n{found.generate_report()}"
    # axe itself tries a style sheet, which our policy forbids.
    console_errors[:] = [error for error in console_errors if "Applying inline style" not in error]
