"""The canonical form survives the editor: loaded and saved, a body is what it was."""

from collections.abc import Iterator
from pathlib import Path

import django_ckeditor_5
import pytest
from playwright.sync_api import Browser, Page

from newsroom.lib import html

BUNDLE = Path(django_ckeditor_5.__file__).parent / "static/django_ckeditor_5/dist/bundle.js"
PHOTO = html.blocks.picture("abcdefghij12")
BODIES = [
    "<p>甲</p><h2>小标题<br>第二行</h2><h3>次级</h3>",
    "<p>a<strong>b</strong><em><strong>c</strong>d</em><u>u</u><s>s</s>H<sub>2</sub>O<sup>3</sup></p>",
    f"<p>甲</p>{PHOTO}<p>乙</p>{PHOTO}{PHOTO}",
    "<blockquote><p>甲</p><ul><li>x</li></ul></blockquote><blockquote><p>乙</p></blockquote>",
    '<aside class="editors-note"><p>编者按</p></aside><aside class="link-box"><h3>相关</h3>'
    '<ul><li><a href="/articles/1/">甲</a></li></ul></aside><blockquote><p>乙</p></blockquote>',
    "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul><ol><li>x</li></ol>",
    "<ul><li><p>a</p><ul><li>n</li></ul><p>z</p></li></ul><p>甲</p><hr><p>乙</p>",
    '<figure class="table"><table><thead><tr><th>年</th><th>数</th></tr></thead><tbody><tr><td></td>'
    '<td><p>a</p><p>b</p></td></tr><tr><td colspan="2">x<br>y</td></tr></tbody></table>'
    "<figcaption>表一</figcaption></figure>",
    '<blockquote><figure class="table"><table><tbody><tr><th>甲</th><td><ul><li>x</li></ul></td></tr>'
    "</tbody></table></figure></blockquote>",
    '<p><a href="https://x.cn/" title="题" rel="noopener noreferrer">外<strong>链</strong></a></p>',
    '<p><a href="/a">内</a>和<a href="mailto:a@x.cn">信</a></p>',
    '<p>第一行<br>　　第二行<br><br>末 a&nbsp; b 1 &lt; 2 &amp; "3"</p>',
]


@pytest.fixture(scope="module")
def editor(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_content("<textarea></textarea>")
    page.add_script_tag(path=BUNDLE)
    page.evaluate(
        """async config => {
            window.editor = await ClassicEditor.create(document.querySelector("textarea"), config)
        }""",
        html.toolbar() | {"language": "en", "licenseKey": "GPL", "simpleUpload": {"uploadUrl": "/"}},
    )
    yield page
    page.close()


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_comes_back_from_the_editor(editor: Page, body: str) -> None:
    assert html.clean(body) == body
    saved = editor.evaluate(
        "body => { editor.setData(body); return editor.getData() }", html.for_editor(body)
    )
    assert html.clean(saved) == body


def test_a_quotation_becomes_an_editors_note_and_back(editor: Page) -> None:
    editor.evaluate("editor.setData('<p>甲</p>'); editor.execute('selectAll'); editor.execute('blockQuote')")
    editor.evaluate("editor.execute('style', {styleName: '编者按'})")
    note = html.clean(editor.evaluate("editor.getData()"))
    assert note == '<aside class="editors-note"><p>甲</p></aside>'
    editor.evaluate("body => editor.setData(body)", html.for_editor(note))
    editor.evaluate("editor.execute('selectAll'); editor.execute('blockQuote')")
    assert html.clean(editor.evaluate("editor.getData()")) == "<p>甲</p>"
