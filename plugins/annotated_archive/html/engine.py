"""Apply a platform's table to a page: read its comments."""

from dataclasses import replace

from ..model import CapturedComment
from .bodies import NOTICE, find_bodies, without_lines
from .drafts import BEST, Comments, Draft
from .elements import Element
from .heads import find_authors, find_dates
from .index import Index
from .items import Items, find_items
from .metadata import language_tag
from .pings import kinds_of, read_trackback
from .platform import Platform
from .stamps import Clock
from .threads import answered
from .visible import Visible


def read_comments(index: Index, platform: Platform, clock: Clock, beyond: int = -1) -> Comments:
    """Return all comments of a page that *platform* knows; none, if they cannot score *beyond* that."""
    found = _read(index, platform, clock, beyond)
    undated = sum(not c.stamp for c in found.comments)
    if found.comments and undated * 2 > len(found.comments) and not platform.follows:
        beside = _read(index, replace(platform, follows=True), clock, found.score)
        return beside if beside.score > found.score else found
    return found


def _read(index: Index, platform: Platform, clock: Clock, beyond: int) -> Comments:
    items = find_items(index, platform)
    result = Comments(platform.name)
    if not items.all or BEST * len(items.all) <= beyond:
        return result
    out = _left_out(index, platform, items)
    drafts = [Draft() for _ in items.all]
    find_dates(items, platform, clock, drafts, result)
    find_authors(items, platform, clock, drafts, out)
    find_bodies(items, platform, drafts, out)
    parents = answered(items, platform)
    kinds = kinds_of(items, platform)
    for number, (item, draft) in enumerate(zip(items.all, drafts, strict=True)):
        body = without_lines(NOTICE, draft.body) if draft.body else Visible()
        if kinds[number] == "trackback" and (from_ := read_trackback(body))[0]:
            draft.author, body = from_
        result.images += body.images
        comment = CapturedComment(
            author=draft.author, text=body.text, stamp=draft.stamp, source_id=item.source_id,
            reply_to=parents[number], kind=kinds[number], styles=body.styles,
            language=language_tag(item.element.get("lang") or ""),
        )  # fmt: skip
        if comment.text or comment.author or (comment.source_id and comment.stamp):
            result.comments.append(comment)
            result.items.append(item)
    _leave_unsigned(result)
    return result


def _leave_unsigned(result: Comments) -> None:
    """Leave out what has neither name nor time nor id, where nearly all others have: a form, a notice."""
    signed = [bool(c.author or c.stamp or c.source_id) for c in result.comments]
    if all(signed) or sum(signed) < 0.6 * len(signed):
        return
    result.items = [item for item, is_signed in zip(result.items, signed, strict=True) if is_signed]
    result.comments = [c for c, is_signed in zip(result.comments, signed, strict=True) if is_signed]


def is_supported(found: Comments) -> bool:
    """Tell whether enough comments are signed to believe that they are comments.

    Where none has an id of the page's own, half of them must have a time and words.
    """
    if not any(comment.source_id for comment in found.comments):
        whole = sum(bool(c.stamp and c.text) or c.kind != "comment" for c in found.comments)
        return (whole * 2 >= len(found.items) and whole > 0) or bool(found.relative)
    signed = sum(bool(c.author or c.stamp) for c in found.comments)
    return signed * 3 >= len(found.items) and signed > 0


def _left_out(index: Index, platform: Platform, items: Items) -> set[Element]:
    out = set(index.find(platform.leave_out)) if platform.leave_out else set()
    out |= {item.element for item in items.all}
    out |= {one for item in items.all for one in item.rest}
    return out
