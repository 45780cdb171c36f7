"""Read the article of a captured text: what stands before its responses."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..furniture import furniture_name, heading_count, names_related
from ..lines import Line, paragraphs
from ..model import Account, Block, Stamp
from ..shortcodes import SHORTCODE, read_figure, split_shortcode
from ..times import read_stamp
from .masthead import (
    Masthead,
    is_filed,
    is_meta,
    is_time_line,
    read_byline,
    read_classification,
    read_meta,
)

_HEAD = 25
"""Look for the title and the page's own time in so many filled lines."""

_RELATED = 13
"""A list of related posts has at most so many filled lines, its heading included."""

Accounted = tuple[int, int, Account, str]


@dataclass(frozen=True, slots=True)
class Front:
    """Hold what was read before the responses; *last* is the line after it."""

    last: int
    title: str | None
    stamp: Stamp | None
    authors: tuple[str, ...]
    role: str
    filed_under: tuple[str, ...]
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]
    accounts: tuple[Accounted, ...]
    declared: int | None = None


@dataclass(slots=True)
class _Reading:
    """Hold the lines, and collect what they say."""

    lines: Sequence[Line]
    masthead: Masthead = field(default_factory=Masthead)
    accounts: list[Accounted] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def put(self, first: int, last: int, account: Account, name: str) -> None:
        self.accounts.append((first, last, account, name))


def read_article(lines: Sequence[Line], end: int, quoted: str, days_first: bool = False) -> Front:
    """Read the lines before *end*; *quoted* is the title that the responses' heading quotes.

    *days_first* says how the page writes days in figures.
    """
    reading = _Reading(lines)
    title_at = _find_title(lines, end, quoted)
    body = end if title_at is None else title_at + 1
    _read_body(reading, body, _read_tail(reading, body, end))
    # The time nearest the title is the article's own: page headers print the day of the visit.
    for index in range(body):
        words = lines[index].words
        if index == title_at:
            reading.put(index, index + 1, "article", "title")
        elif words and is_meta(words):
            told = _told(reading.masthead)
            read_meta(words, reading.masthead)
            _put_meta(reading, index, told)
        elif words:
            reading.put(index, index + 1, "furniture", furniture_name(words) or "page header")
    masthead = reading.masthead
    return Front(
        last=end,
        title=lines[title_at].words if title_at is not None else None,
        stamp=read_stamp(masthead.printed_date, masthead.printed_time, days_first)
        if masthead.printed_date
        else None,
        authors=masthead.authors,
        role=masthead.role,
        filed_under=masthead.filed_under,
        tags=masthead.tags,
        blocks=tuple(reading.blocks),
        accounts=tuple(reading.accounts),
        declared=masthead.declared,
    )


def _told(masthead: Masthead) -> tuple[object, ...]:
    return (masthead.printed_date, masthead.printed_time, masthead.authors, masthead.filed_under)


def _put_meta(reading: _Reading, index: int, told: tuple[object, ...]) -> None:
    """Account for a line of time and byline: one that says nothing new is kept as furniture."""
    if _told(reading.masthead) == told:
        reading.put(index, index + 1, "furniture", "further time or byline")
    else:
        reading.put(index, index + 1, "article", "time and byline")


def _known(words: str) -> str:
    """Name the furniture that a line is, a heading of responses included."""
    return furniture_name(words) or ("responses heading" if heading_count(words[:300])[0] else "")


def _find_title(lines: Sequence[Line], end: int, quoted: str) -> int | None:
    """Return the line of the title: as the responses quote it, or nearest to the page's own time."""
    filled = [at for at in range(end) if lines[at].words]
    exact = [at for at in filled if quoted and lines[at].words == quoted]
    if exact:
        return exact[0]
    head = filled[:_HEAD]
    candidates = [at for at in head if _may_be_title(lines[at].words)]
    times = [at for at in head if is_meta(lines[at].words)]
    if not times:
        return _title_before_text(lines, candidates)
    before = [at for at in candidates if at < times[0] and len(lines[at].words) <= 200]
    after = [at for at in candidates if at > times[0]]
    if before and after and _is_title_after_time(lines, times, before[-1], after[0]):
        return after[0]
    return next(iter([*before[-1:], *after, *candidates]), None)


def _title_before_text(lines: Sequence[Line], candidates: Sequence[int]) -> int | None:
    """Return the last line before the first that reads like a sentence of the article."""
    short: list[int] = []
    for at in candidates:
        words = lines[at].words
        if len(words) > 120 or words.endswith("."):
            break
        short.append(at)
    return next(iter([*short[-1:], *candidates]), None)


