"""Put the captures of one item together into one document.

Facts that contradict each other are noted, never mended: both stay as they were captured.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from .anchor_lock import Pin, pinned_ids
from .errors import Problem
from .marks import marks_note
from .model import (
    Block,
    Capture,
    CapturedComment,
    CaptureFile,
    Comment,
    Document,
    Gap,
    Ledger,
    Note,
    Origin,
    Passage,
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
    comments = identify(_union(provenance.files, captures), zone, pins)
    declared = [c.declared for c in captures if c.declared is not None]
    responses = Gap(
        max(declared, default=None), len(comments), next((c.pager for c in captures if c.pager), "")
    )
    notes = tuple(note for capture in captures for note in capture.notes)
    article, others = _articles(captures)
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
        source=provenance.source,
        time_zone=str(zone),
        files=provenance.files,
        furniture=tuple(p for capture in captures for p in capture.furniture),
        remainder=(*(p for capture in captures for p in capture.remainder), *others),
        notes=(),
        is_day=not provenance.published and stamp is not None and not stamp.has_time,
    )
    if others:
        text = "The captures differ in the article's text; what only a later one has is kept below."
        notes += (Note("article-differs", text),)
    return _with_notes(document, notes + zone_notes)


def _articles(captures: Sequence[Capture]) -> tuple[tuple[Block, ...], tuple[Passage, ...]]:
    """Return the article of the first capture that has one, and what others have besides."""
    article = next((capture.blocks for capture in captures if capture.blocks), ())
    known = {block.text for block in article}
    others = dict.fromkeys(
        block.text for capture in captures for block in capture.blocks if block.text not in known
    )
    return article, tuple(Passage("article text of another capture", text) for text in others)


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


def _union(
    files: Sequence[CaptureFile], captures: Sequence[Capture]
) -> tuple[tuple[CapturedComment, tuple[Origin, ...]], ...]:
    """Return each comment once, in the order met: the same author, time and text are one."""
    seen: dict[tuple[str, str, str, int], CapturedComment] = {}
    origins: dict[tuple[str, str, str, int], list[Origin]] = {}
    names = [file.name for file in files] or [str(place) for place, _ in enumerate(captures)]
    for name, capture in zip(names, captures, strict=True):
        own: dict[tuple[str, str, str], int] = {}
        for number, comment in enumerate(capture.comments, 1):
            key = (comment.author, comment.stamp.printed if comment.stamp else "", comment.text)
            own[key] = own.get(key, 0) + 1
            seen.setdefault((*key, own[key]), comment)
            origins.setdefault((*key, own[key]), []).append(Origin(name, number))
    return tuple((comment, tuple(origins[key])) for key, comment in seen.items())


def identify(
    comments: Sequence[tuple[CapturedComment, tuple[Origin, ...]]],
    zone: tzinfo,
    pins: Sequence[Pin] = (),
) -> tuple[Comment, ...]:
    """Give each comment its permanent id: the pinned one, else its minute in its own zone.

    Those of the same minute get -2, -3 as met. An id that is pinned is given to no other comment.
    """
    read = [_comment(comment, zone, origins) for comment, origins in comments]
    ids = pinned_ids(read, pins)
    taken = {pin.id for pin in pins}
    counts: dict[str, int] = {}
    identified = []
    for comment, pinned in zip(read, ids, strict=True):
        when = comment.published
        base = f"comment-{when:%Y%m%d-%H%M}" if when else "comment-undated"
        name = pinned
        while not name or (name in taken and not pinned):
            counts[base] = counts.get(base, 0) + 1
            name = f"{base}-{counts[base]}" if counts[base] > 1 or not when else base
        taken.add(name)
        identified.append(replace(comment, id=name))
    return tuple(identified)


def _comment(comment: CapturedComment, zone: tzinfo, origins: tuple[Origin, ...]) -> Comment:
    return Comment(
        id="",
        author=comment.author,
        text=comment.text,
        published=localise(comment.stamp, zone) if comment.stamp else None,
        printed=comment.stamp.printed if comment.stamp else "",
        number=comment.number,
        is_day=comment.stamp is not None and not comment.stamp.has_time,
        origins=origins,
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
