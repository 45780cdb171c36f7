"""Find what belongs to an article: around its title and its text, not beside the page's content."""

import re
from collections.abc import Collection, Sequence

from .elements import Element, all_text
from .index import Index
from .spans import Spans
from .visible import read_visible

_SIGNED = re.compile(
    r"(?:^|[\s_-])(?:posted|byline|author|meta|dateline|postinfo|entry-info)(?:$|[\s_-])", re.I
)
_LINE_TAGS = frozenset(
    [
        "p",
        "div",
        "span",
        "small",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "td",
        "time",
        "abbr",
        "dd",
        "dt",
        "em",
        "cite",
        "address",
        "i",
        "b",
        "strong",
        "header",
        "footer",
        "ul",
        "table",
    ]
)


class Near:
    """Find elements that belong to the article: not in a comment, nor in what stands beside."""

    def __init__(
        self, index: Index, body: Sequence[Element], comments: Collection[Element]
    ) -> None:
        self.index = index
        spans = [
            *comments,
            *index.find(
                "aside, .sidebar, #sidebar, .widget:not(.Blog), .related-posts, .jp-relatedposts, #secondary, .yarpp-related, .recent-posts, .post-navigation, .nav-links, .navigation"
            ),
        ]
        self.away = index.spans(spans)
        self.body = body
        self.inner = Spans.of((first + 1, end) for first, end in map(index.extent, body))
        self.known_lines: list[Element] | None = None
        self.home = self._home()

    def _home(self) -> Element | None:
        """Return the element that holds the article with its title and its meta data."""
        if not self.body:
            return None
        at: Element | None = self.body[0].getparent()
        home = None
        while at is not None and at.tag not in ("body", "html"):
            names = f"{at.get('class') or ''} {at.get('itemtype') or ''}"
            if at.tag == "article" or re.search(
                r"(?:^|\s)(?:post|hentry|entry|h-entry|type-post|single-post|node|blog-post|post-outer|cnnPostWrap)(?:\s|$)|Article|BlogPosting",
                names,
            ):
                home = at
            at = at.getparent()
        return home

    def find(self, selector: str) -> list[Element]:
        """Return what belongs to the article, what is in its own element first."""
        place = self.index.place
        found = [
            one
            for one in self.index.find(selector)
            if place[one] not in self.away and place[one] not in self.inner
        ]
        if self.home is None:
            return found
        first, last = self.index.extent(self.home)
        own = [one for one in found if first <= place[one] < last]
        return (
            own + [one for one in found if not first <= place[one] < last]
            if len(own) < len(found)
            else own
        )

    def headings(self) -> list[Element]:
        """Return the headings outside of the article's text, and those that begin it."""
        first = self.index.place[self.body[0]] if self.body else 0
        found = self.index.find("h1, h2, h3, h4")
        inner = [
            h
            for h in found
            if self.body
            and self.index.contains(self.body[0], h)
            and self.index.place[h] - first < 8
        ]
        outer = [
            h
            for h in found
            if h not in inner and not any(self.index.contains(b, h) for b in self.body)
        ]
        return [h for h in (*outer, *inner) if not self._is_away(self.index.place[h])]

    def distance(self, one: Element) -> int:
        """Return how many elements stand between *one* and the article's text; those after it are far."""
        if not self.body:
            return 100 * int(str(one.tag)[1:] or 9) if str(one.tag)[1:].isdigit() else 900
        apart = self.index.place[self.body[0]] - self.index.place[one]
        return apart if apart >= 0 else 1000 - apart if apart < -8 else -apart

    def is_site(self, one: Element) -> bool:
        """Tell whether a heading is the site's own: it stands in the site's header, or leads home."""
        for around in (one, *one.iterancestors()):
            names = f"{around.get('id') or ''} {around.get('class') or ''}"
            if around is not self.home and re.search(
                r"(?:^|[\s_-])(?:site-?(?:title|header|name|description|branding)|branding|masthead|blog-?(?:title|name|header)|banner|logo)",
                names,
            ):
                return True
            if around is self.home:
                break
        links = [a.get("href") or "" for a in one.iter("a")]
        return any(re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+)?", link) for link in links)

    def lines(self, title: Sequence[Element]) -> list[Element]:
        """Return short elements around the title and the article's text: below the title, above it, below the text."""
        anchors = [self.index.place[one] for one in (*title[:1], *self.body[:1])]
        if not anchors:
            return []
        if self.known_lines is not None:
            return self.known_lines
        first, last = min(anchors), max(anchors)
        end = self.index.ends[self.index.place[self.body[0]]] if self.body else last
        between = self._short(first + 1, last + 12)
        inner = [one for b in self.body for one in self._short(self.index.place[b] + 9, end)]
        self.known_lines = [
            *between,
            *reversed(self._short(max(first - 24, 0), first)),
            *inner,
            *self._short(end, end + 48),
        ]
        return self.known_lines

    def _short(self, start: int, stop: int) -> list[Element]:
        found: list[Element] = []
        inside = 0
        for place in range(start, min(stop, len(self.index.elements))):
            one = self.index.elements[place]
            if place < inside or self._is_away(place) or one.tag not in _LINE_TAGS:
                continue
            is_inner = any(
                self.index.contains(b, one) and place - self.index.place[b] > 8 for b in self.body
            )
            if (is_inner and not _SIGNED.search(one.get("class") or "")) or any(
                self.index.contains(one, b) for b in self.body
            ):
                continue
            if len(all_text(one)) > 2000:
                continue
            text = text_of(one)
            if 3 < len(text) <= 320:
                found.append(one)
                inside = self.index.ends[place]
        return found

    def is_home(self, one: Element) -> bool:
        """Tell whether *one* stands in the article's own element."""
        return self.home is None or self.index.contains(self.home, one)

    def _is_away(self, place: int) -> bool:
        return place in self.away


def text_of(one: Element) -> str:
    """Return the visible text of an element on one line."""
    return " ".join(read_visible([one]).text.split())