def _is_title_after_time(
    lines: Sequence[Line], times: Sequence[int], before: int, after: int
) -> bool:
    """Tell whether the title stands between the page's date and its byline or its text.

    A line that touches the date from above is the title itself.
    """
    words, masthead = lines[after].words, Masthead()
    read_meta(lines[times[0]].words, masthead)
    if masthead.authors:
        return False  # a byline stands below its title
    if before == times[0] - 1 or len(words) > 120 or words.endswith("."):
        return False
    between = [at for at in range(times[0] + 1, after) if lines[at].words and at not in times]
    following = next((at for at in range(after + 1, len(lines)) if lines[at].words), None)
    if between or following is None:
        return False
    second = lines[times[0] + 1].words if times[0] + 1 < len(lines) else ""
    if is_time_line(second) or following in times or is_filed(lines[following].words):
        return True
    group = _group(lines, following, min(len(lines), following + 3))
    byline = read_byline(lines, following, group, Masthead())
    return byline or len(lines[following].words) > 120


def _may_be_title(words: str) -> bool:
    if len(words) > 300 or is_meta(words) or SHORTCODE.fullmatch(words):
        return False
    return not _known(words)


def _read_tail(reading: _Reading, body: int, end: int) -> int:
    """Return where the furniture below the article begins, and read its categories."""
    lines, last = reading.lines, end
    for index in range(end - 1, body - 1, -1):
        words = lines[index].words
        if words and words.lower().startswith("posted by") and is_meta(words):
            told = _told(reading.masthead)
            read_meta(words, reading.masthead)
            _put_meta(reading, index, told)
            last = index
            continue
        if words and not _known(words):
            break
        if words:
            reading.put(index, index + 1, "furniture", _known(words))
            read_classification(words, reading.masthead)
            last = index
    filed = [at for at in range(body, last) if is_filed(lines[at].words, below=True)]
    if not filed or sum(1 for at in range(filed[-1], last) if lines[at].words) > 12:
        return _related(reading, body, last)
    for index in range(filed[-1], last):
        words = lines[index].words
        if words and _known(words):
            reading.put(index, index + 1, "furniture", _known(words))
            read_classification(words, reading.masthead)
    return filed[-1]


def _related(reading: _Reading, body: int, last: int) -> int:
    """Return where a short list of related posts begins, which ends the article; else *last*."""
    filled = [at for at in range(body, last) if reading.lines[at].words][-_RELATED:]
    head = next((at for at in filled if names_related(reading.lines[at].words)), last)
    for at in range(head, last):
        if reading.lines[at].words:
            reading.put(at, at + 1, "furniture", "sidebar")
    return head


def _read_body(reading: _Reading, body: int, last: int) -> None:
    """Read paragraphs and figures; before the first paragraph, time, byline and furniture too."""
    index, opening = body, True
    while index < last:
        if not reading.lines[index].words:
            index += 1
            continue
        used = _read_opening(reading, index, last) if opening else 0
        if used:
            index = used
            continue
        group = _group(reading.lines, index, last)
        figure = _put_block(reading, index, group)
        opening = opening and figure
        index = group


def _read_opening(reading: _Reading, index: int, last: int) -> int:
    """Read a line before the first paragraph; return the line after what was read, else 0."""
    words, masthead = reading.lines[index].words, reading.masthead
    group = _group(reading.lines, index, min(last, index + 3))  # a byline has two lines at most
    if read_byline(reading.lines, index, group, masthead):
        reading.put(index, group, "article", "byline")
        return group
    told = _told(masthead)
    if read_meta(words, masthead):
        _put_meta(reading, index, told)
        return index + 1
    if _known(words):
        read_classification(words, masthead)
        reading.put(index, index + 1, "furniture", _known(words))
        return index + 1
    return 0


def _group(lines: Sequence[Line], index: int, last: int) -> int:
    """Return the line after the group of filled lines that begins at *index*."""
    while index < last and lines[index].words:
        index += 1
    return index


def _put_block(reading: _Reading, index: int, group: int) -> bool:
    """Add the group of lines as a figure, a paragraph or both; tell whether it is a figure alone."""
    text = "\n".join(paragraphs(tuple(reading.lines[index:group])))
    shortcode, rest = split_shortcode(text)
    figure = read_figure(shortcode)
    if figure:
        reading.blocks.append(Block(_block_id(reading, "figure"), "figure", shortcode, *figure))
    if rest or not figure:
        words = rest if figure else text
        reading.blocks.append(Block(_block_id(reading, "p"), "paragraph", words))
    reading.put(index, group, "article", "figure" if figure and not rest else "paragraph")
    return figure is not None and not rest


def _block_id(reading: _Reading, kind: str) -> str:
    reading.counts[kind] += 1
    return f"{kind}-{reading.counts[kind]}"
