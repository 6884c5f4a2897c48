"""What Word shows and its file does not say in so many words: numbers, hidden text, drawings."""

import pytest

from articles.intake.word import reading as word
from articles.intake.word.numbers import numeral
from tests.articles.intake.wordfile import docx, paragraph, part, picture, run, texts, with_pictures


def level(at: int, form: str, text: str, style: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{styled}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def listed(text: str, number: int = 1, at: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, properties=properties)


def test_numbers_that_word_counts_are_written_out() -> None:
    levels = [
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
        level(3, "bullet", "\uf06c"),
    ]
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{again}</w:num>',
    )
    body = [
        listed("总体要求"),
        listed("指导思想", at=1),
        listed("基本原则", at=1),
        listed("政府引导", at=2),
        listed("圆点", at=3),
        paragraph("正文。"),
        listed("", at=2),
        listed("主要任务"),
        listed("粮食安全", at=1),
        listed("另一份文件", number=2),
        listed("没有这样的编号", number=9),
    ]
    assert texts(word.read_docx(docx(*body, parts={"word/numbering.xml": numbering}))) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）基本原则",
        "1. 政府引导",
        "圆点",
        "正文。",
        "二、主要任务",
        "（一）粮食安全",
        "一、另一份文件",
        "没有这样的编号",
    ]


def test_a_heading_can_have_its_number_from_its_style() -> None:
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "第%1章", "a")}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>',
    )
    style = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    )
    parts = {"word/numbering.xml": numbering, "word/styles.xml": part("styles", style)}
    first, second = word.read_docx(
        docx(paragraph("晾晒", style="a"), paragraph("入库", style="a"), parts=parts)
    ).lines
    assert [(first.text, first.level), (second.text, second.level)] == [("第1章晾晒", 2), ("第2章入库", 2)]


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (2018, "ideographDigital", "二〇一八"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (2, "upperLetter", "B"),
        (14, "lowerRoman", "xiv"),
        (7, "anything else", "7"),
    ],
)
def test_numbers_have_their_form(number: int, form: str, written: str) -> None:
    assert numeral(number, form) == written


def test_hidden_text_stays_hidden() -> None:
    body = paragraph("公开", run("内部掌握", "<w:vanish/>"), run("的文字", '<w:vanish w:val="0"/>'))
    assert texts(word.read_docx(docx(body))) == ["公开的文字"]


BOX = f"<w:txbxContent>{paragraph('相关链接')}</w:txbxContent>"
GROUP = f'<x:group xmlns:x="urn:x">{BOX}<a:blip r:embed="rId1"/></x:group>'
GRAPHIC = f"<a:graphic><a:graphicData>{GROUP}</a:graphicData></a:graphic>"
DRAWING = f"<w:drawing><wp:anchor>{GRAPHIC}</wp:anchor></w:drawing>"
CHOICE = f'<mc:Choice Requires="wps">{DRAWING}</mc:Choice>'
FALLBACK = f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback>"


@pytest.mark.parametrize(
    ("drawing", "held"),
    [
        (DRAWING, ["相关链接", "picture-1.png"]),
        (f"<mc:AlternateContent>{CHOICE}</mc:AlternateContent>", ["相关链接", "picture-1.png"]),
        (f"<mc:AlternateContent>{CHOICE}{FALLBACK}</mc:AlternateContent>", ["相关链接"]),
    ],
)
def test_what_a_drawing_holds_comes_once(drawing: str, held: list[str]) -> None:
    body = [paragraph("正文。", f"<w:r>{drawing}</w:r>"), paragraph("下一段。")]
    assert texts(word.read_docx(with_pictures(*body))) == ["正文。", *held, "下一段。"]


def test_a_relation_to_nothing_does_not_cost_the_text() -> None:
    body = [
        paragraph(picture("rId9")),
        paragraph(f'<w:hyperlink r:id="">{run("清河镇政府网站")}</w:hyperlink>'),
        paragraph('<w:r><w:pict><v:shape><v:imagedata r:id="rId8"/></v:shape></w:pict></w:r>'),
    ]
    assert texts(word.read_docx(docx(*body))) == ["清河镇政府网站"]
