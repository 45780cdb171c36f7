"""Find where a page's article ends: at the heading of its responses, else at the first of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from ..furniture import furniture_name, heading_count, is_controls
from ..lines import Line
from .layouts import Page, Signed, Stops, find_comments

CLOSING = ("reply form", "footer", "sidebar", "pager")
"""The furniture that stands below the last comment."""


@dataclass(frozen=True, slots=True)
class Responses:
    """Hold the *heading* of the responses and those that are certain; *first* is their first line.

    *doubtful* is the line from which on there may be responses, without certainty.
    """

    first: int
    heading: int | None = None
    signed: tuple[Signed, ...] = ()
    doubtful: int | None = None


def find_responses(lines: Sequence[Line], days_first: bool = False) -> Responses:
    """Return the line that heads the responses, and the comments after it.

    A count near the title ("3 Comments") is a heading too: the last one before the first comment
    is meant. Without a heading the comments must differ from all else that is signed.
    """
    page = Page(lines, days_first)
    headings = _headings(lines)
    stops = _stops(lines, headings)
    if headings:
        found = _headed(page, headings, stops)
        if found.signed:
            return found
    bare = find_comments(page, _after_head(lines), stops)
    if bare.signed and bare.certain:
        return Responses(bare.signed[0].first, None, bare.signed)
    if headings and not _is_weak(lines[found.first].words):
        return replace(found, doubtful=_text_below(lines, found.first + 1, stops))
    if bare.signed:
        return Responses(bare.signed[0].first, doubtful=bare.signed[0].first)
    return Responses(len(lines))


def _is_weak(words: str) -> bool:
    """Tell whether a heading may be one of an article's own chapters."""
    return words.lower().rstrip(" :") in ("discussion", "responses")


def _text_below(lines: Sequence[Line], start: int, stops: Stops) -> int | None:
    """Return the first line of text from *start* on, if there is one before the comments stop."""
    for at in range(start, len(lines)):
        if stops(at):
            return None
        if lines[at].words and not furniture_name(lines[at].words):
            return at
    return None


def _headings(lines: Sequence[Line]) -> list[int]:
    """Return the lines that head responses; "Responses (0)" among other buttons is one of them."""
    filled = ((at, line.words) for at, line in enumerate(lines) if line.words)
    return [
        at
        for (_, above), (at, words) in pairwise(chain([(-1, "")], filled))
        if heading_count(words[:300])[0] and not (is_controls(above) and is_controls(words))
    ]


def _stops(lines: Sequence[Line], headings: Sequence[int]) -> Stops:
    """Return what tells whether a line ends the last comment."""
    uncounted = frozenset(at for at in headings if heading_count(lines[at].words[:300])[1] is None)

    def stops(index: int) -> bool:
        words = lines[index].words
        return bool(words) and (furniture_name(words) in CLOSING or index in uncounted)

    return stops


def _headed(page: Page, headings: Sequence[int], stops: Stops) -> Responses:
    """Return the responses after the last heading that stands before the first signature."""

    lines = page.lines

    def below(heading: int) -> tuple[Signed, ...]:
        if heading_count(lines[heading].words)[1] == 0:
            return ()
        found = find_comments(page, heading + 1, stops, True)
        return found.signed if found.certain else ()

    signed = below(headings[0])
    before = [at for at in headings if not signed or at < signed[0].signature]
    heading = before[-1] if before else headings[0]
    if heading != headings[0]:
        signed = below(heading)
    if not signed:
        counted = [at for at in headings if heading_count(lines[at].words)[1] is not None]
        heading = (counted or headings)[-1]
    return Responses(heading, heading, signed)


def _after_head(lines: Sequence[Line]) -> int:
    """Return the line after the page's own title and time, which look like a comment's head.

    They end with the first sentence, or with the fifth line that is filled.
    """
    filled = [at for at, line in enumerate(lines) if line.words]
    sentence = (at for at in filled[:5] if _is_sentence(lines[at].words))
    return next(sentence, filled[min(4, len(filled) - 1)] if filled else -1) + 1


def _is_sentence(words: str) -> bool:
    return words.endswith((".", "!", "?", "…", "”", '"', ":")) and words.count(" ") > 5
