"""Put the captures of one item together into one document.

Facts that contradict each other are noted, never mended: both stay as they were captured.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from .anchor_lock import Pin, pinned_ids
from .errors import Problem
from .marks import marks_note
from .merge import MergedComment, merge_blocks, merge_comments
from .model import (
    Capture,
    CaptureFile,
    Comment,
    Document,
    Gap,
    Ledger,
    Note,
    Stamp,
)
from .times import localise, zone_of


@dataclass(frozen=True, slots=True)
class Provenance:
    """Hold what capture.yaml says of an item: its files, and what only a person knows."""

    slug: str
    files: tuple[CaptureFile, ...]
    source: str | None = None
    time_zone: str | None = None
    title: str | None = None
    published: str | None = None
    original_is_public: bool = False


def join_captures(
    provenance: Provenance, captures: Sequence[Capture], pins: Sequence[Pin] = ()
) -> Document:
    """Return the document of all captures of an item, the first one's article leading.

    *pins* are the ids that comments have already.

    Raises `Problem` where no capture has a title and capture.yaml gives none.
    """
    title = provenance.title or next((c.title for c in captures if c.title), None)
    if not title:
        raise Problem(
            "no-title",
            "no title was found in the capture",
            remedy="write 'title:' in capture.yaml",
        )
    stamp = next((c.stamp for c in captures if c.stamp), None)
    zone, zone_notes = _zone(provenance, stamp)
    published = _published(provenance, stamp, zone)
    names = [file.name for file in provenance.files] or [str(n) for n, _ in enumerate(captures)]
    comments = identify(merge_comments(names, captures), zone, pins)
    declared = [c.declared for c in captures if c.declared is not None]
    responses = Gap(
        max(declared, default=None), len(comments), next((c.pager for c in captures if c.pager), "")
    )
    notes = tuple(note for capture in captures for note in capture.notes)
    article, others = merge_blocks(names, captures)
    document = Document(
        slug=provenance.slug,
        title=title,
        published=published,
        published_printed=stamp.printed if stamp else "",
        authors=next((c.authors for c in captures if c.authors), ()),
        role=next((c.role for c in captures if c.role), ""),
        filed_under=next((c.filed_under for c in captures if c.filed_under), ()),
        tags=next((c.tags for c in captures if c.tags), ()),
        blocks=article,
        comments=comments,
        responses=responses,
        ledger=count_characters(captures),
        source=provenance.source or next((c.source for c in captures if c.source), None),
        time_zone=str(zone),
        files=provenance.files,
        furniture=tuple(p for capture in captures for p in capture.furniture),
        remainder=(*(p for capture in captures for p in capture.remainder), *others),
        notes=(),
        language=next((c.language for c in captures if c.language), ""),
        is_day=not provenance.published and stamp is not None and not stamp.has_time,
    )
    if others or any(block.variants for block in article):
        text = (
            "The captures differ in the article's text; what others have is kept beside or below."
        )
        notes += (Note("article-differs", text),)
    return _with_notes(document, notes + zone_notes)


def _zone(provenance: Provenance, stamp: Stamp | None) -> tuple[tzinfo, tuple[Note, ...]]:
    """Return the zone of the page's own clock, with a note where the page does not say it."""
    printed = zone_of(stamp.zone) if stamp and stamp.zone else None
    if provenance.time_zone:
        zone: tzinfo = ZoneInfo(provenance.time_zone)
        if (
            printed
            and stamp
            and stamp.local.replace(tzinfo=printed) != stamp.local.replace(tzinfo=zone)
        ):
            fault = f"The page prints the zone {stamp.zone}, capture.yaml says {zone}."
            return zone, (Note("zone-differs", fault),)
        return zone, ()
    if printed:
        return printed, ()
    text = "Neither the page nor its editor says which time zone its times are in; they are given as UTC."
    return ZoneInfo("UTC"), (Note("zone-unknown", text),)


def _published(provenance: Provenance, stamp: Stamp | None, zone: tzinfo) -> datetime | None:
    if provenance.published:
        given = datetime.fromisoformat(provenance.published)
        return given if given.tzinfo else given.replace(tzinfo=zone)
    return localise(stamp, zone) if stamp else None


def identify(
    merged: Sequence[MergedComment], zone: tzinfo, pins: Sequence[Pin] = ()
) -> tuple[Comment, ...]:
    """Give each comment its permanent id: the pinned one, else the page's own, else its minute.

    Those of the same minute in its own zone get -2, -3 as met. An id that is pinned is given to no
    other comment.
    """
    read = [_comment(one, zone) for one in merged]
    ids = pinned_ids(read, pins)
    taken = {pin.id for pin in pins}
    counts: dict[str, int] = {}
    for place, comment in enumerate(read):
        base = _base(comment)
        pinned = bool(ids[place])
        while not ids[place] or (ids[place] in taken and not pinned):
            counts[base] = counts.get(base, 0) + 1
            bare = counts[base] == 1 and base != "comment-undated"
            ids[place] = base if bare else f"{base}-{counts[base]}"
        taken.add(ids[place])
    named = {one.source_id: ids[n] for n, one in enumerate(read) if one.source_id}
    return tuple(
        replace(comment, id=ids[place], reply_to=named.get(comment.reply_to, ""))
        for place, comment in enumerate(read)
    )


