"""Read a page of a classic WordPress theme that was copied as text.

The page is cut in three: the article, the comments, and what stands after them. Whatever is in
none of these and is no known furniture is kept as remainder, and reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..article import Front, read_article
from ..encoding import decode
from ..furniture import furniture_name, heading_count, is_pager, quoted_title
from ..layouts import Signed, find_comments
from ..lines import Line, split_lines
from ..model import Account, Capture, Entry, Note, Passage
from .base import CaptureFormat

_CLOSING = ("reply form", "footer", "sidebar", "pager")


@dataclass(slots=True)
class Accounts:
    """Collect which account each line belongs to, by the line's index."""

    lines: Sequence[Line]
    names: dict[int, tuple[Account, str]] = field(default_factory=dict)

    def put(self, first: int, last: int, account: Account, name: str) -> None:
        """Put the lines from *first* up to *last* on an account."""
        for index in range(first, last):
            self.names[index] = (account, name)

    def entries(self) -> tuple[Entry, ...]:
        """Return what covers every character; a blank line goes with the line before it."""
        entries: list[Entry] = []
        current: tuple[Account, str] = ("furniture", "blank")
        for index, line in enumerate(self.lines):
            if index in self.names:
                current = self.names[index]
            elif line.words:
                current = ("remainder", "not understood")
            if entries and (entries[-1].account, entries[-1].name) == current:
                entries[-1] = Entry(entries[-1].start, line.end, *current)
            else:
                entries.append(Entry(line.start, line.end, *current))
        return tuple(entries)


def read_text(data: bytes) -> Capture:
    """Read the bytes of a captured text; raise `Unreadable` where they are not text."""
    text, notes = decode(data)
    lines = split_lines(text)
    accounts = Accounts(lines)
    heading, signed = _find_responses(lines)
    front = read_article(lines, _article_end(lines, heading, signed), _title(lines, heading))
    _account_front(accounts, front)
    if heading is not None:
        accounts.put(heading, heading + 1, "furniture", "responses heading")
    for number, one in enumerate(signed, 1):
        accounts.put(one.first, one.last, "comment", f"comment {number}")
    pager = _account_rest(accounts, (heading or front.last) if not signed else signed[-1].last)
    entries = accounts.entries()
    return Capture(
        characters=len(text),
        title=front.title,
        stamp=front.stamp,
        authors=front.authors,
        role=front.role,
        filed_under=front.filed_under,
        tags=front.tags,
        blocks=front.blocks,
        comments=tuple(one.comment for one in signed),
        declared=_declared(lines, heading, front),
        pager=pager,
        entries=entries,
        furniture=_passages(text, entries, "furniture"),
        remainder=_passages(text, entries, "remainder"),
        notes=notes + _boundary_note(heading, signed),
    )


def _find_responses(lines: Sequence[Line]) -> tuple[int | None, tuple[Signed, ...]]:
    """Return the line that heads the responses, and the comments after it.

    A count near the title ("3 Comments") is a heading too: the last one before the first comment
    is meant. Without a heading the comments must be at least two, or begin after the article.
    """
    headings = [at for at, line in enumerate(lines) if heading_count(line.words[:300])[0]]
    uncounted = frozenset(at for at in headings if heading_count(lines[at].words[:300])[1] is None)

    def stops(index: int) -> bool:
        words = lines[index].words
        return bool(words) and (furniture_name(words) in _CLOSING or index in uncounted)

    if not headings:
        signed = find_comments(lines, _after_head(lines), stops)
        return None, signed if len(signed) > 1 else ()
    signed = find_comments(lines, headings[0] + 1, stops, True)
    before = [at for at in headings if not signed or at < signed[0].signature]
    heading = before[-1] if before else headings[0]
    if heading != headings[0]:
        signed = find_comments(lines, heading + 1, stops, True)
    if not signed:
        counted = [at for at in headings if heading_count(lines[at].words)[1] is not None]
        heading = (counted or headings)[-1]
    return heading, signed


def _after_head(lines: Sequence[Line]) -> int:
    """Return the line after the page's own title and time, which look like a comment's head."""
    filled = [at for at, line in enumerate(lines) if line.words]
    return filled[min(4, len(filled) - 1)] + 1 if filled else 0


def _article_end(lines: Sequence[Line], heading: int | None, signed: Sequence[Signed]) -> int:
    if heading is not None:
        return heading
    return signed[0].first if signed else len(lines)


def _declared(lines: Sequence[Line], heading: int | None, front: Front) -> int | None:
    """Return how many responses the heading declares, else the line of time and byline."""
    counted = heading_count(lines[heading].words)[1] if heading is not None else None
    return front.declared if counted is None else counted


def _title(lines: Sequence[Line], heading: int | None) -> str:
    return quoted_title(lines[heading].words) if heading is not None else ""


def _account_front(accounts: Accounts, front: Front) -> None:
    for first, last, account, name in front.accounts:
        accounts.put(first, last, account, name)


def _account_rest(accounts: Accounts, start: int) -> str:
    """Put known furniture after the comments on its account, and return the pager's words."""
    pager, section = "", ""
    for index in range(start, len(accounts.lines)):
        words = accounts.lines[index].words
        if not words or index in accounts.names:
            continue
        name = furniture_name(words) or (
            "responses heading" if heading_count(words[:300])[0] else ""
        )
        if name == "sidebar":
            section = name
        if is_pager(words) and not section:
            pager = pager or words
        if name or section:
            accounts.put(index, index + 1, "furniture", name or section)
    return pager


def _passages(text: str, entries: Sequence[Entry], account: Account) -> tuple[Passage, ...]:
    found = ((e.name, text[e.start : e.end].strip()) for e in entries if e.account == account)
    return tuple(Passage(name, words) for name, words in found if words)


def _boundary_note(heading: int | None, signed: Sequence[Signed]) -> tuple[Note, ...]:
    if heading is not None or not signed:
        return ()
    return (
        Note(
            "boundary",
            "The page does not mark where its comments begin; they are taken to begin with the "
            "first text that is signed with a name and a time.",
        ),
    )


FORMAT = CaptureFormat("text", lambda data: True, read_text)
