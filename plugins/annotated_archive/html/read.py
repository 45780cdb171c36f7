"""Read a decoded page: the whole way of it, from its text to a capture."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Capture
from .article import Body, find_body
from .blocks import read_blocks
from .clocks import page_clock
from .drafts import Comments
from .elements import Element
from .engine import is_supported, read_comments
from .index import Index, index_page
from .items import Item
from .json_ld import LinkedData, read_linked_data
from .ledger import Claim, account
from .limits import MAX_FRAMES
from .merging import join_comments
from .metadata import page_language, read_front
from .page_notes import comment_notes
from .platform import Platform
from .platforms import PLATFORMS
from .platforms.general import GENERAL, read_general
from .provenance import Saved, read_saved
from .responses import Responses, read_responses
from .stamps import Clock
from .titles import Front, title_address
from .tree import Source, parse_page


@dataclass(slots=True)
class Frame:
    """Hold a parsed page, or a page within it, and the comments found there."""

    index: Index
    found: Comments
    linked: LinkedData


def read_page(source: Source, saved: Saved | None = None, captured: str | None = None) -> Capture:
    """Return all that a page holds; *saved* is what its container says of its origin.

    *captured* is when it was captured, where neither it nor its container says so.

    >>> read_page(Source("<html lang=en><title>Rain</title><h1>Rain</h1><p>It rained.", "utf-8")).title
    'Rain'

    Raises `Unreadable` where the page is beyond the limits.
    """
    index = index_page(parse_page(source.text))
    saved = saved or Saved()
    own = read_saved(source.text, index)
    source_address, own_time = saved.source or own.source, saved.captured or own.captured
    clock = page_clock(index, source.text, page_language(index), own_time or captured)
    frames = [_read_frame(index, clock), *_inner_frames(index, clock)]
    main = frames[0]
    platforms = _relevant(main.index)
    found = join_comments([frame.found for frame in frames], main.linked)
    items = list(main.found.items)
    elements = {one for item in items for one in item.elements}
    body = find_body(index, (*platforms, GENERAL), elements)
    front = read_front(index, platforms, main.linked, clock, body.elements, elements)
    body.leave_out |= {one for one in front.elements if one not in body.elements}
    source_address = source_address or title_address(front, index)
    responses = read_responses(
        [frame.index for frame in frames],
        (*platforms, GENERAL),
        found,
        main.linked,
        front.title or "",
        elements,
    )
    pages = [
        _page(
            frame, body if frame is main else Body(), front if frame is main else Front(), responses
        )
        for frame in frames
    ]
    accounted = account(pages, len(source.text))
    notes = comment_notes(
        frames_found=[frame.found for frame in frames],
        responses=responses,
        is_date_ambiguous=front.is_ambiguous,
    )
    return Capture(
        characters=accounted.entries[-1].end,
        title=front.title,
        stamp=front.stamp,
        authors=front.authors,
        filed_under=front.categories,
        tags=front.tags,
        blocks=read_blocks(index, body.elements, body.leave_out, source_address or "")
        if body.elements
        else (),
        comments=tuple(found),
        declared=responses.declared,
        pager=responses.pager,
        source=source_address,
        captured=own_time,
        language=page_language(index),
        entries=accounted.entries,
        furniture=accounted.furniture,
        remainder=accounted.remainder,
        notes=source.notes + notes,
    )


def _relevant(index: Index) -> list[Platform]:
    """Return the tables whose marks the page bears, then those that are everywhere."""
    marked = [one for one in PLATFORMS if index.first(one.marks) is not None]
    return [*marked, *(one for one in PLATFORMS if one.is_everywhere and one not in marked)]


def _read_frame(index: Index, clock: Clock) -> Frame:
    """Return the comments of the table that explains most of them."""
    best = Comments("")
    for platform in _relevant(index):
        found = read_comments(index, platform, clock, best.score)
        if found.score > best.score and is_supported(found):
            best = found
    if not best.comments:
        best = read_general(index, clock)
    return Frame(index, best, read_linked_data(index))


def _inner_frames(index: Index, clock: Clock) -> list[Frame]:
    """Return the frames whose pages the file holds, as SingleFile keeps them."""
    frames = []
    for one in index.find("iframe[srcdoc], frame[srcdoc]")[:MAX_FRAMES]:
        text = one.get("srcdoc") or ""
        if text.strip():
            frame = _read_frame(index_page(parse_page(text)), clock)
            if frame.found.comments:
                frames.append(frame)
    return frames


def _page(
    frame: Frame, body: Body, front: Front, responses: Responses
) -> tuple[Index, dict[Element, Claim], tuple[int, int]]:
    """Return what is claimed of a page, and where its main content begins and ends."""
    claims: dict[Element, Claim] = {one: ("furniture", name) for one, name in responses.elements}
    claims |= dict.fromkeys(front.elements, ("article", "title, time and byline"))
    inside = frame.index.spans(body.elements)
    place = frame.index.place
    beside = (one for one in body.leave_out if one in place and place[one] in inside)
    claims |= {one: ("furniture", "beside the article") for one in beside if one not in claims}
    claims |= dict.fromkeys(body.elements, ("article", "article"))
    for number, item in enumerate(frame.found.items, 1):
        claims |= dict.fromkeys(item.elements, ("comment", f"comment {number}"))
    return frame.index, claims, _extent(frame.index, body.elements, frame.found.items)


def _extent(index: Index, bodies: Sequence[Element], items: Sequence[Item]) -> tuple[int, int]:
    places = [index.place[one] for one in bodies] + [item.first for item in items]
    ends = [index.ends[index.place[one]] for one in bodies] + [item.last for item in items]
    if not places:
        return 0, len(index.elements)
    return min(places), max(ends)
