"""A correspondent's Word file comes as lines and pictures in the order in which Word shows them."""

from articles.intake.word import reading as word
from tests.articles.intake.wordfile import (
    docx,
    paragraph,
    part,
    photograph,
    picture,
    run,
    styles,
    table,
    texts,
    with_pictures,
)


def test_headings_keep_their_level_and_paragraphs_their_order() -> None:
    known = styles(a="heading 1", b="Title", c="标题 2", d="副标题", e="caption", f="Normal")
    body = [
        paragraph("清河镇秋粮入库", style="b"),
        paragraph("全镇三千吨粮食颗粒归仓", style="d"),
        paragraph("本报讯（记者 林远舟）", style="f"),
        paragraph(),
        paragraph("晾晒", style="c"),
        paragraph("入库", style="a"),
        paragraph("图为入库现场。", style="e"),
    ]
    read = word.read_docx(docx(*body, parts={"word/styles.xml": known}))
    assert [(line.text, line.level, line.gap) for line in read.lines] == [
        ("清河镇秋粮入库", 1, 0),
        ("全镇三千吨粮食颗粒归仓", 2, 0),
        ("本报讯（记者 林远舟）", 0, 0),
        ("晾晒", 2, 1),
        ("入库", 1, 0),
        ("图为入库现场。", 0, 0),
    ]


def test_a_headline_made_with_the_bold_button_keeps_its_look() -> None:
    bold = '<w:b/><w:sz w:val="44"/>'
    body = [
        paragraph(run("清河镇", bold), run("　", ""), run("秋粮入库", bold)),
        paragraph(run("记者", "<w:b/>"), run("林远舟", '<w:sz w:val="21"/>')),
    ]
    first, second = word.read_docx(docx(*body)).lines
    assert (first.text, first.bold, first.size) == ("清河镇　秋粮入库", True, 22)
    assert (second.text, second.bold, second.size) == ("记者林远舟", False, 10.5)


def test_a_line_broken_by_hand_is_a_line() -> None:
    body = paragraph(
        "第一段。", "<w:r><w:br/></w:r>", "<w:r><w:br/></w:r>", "第二段。", "<w:r><w:tab/></w:r>", "丙"
    )
    read = word.read_docx(docx(body))
    assert [(line.text, line.gap) for line in read.lines] == [("第一段。", 0), ("第二段。\t丙", 1)]


def test_pictures_stand_where_they_stood_and_captions_after_them() -> None:
    read = word.read_docx(
        with_pictures(
            paragraph("导语。"),
            paragraph(picture("rId1")),
            paragraph("图为入库现场。何小满 摄"),
            paragraph("前半段，", picture("rId2"), "后半段。"),
            paragraph(picture("rId1"), "<w:r><w:br/></w:r>", "同一张图的说明。"),
        )
    )
    assert texts(read) == [
        "导语。",
        "picture-1.png",
        "图为入库现场。何小满 摄",
        "前半段，后半段。",
        "picture-2.jpg",
        "picture-1.png",
        "同一张图的说明。",
    ]
    assert read.pictures == {"picture-1.png": photograph(), "picture-2.jpg": photograph("blue", "JPEG")}


def test_pictures_side_by_side_all_come() -> None:
    read = word.read_docx(
        with_pictures(paragraph(picture("rId1"), " ", picture("rId2")), paragraph("两图说明"))
    )
    assert texts(read) == ["picture-1.png", "picture-2.jpg", "两图说明"]
    assert read.lines[2].gap == 0


def test_a_table_keeps_its_grid() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("合计")}</w:tc>'
    high = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("秋粮")}</w:tc>'
    under = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph()}</w:tc>"
    rows = [["品种", "村", "吨"], [high, "柳树屯", "120"], [under, "北河", "95"], [wide, "215"]]
    before, found, after = word.read_docx(docx(paragraph("上"), table(*rows), paragraph("下"))).lines
    assert found.table == (
        ("品种", "村", "吨"),
        ("秋粮", "柳树屯", "120"),
        ("", "北河", "95"),
        ("合计", "", "215"),
    )
    assert found.text == "品种\t村\t吨\n秋粮\t柳树屯\t120\n\t北河\t95\n合计\t\t215"
    assert (before.text, after.text) == ("上", "下")


def test_a_table_that_only_arranges_pictures_is_none() -> None:
    cells = [f"<w:tc>{paragraph(picture('rId1'))}{paragraph('左图说明')}</w:tc>", "右边的文字"]
    assert texts(word.read_docx(with_pictures(table(cells)))) == ["picture-1.png", "左图说明", "右边的文字"]
    assert texts(word.read_docx(docx(table(["全文在一个框里。"])))) == ["全文在一个框里。"]


def test_a_cell_that_claims_a_million_columns_has_a_bounded_row() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{paragraph("甲")}</w:tc>'
    (line,) = word.read_docx(docx(table([wide, wide, "乙"]))).lines
    assert line.table[0] == ("甲", *[""] * 63, "甲", "乙")


def test_notes_come_at_the_end_and_comments_not_at_all() -> None:
    notes = part("footnotes", f'<w:footnote w:id="2">{paragraph("数据来自镇农技站。")}</w:footnote>')
    said = part("comments", f'<w:comment w:id="0">{paragraph("此处再核")}</w:comment>')
    body = [
        paragraph("亩产千斤", '<w:r><w:footnoteReference w:id="2"/></w:r>', "创新高。"),
        paragraph(
            "完。", '<w:r><w:commentReference w:id="0"/></w:r>', '<w:r><w:footnoteReference w:id="9"/></w:r>'
        ),
    ]
    read = word.read_docx(docx(*body, parts={"word/footnotes.xml": notes, "word/comments.xml": said}))
    assert texts(read) == ["亩产千斤创新高。", "完。", "数据来自镇农技站。"]
    assert read.lines[2].gap == 1


def test_tracked_changes_count_as_accepted() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>两千</w:delText></w:r></w:del>'
    come = f'<w:ins w:id="2">{run("三千")}</w:ins>'
    assert texts(word.read_docx(docx(paragraph("入库", gone, come, "吨")))) == ["入库三千吨"]


def test_a_text_box_comes_after_the_paragraph_that_holds_it() -> None:
    box = f"<v:shape><v:textbox><w:txbxContent>{paragraph('相关链接')}</w:txbxContent></v:textbox></v:shape>"
    body = [paragraph("正文。", f"<w:r><w:pict>{box}</w:pict></w:r>"), paragraph("下一段。")]
    assert texts(word.read_docx(docx(*body))) == ["正文。", "相关链接", "下一段。"]
