"""Put together the comments that several readings of one page found, each comment once."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..model import CapturedComment
from .drafts import Comments
from .json_ld import LinkedData


def join_comments(found: Sequence[Comments], linked: LinkedData) -> list[CapturedComment]:
    """Return all comments, in the order of the page; JSON-LD fills what is missing."""
    joined = _with_own_ids([comment for one in found for comment in one.comments])
    if not joined:
        return _with_own_ids(linked.comments)
    if not linked.comments:
        return joined
    by_id = {one.source_id: one for one in linked.comments if one.source_id}
    by_text = {_key(one): one for one in linked.comments}
    return [_filled(one, by_id.get(one.source_id) or by_text.get(_key(one))) for one in joined]


def _with_own_ids(comments: Sequence[CapturedComment]) -> list[CapturedComment]:
    """Return comments of which each id is borne by the first alone: a page may hold it again."""
    seen: set[str] = set()
    own = []
    for comment in comments:
        own.append(replace(comment, source_id="") if comment.source_id in seen else comment)
        seen.add(comment.source_id)
    return own


def _key(comment: CapturedComment) -> str:
    return re.sub(r"\W+", "", comment.text)[:80]


def _filled(comment: CapturedComment, other: CapturedComment | None) -> CapturedComment:
    if other is None or (comment.author and comment.stamp and comment.text):
        return comment
    return replace(
        comment,
        author=comment.author or other.author,
        stamp=comment.stamp or other.stamp,
        text=comment.text or other.text,
    )