def _base(comment: Comment) -> str:
    """Return what the id of a comment begins with."""
    own = re.sub(r"[^a-z0-9]+", "-", comment.source_id.lower()).strip("-")
    if own:
        return f"comment-{own[:60]}"
    when = comment.published
    if when is None:
        return "comment-undated"
    return f"comment-{when.year}{when.month:02}{when.day:02}-{when.hour:02}{when.minute:02}"


def _comment(merged: MergedComment, zone: tzinfo) -> Comment:
    comment, stamp = merged.comment, merged.comment.stamp
    return Comment(
        id="",
        author=comment.author,
        text=comment.text,
        published=localise(stamp, zone) if stamp else None,
        printed=stamp.printed if stamp else "",
        number=comment.number,
        is_day=stamp is not None and not stamp.has_time,
        origins=merged.origins,
        source_id=comment.source_id,
        reply_to=comment.reply_to,
        kind=comment.kind,
        styles=comment.styles,
        variants=merged.variants,
        is_approximate=stamp is not None and stamp.is_approximate,
        language=comment.language,
    )


def count_characters(captures: Sequence[Capture]) -> Ledger:
    """Count the characters of each account over all captures."""
    counts = {"article": 0, "comment": 0, "furniture": 0, "remainder": 0}
    for capture in captures:
        for entry in capture.entries:
            counts[entry.account] += entry.end - entry.start
        if sum(entry.end - entry.start for entry in capture.entries) != capture.characters:
            raise AssertionError("the ledger does not cover the capture")
    return Ledger(**counts)


def _with_notes(document: Document, notes: tuple[Note, ...]) -> Document:
    texts = [document.title, *document.authors, *(block.text for block in document.blocks)]
    texts += [text for comment in document.comments for text in (comment.author, comment.text)]
    found = (
        *notes,
        *_before_post(document),
        *_undated(document),
        *_days(document),
        *_reckoned(document),
        *_differing(document),
        *_not_in_all(document),
        *_counts(document),
        *_left_over(document),
        *marks_note(texts),
    )
    return replace(document, notes=tuple(dict.fromkeys(found)))


def _before_post(document: Document) -> tuple[Note, ...]:
    published = document.published
    if published is None:
        return ()
    early = [c.id for c in document.comments if c.published and c.published < published]
    if not early:
        return ()
    count = "1 comment bears" if len(early) == 1 else f"{len(early)} comments bear"
    text = (
        f"{count} a time before the post's own stamp ({document.published_printed}). "
        "Both are given as captured."
    )
    return (Note("comment-before-post", text, tuple(early)),)


def _undated(document: Document) -> tuple[Note, ...]:
    undated = [c.id for c in document.comments if c.published is None]
    if not undated:
        return ()
    count = "1 comment has" if len(undated) == 1 else f"{len(undated)} comments have"
    return (Note("comment-undated", f"{count} no time in the capture.", tuple(undated)),)


def _days(document: Document) -> tuple[Note, ...]:
    days = [comment.id for comment in document.comments if comment.is_day]
    if not days and not document.is_day:
        return ()
    text = "Where the page prints a day without a time, midnight stands for it in the record."
    return (Note("day-only", text, tuple(days)),)


def _reckoned(document: Document) -> tuple[Note, ...]:
    reckoned = [comment.id for comment in document.comments if comment.is_approximate]
    if not reckoned:
        return ()
    text = (
        "Where the page says how long ago a comment was written, its time was reckoned from that."
    )
    return (Note("time-reckoned", text, tuple(reckoned)),)


def _differing(document: Document) -> tuple[Note, ...]:
    differing = [comment.id for comment in document.comments if comment.variants]
    if not differing:
        return ()
    text = "Comments differ between the captures; each shows what the others have."
    return (Note("comment-differs", text, tuple(differing)),)


def _not_in_all(document: Document) -> tuple[Note, ...]:
    """Note the comments that some captures lack, where the captures have comments in common."""
    having = [{origin.file for origin in comment.origins} for comment in document.comments]
    files = set().union(*having) if having else set()
    shared = {file for one in having if len(one) > 1 for file in one}
    if len(shared) < 2 or shared != files:
        return ()
    partial = [c.id for c, one in zip(document.comments, having, strict=True) if one != files]
    if not partial:
        return ()
    text = "Comments stand in some captures and not in others; each says in which."
    return (Note("comment-not-in-all", text, tuple(partial)),)


def _counts(document: Document) -> tuple[Note, ...]:
    gap = document.responses
    if gap.declared is None or gap.declared >= gap.captured:
        return ()
    text = f"The page declares {gap.declared} responses, fewer than the {gap.captured} captured."
    return (Note("more-than-declared", text),)


def _left_over(document: Document) -> tuple[Note, ...]:
    if not document.ledger.remainder:
        return ()
    text = f"{document.ledger.remainder} characters of the capture were not understood; they are kept below as they are."
    return (Note("remainder", text),)
