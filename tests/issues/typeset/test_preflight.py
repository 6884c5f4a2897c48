"""What is wrong with a page is said; of a page that is right, only its inks."""

from __future__ import annotations

from typing import Any

import pytest

from issues.typeset import preflight
from issues.typeset.preflight import Finding, report
from issues.typeset.printing import Printed
from media import pdfium
from tests.issues.typeset.sheets import FACES, ghostscript, jpeg, printed, sheet, text


def said(*given: Any, **more: Any) -> dict[str, str]:
    return {finding.sentence: finding.level for finding in report(*given, **more)}


def clean(drawing: dict[str, Any]) -> list[Finding]:
    return [finding for finding in report(printed(drawing), [], drawing, True) if finding.level != "note"]


def test_a_page_that_is_right_has_nothing_but_its_inks() -> None:
    ghostscript()
    drawing = sheet(text("港口 Latin 2026，“开航”——（三年）…"), text("粗", face=len(FACES) - 1), bleed=8.5)
    [finding] = report(printed(drawing), [], drawing, True)
    assert finding.level == "note"
    assert finding.sentence.startswith("墨量：青 0.0%，品红 0.0%，黄 0.0%，黑 0.")


def test_a_font_that_is_not_embedded() -> None:
    assert said(_bare(), [], None, True)["字体 Helvetica 没有嵌入。"] == "error"


def _bare(colour: bytes = b"0 g") -> bytes:
    """A page as a word processor might write it: a font of the reader's own, black as screens have it."""
    stream = b"BT %b /F1 40 Tf 20 100 Td (Harbour) Tj ET" % colour
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 5\n0000000000 65535 f \n%btrailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return data + end % (table, len(data))


@pytest.mark.parametrize(
    ("colour", "level"), [(b"0 0 0 1 k", None), (b"0.6 0.5 0.5 1 k", "error"), (b"1 0 0 rg", "error")]
)
def test_text_that_is_not_black_ink_alone(colour: bytes, level: str | None) -> None:
    ghostscript()
    assert said(_bare(colour), [], None, True).get("文字不是单色黑（K100），套印会不准。") == level


def test_colour_on_a_black_page() -> None:
    ghostscript()
    drawing = sheet(text("港口"), ["image", 0, 0, 50, 50, "a", [0, 0, 0, 0], ""], colour=False)
    pdf = printed(drawing, pictures=lambda key: jpeg())
    assert said(pdf, [], drawing, False)["黑白版上出现了彩色。"] == "error"


def test_accents_and_stamps_are_no_mistake_where_there_is_colour() -> None:
    ghostscript()
    assert clean(sheet(text("黑"), text("红", y=50, colour="accent"))) == []
    assert clean(sheet(text("黑"), ["stamp", 0, 0, 200, 200, "未签发"])) == []
    drawing = sheet(text("红", colour="accent"))
    assert said(printed(drawing), [], drawing, False)["文字不是单色黑（K100），套印会不准。"] == "error"


def test_pictures_without_enough_pixels_are_named() -> None:
    used = [Printed("a", "码头", 199, "rgb"), Printed("b", "灯塔", 200, "rgb")]
    drawing = sheet(text("港口"))
    found = said(printed(drawing), used, drawing, True)
    assert found["图片“码头”只有 199 dpi，低于 200 dpi，印出来可能发虚。"] == "warning"
    assert not any("灯塔" in sentence for sentence in found)
    assert found["没有印刷厂的 ICC 特性文件，彩色图片仍是 RGB，由印刷厂转换。"] == "warning"
    assert not any("ICC" in sentence for sentence in said(printed(drawing), used, drawing, False))


def test_characters_that_no_font_drew() -> None:
    drawing = sheet(text("港口𠀀\ue000与𠀀"))
    found = said(printed(drawing), [], drawing, True)
    assert found["这些字没有印出来：𠀀（U+20000）。"] == "error"
    named = said(
        printed(sheet(text("〓"))), [], sheet(text("〓")), True, missing=[{"character": "𰻝", "where": 3}]
    )
    assert named["字体里没有这些字，版面上用〓代替：𰻝（U+30EDD）。"] == "error"


def test_another_size_than_the_formats() -> None:
    pdf = printed(sheet(text("港口"), bleed=8.5))
    assert said(pdf, [], sheet(text("港口"), width=410, bleed=8.5), True)["页面尺寸与版式不符。"] == "error"
    with pdfium.opened(pdf) as document:
        document[0].set_trimbox(0, 0, 100, 100)
        cut = pdfium.saved(document)
    assert said(cut, [], sheet(text("港口"), bleed=8.5), True)["裁切框（TrimBox）与版式不符。"] == "error"


def test_more_than_a_page_and_no_page_at_all() -> None:
    with pdfium.opened(printed(sheet(text("港口")))) as document:
        document.import_pages(document, [0])
        two = pdfium.saved(document)
    assert said(two, [], None, True)["这个文件有 2 页，一版应当只有一页。"] == "error"
    assert said(b"nothing", [], None, True)["PDF 打不开。"] == "error"


def test_the_worst_comes_first() -> None:
    drawing = sheet(text("𠀀"))
    levels = [
        finding.level for finding in report(printed(drawing), [Printed("a", "码头", 9, "rgb")], drawing, True)
    ]
    assert levels == sorted(levels, key=("error", "warning", "note").index)
    assert levels[0] == "error"


def test_without_ghostscript_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert said(printed(sheet(text("港口"))), [], None, True) == {
        "本机没有 Ghostscript，没有检查墨色。": "note"
    }


def test_a_ghostscript_that_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    ghostscript()
    monkeypatch.setattr(preflight, "GHOSTSCRIPT_SECONDS", 0.001)
    assert said(printed(sheet(text("港口"))), [], None, True) == {"Ghostscript 没能检查墨色。": "warning"}
