"""Read a page of a classic WordPress theme that was copied as text.

The page is cut in three: the article, the comments, and what stands after them. Whatever is in
none of these and is no known furniture is kept as remainder, and reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..encoding import decode
from ..furniture import furniture_name, heading_count, is_pager, quoted_title
from ..lines import Line, split_lines
from ..model import Account, Capture, Entry, Note, Passage
from ..plain_text.article import Front, read_article
from ..plain_text.responses import CLOSING, Responses, find_responses
from ..times import puts_days_first
from .base import CaptureFormat

_BLANK: tuple[Account, str] = ("furniture", "blank")
_LEFT: tuple[Account, str] = ("remainder", "not understood")
NOT_UNDERSTOOD = "responses that were not understood"


@dataclass(slots=True)
class Accounts:
    """Collect which account each line belongs to, by the line's index."""

    lines: Sequence[Line]
    names: list[tuple[Account, str] | None] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no line on any account."""
        self.names = [None] * len(self.lines)

    def put(self, first: int, last: int, account: Account, name: str) -> None:
        """Put the lines from *first* up to *last* on an account."""
        self.names[first:last] = [(account, name)] * (last - first)

    def entries(self) -> tuple[Entry, ...]:
        """Return what covers every character; a blank line goes with the line before it."""
        entries: list[Entry] = []
        start, current = 0, _BLANK
        for line, put in zip(self.lines, self.names, strict=True):
            name = put or (_LEFT if line.words else current)
            if name is not current and name != current:
                if line.start > start:
                    entries.append(Entry(start, line.start, *current))
                start, current = line.start, name
        if self.lines:
            entries.append(Entry(start, self.lines[-1].end, *current))
        return tuple(entries)


def read_text(data: bytes, captured: str | None = None) -> Capture:
    """Read the bytes of a captured text; raise `Unreadable` where they are not text."""
    text, notes = decode(data)
    lines = split_lines(text)
    accounts = Accounts(lines)
    days_first = puts_days_first(text)
    responses = find_responses(lines, days_first)
    heading, signed = responses.heading, responses.signed
    front = read_article(lines, responses.first, _title(lines, heading), days_first)
    _account_front(accounts, front)
    if heading is not None:
        accounts.put(heading, heading + 1, "furniture", "responses heading")
    for number, one in enumerate(signed, 1):
        accounts.put(one.first, one.last, "comment", f"comment {number}")
    if responses.doubtful is not None:
        _account_doubtful(accounts, responses.doubtful)
    pager = _account_rest(accounts, front.last, signed[-1].last if signed else front.last)
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
        notes=notes + _notes(responses),
    )


def _declared(lines: Sequence[Line], heading: int | None, front: Front) -> int | None:
    """Return how many responses the heading declares, else the line of time and byline."""
    counted = heading_count(lines[heading].words)[1] if heading is not None else None
    return front.declared if counted is None else counted


def _title(lines: Sequence[Line], heading: int | None) -> str:
    return quoted_title(lines[heading].words) if heading is not None else ""


def _account_front(accounts: Accounts, front: Front) -> None:
    for first, last, account, name in front.accounts:
        accounts.put(first, last, account, name)


def _account_doubtful(accounts: Accounts, start: int) -> None:
    """Put what may be responses on the account of what was not understood, under their name."""
    for index in range(start, len(accounts.lines)):
        words = accounts.lines[index].words
        if words and furniture_name(words) in CLOSING:
            break
        if words:
            accounts.put(index, index + 1, "remainder", NOT_UNDERSTOOD)


def _account_rest(accounts: Accounts, start: int, closing: int) -> str:
    """Put known furniture from *start* on its account, and return the pager's words.

    From *closing* on, what follows the heading of a sidebar belongs to it.
    """
    pager, section = "", ""
    for index in range(start, len(accounts.lines)):
        words = accounts.lines[index].words
        if not words or accounts.names[index]:
            continue
        name = furniture_name(words) or (
            "responses heading" if heading_count(words[:300])[0] else ""
        )
        if name == "sidebar" and index >= closing:
            section = name
        if is_pager(words) and not section:
            pager = pager or words
        if name or section:
            accounts.put(index, index + 1, "furniture", name or section)
    return pager


def _passages(text: str, entries: Sequence[Entry], account: Account) -> tuple[Passage, ...]:
    found = ((e.name, text[e.start : e.end].strip()) for e in entries if e.account == account)
    return tuple(Passage(name, words) for name, words in found if words)


def _notes(responses: Responses) -> tuple[Note, ...]:
    """Note what is inferred of the responses, and what is not understood."""
    if responses.doubtful is not None:
        return (
            Note(
                "responses-unread",
                "What follows the article may be responses, but it is not certain who signs them; "
                "it is kept below as it is.",
            ),
        )
    if responses.heading is not None or not responses.signed:
        return ()
    return (
        Note(
            "boundary",
            "The page does not mark where its comments begin; they are taken to begin with the "
            "first text that is signed with a name and a time.",
        ),
    )


FORMAT = CaptureFormat("text", lambda data: True, read_text)
