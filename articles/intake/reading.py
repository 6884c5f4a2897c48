"""A page's text read into stories: one pass over its lines, each put where the page's own signs say.

What begins a story: a headline before a dateline or a byline; a dateline by itself; a headline after a story
that was signed at its end. Other short lines are subheads. What was cut by a column goes on where it goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from articles.intake.pieces import NEWSPAPER, PAGE, WEB, Document, Kind, Reading, lines_of
from articles.intake.text import forms, furniture, heads, masthead
from articles.intake.text.gallery import Gallery, Story
from articles.intake.text.looks import Item, Look, items_of
from articles.intake.text.stacks import is_banner, read_stack
from articles.intake.text.walk import OF_PICTURES, SILENT, Walk
from articles.intake.text.wrapping import unwrap, wrap
from articles.intake.text.writing import Pieces

_PAGE_KIND = {Look.FIELD: Kind.ISSUE, Look.COPYRIGHT: Kind.ISSUE}
#: More short lines than these one after another are a list or verses, no headline.
LONGEST_STACK = 5


def read_text(text: str) -> Reading:
    """A page of plain text; see `read_document`."""
    return read_document(Document(lines_of(text)))


def read_document(document: Document, names: Collection[str] = ()) -> Reading:
    """The stories of a page or a file. Every character of its lines is in exactly one piece.

    `names`: of people who are known to write, so that (甲) signs a story. A page whose lines know their
    places is read by those; any other by how its lines are written.
    """
    if any(line.box for line in document.lines):
        from articles.intake.pdf.layout import read_laid_out  # it reads what it can't place by this module

        return read_laid_out(document)
    whole, parts = unwrap(document.lines)
    page = _Page(items_of(whole, names)).read()
    return Reading(document.lines, tuple(wrap(page.pieces, parts)), page.form)


class _Page(Walk):
    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__(items)
        self.pieces = Pieces()
        self.form = WEB if heads.is_web(self.items) else NEWSPAPER
        self.story: Story | None = None
        self.stories: list[Story] = []
        self.over = False  # a web page's story has ended, and what else there is to read begins
        self.fresh = False  # what comes now began on another page
        self.notes: list[Item] = []  # of the desk, before the headline they introduce
        self.gallery = Gallery(self.items, self.pieces)

    def read(self) -> _Page:
        self.place = self._head()
        while self.place < len(self.items):
            before = self.place
            self._step(self.items[self.place])
            if self.place == before:
                self.place += 1
        self.gallery.leave(self.story)
        for note in self.notes:
            self._own(note, Kind.NOTE)
        return self

    # The page's own lines

    def _head(self) -> int:
        """Put away the head of the page; the first item after it."""
        end, kinds = heads.read_head(self.items, self.form)
        for item, kind in zip(self.items[:end], kinds, strict=True):
            self._add(item, kind)
        return end

    def _step(self, item: Item) -> None:
        if item.look in SILENT:
            self._add(item, _PAGE_KIND.get(item.look, Kind.FURNITURE))
            self.over = self.over or (
                self.form == WEB and self.story is not None and furniture.is_elsewhere(item.text)
            )
            self.fresh = self.fresh or furniture.is_continued(item.text)
        elif self.over and item.look == Look.TITLE:
            self._add(item, Kind.FURNITURE)
        elif item.look == Look.GUIDE:
            self._guide()
        elif item.look in OF_PICTURES:
            self.gallery.seen.append(item)
        elif item.look == Look.TITLE:
            self._titles()
        elif item.look == Look.BYLINE:
            self._byline(item)
        elif item.look == Look.NOTE and self._introduces():
            self.notes.append(item)
        elif item.look == Look.LEDE:
            self._own(item, Kind.LEDE)
        elif item.look == Look.CLOSING:
            self._own(item, Kind.PARAGRAPH)
            self._current().closed = masthead.is_day(item.text)
        elif item.look == Look.TABLE:
            self._own(item, Kind.TABLE)
        else:
            self._text(item)

    def _guide(self) -> None:
        """The entries of the guide on page one: until something that is no line of one."""
        end = heads.guide_end(self.items, self.place)
        for item in self.items[self.place : end]:
            self._add(item, Kind.GUIDE)
        self.place = end

    def _introduces(self) -> bool:
        """Whether a note of the desk stands over the headline that follows."""
        following = self.after(1)
        open_story = self.story is not None and not self.story.paragraphs and not self.gallery.seen
        return following is not None and following.look == Look.TITLE and not open_story

    # Titles

    def _titles(self) -> None:
        run = self.run()
        while run and self.story and self._is_text(run):
            self._text(run.pop(0))
            self.place += 1
        if not run:
            return
        if len(run) > LONGEST_STACK:
            run = self.leading(run)
            self._list(run)
        elif self._is_new(run):
            self._begin(run)
        elif self.after(len(run)) is None:
            self._stray(run)
        else:
            self._subhead(run)
        self.place += len(run)

    def _is_text(self, run: list[Item]) -> bool:
        """Whether the first title is running text after all: the story's last words, or a half of them."""
        if not run[0].is_weak or self.story is None or self.story.closed:
            return False
        if len(run) > 1 and (self.story.cut or forms.ends(run[0].text)):
            return True
        return not self.begins(len(run))

    def _is_new(self, run: list[Item]) -> bool:
        """Whether the titles are a story's headline, and no subhead."""
        story = self.story
        if story is not None and story.paragraphs and forms.follows_up(run[0].text):
            story.closed = False
            return False
        if story is None or (story.closed and not story.web):
            return True
        if self.notes or run[0].is_genre:
            return True
        if story.web:
            return False
        if self.begins(len(run)):
            return True
        if any(forms.is_numbered(item.text) for item in run):
            return False
        if story.paragraphs == 0 or (len(run) > 1 and any(forms.is_dashed(item.text) for item in run[1:])):
            return story.paragraphs > 0
        if run[0].line.level and any(item.line.level for item in self.items):
            return run[0].line.level <= min(i.line.level for i in self.items if i.line.level)
        if story.signed_on_top and not story.dated:
            return False
        return not heads.goes_on(self.items, self.place, len(run), story.dated, story.subheads)

    def _begin(self, run: list[Item]) -> None:
        self.gallery.leave(self.story)
        banner = not self.stories and self.form == NEWSPAPER and len(run) > 1 and is_banner(run[0].text)
        if banner:
            self._add(run[0], Kind.BANNER)
        story = self._new(headed=True)
        own = run[1:] if banner else run
        for note in self.notes:
            self.pieces.put(note, Kind.NOTE, story.group)
        self.notes = []
        following = self.after(len(run), over_pictures=False)
        if len(own) == 1 and own[0].is_genre and following is not None and following.look in OF_PICTURES:
            self.pieces.put(own[0], Kind.SERIES, story.group)  # 图片新闻
            return
        for number, start, end, kind in read_stack([item.text for item in own]):
            self.pieces.put(own[number], kind, story.group, start, end)

    def _subhead(self, run: list[Item]) -> None:
        story = self._current()
        self.gallery.give(self._current())
        for number, item in enumerate(run):
            self.pieces.put(item, Kind.SUBHEAD, story.group, joined=number > 0)
        story.subheads.append(sum(forms.length(item.text) for item in run))
        story.cut = False

    def _list(self, run: list[Item]) -> None:
        """Verses, or a list of names: lines of the story, each by itself."""
        for item in run:
            self._own(item, Kind.PARAGRAPH)

    def _stray(self, run: list[Item]) -> None:
        """Titles that nothing follows: of pictures that stand alone, or of nobody."""
        following = self.after(len(run), over_pictures=False)
        if following is not None and following.look in OF_PICTURES:
            self._begin(run)
        elif self.story and not self.story.closed and run[0].line.gap == 0:
            self._list(run)
        else:
            for item in run:
                self._add(item, Kind.FURNITURE)

    # Text

    def _text(self, item: Item) -> None:
        story = self.story
        fresh, self.fresh = self.fresh and story is not None and story.paragraphs > 0, False
        if fresh or (item.dateline and (story is None or story.dated or story.closed or story.paragraphs)):
            self.gallery.leave(self.story)
            story = self._new()
        elif story is None:
            story = self._new()
        elif story.closed and not story.web:
            story = self._drifted(item, story)
        self.gallery.give(self._current())
        story.dated = story.dated or item.dateline is not None
        if item.look == Look.NOTE:
            self.pieces.put(item, Kind.NOTE, story.group)
        else:
            self._paragraph(item, story)

    def _drifted(self, item: Item, story: Story) -> Story:
        """Whose a paragraph behind a signature is: a story's that was cut, or one's without headline."""
        cut = next((one for one in reversed(self.stories) if one.cut), None)
        if cut is not None:
            return cut
        for following in self.ahead(1):
            if following.look == Look.BYLINE or following.signed:
                self.gallery.leave(self.story)
                return self._new()
            if following.look in (Look.TITLE, Look.GUIDE) or following.is_strong:
                break
        return story

    def _paragraph(self, item: Item, story: Story) -> None:
        start, end = item.opens, len(item.text)
        if item.opens:
            self.pieces.put(item, Kind.FURNITURE, PAGE, 0, item.opens)
            story.cut = False
        if item.dateline:
            start = self._dateline(item)
        if item.signed:
            end = item.signed[0]
        joined = story.cut and story.paragraphs > 0 and item.dateline is None
        self.pieces.put(item, Kind.PARAGRAPH, story.group, start, end, joined)
        story.paragraphs += not joined
        story.cut = not forms.ends(item.text[start:end])
        if item.signed:
            self.pieces.put(item, Kind.BYLINE, story.group, *item.signed)
            story.closed, story.cut = not self._is_listed(item), False

    def _is_listed(self, item: Item) -> bool:
        """Whether it is one of several marked paragraphs, each signed by itself (简讯)."""
        following = self.after(1)
        mark = item.text[:1]
        return (
            following is not None and not mark.isalnum() and mark not in "“‘《" and following.text[:1] == mark
        )

    def _dateline(self, item: Item) -> int:
        """Put the dateline and the names behind it; where the text goes on."""
        assert item.dateline
        story = self._current()
        self.pieces.put(item, Kind.DATELINE, story.group, *item.dateline)
        named = forms.byline_after(item.text, item.dateline[1])
        if named is None:
            rest = item.text[item.dateline[1] :]
            skipped = len(rest) - len(rest.lstrip(" \u3000:：-—－"))
            self.pieces.lengthen(skipped)
            return item.dateline[1] + skipped
        self.pieces.put(item, Kind.BYLINE, story.group, *named[0])
        story.signed_on_top = True
        return named[0][1]

    def _byline(self, item: Item) -> None:
        story = self.story
        if story is None:
            story = self._new()
        if story.paragraphs and not story.web and self._makes_lede(story):
            self.pieces.turn(story.group, Kind.PARAGRAPH, Kind.LEDE)
            story.paragraphs = 0
        self._own(item, Kind.BYLINE)
        if story.paragraphs:
            self.gallery.give(self._current())
            story.closed, story.cut = True, False
        else:
            story.signed_on_top = True

    def _makes_lede(self, story: Story) -> bool:
        """Whether one paragraph between headline and byline introduces the story that is signed on top."""
        following = self.after(1)
        return (
            story.headed
            and story.paragraphs == 1
            and not (story.dated or story.signed_on_top or story.cut or story.subheads)
            and following is not None
            and following.look == Look.TEXT
            and not following.dateline
        )

    # Pieces

    def _current(self) -> Story:
        return self.story or self._new()

    def _new(self, headed: bool = False) -> Story:
        self.story = Story(self.pieces.new_group(), headed=headed, web=self.form == WEB)
        self.stories.append(self.story)
        return self.story

    def _own(self, item: Item, kind: Kind) -> None:
        self.pieces.put(item, kind, self._current().group)
        if kind in (Kind.PARAGRAPH, Kind.TABLE):
            self._current().paragraphs += 1
            self._current().cut = False

    def _add(self, item: Item, kind: Kind) -> None:
        group = PAGE if kind.is_of_page else self._current().group
        self.pieces.put(item, kind, group)
