"""Turn an item into a record that may be kept and sent, and a record into the item again.

A record holds what came of an item's own files. What the archive's rules say of it is asked again
when it is read: who is an editor, which glosses, which annotations on commenters. No record is made
of an item of which anything is withheld, nor of one of which there is anything to tell.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .errors import Problem
from .fixity import sha256
from .item_codec import packed, unpacked
from .items import ArchiveRules, Item, on_commenters
from .model import Document, Edition, Gap, Ledger
from .places import Request
from .project import Project
from .resolution import Secret, resolve

_EMPTY = Document(
    "", "", None, "", (), "", (), (), (), (), Gap(None, 0), Ledger(), None, "", ()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold what of the archive's rules an item's record is held against.

    *secrets* are those of the redactions of the whole archive, *glossary* is the digest of its
    entries, *doubles* are the ids that two annotations on commenters share.
    """

    rules: ArchiveRules
    secrets: tuple[Secret, ...]
    glossary: str
    editors: frozenset[str]
    doubles: frozenset[str]
    faults: tuple[Problem, ...] = ()


def standing_of(rules: ArchiveRules) -> Standing:
    """Return what records are held against."""
    resolved, faults = resolve(_EMPTY, rules.redactions)
    entries = rules.glossary.entries if rules.glossary else ()
    counts = Counter((one.slug, one.annotation.id) for one in rules.commenters)
    return Standing(
        rules,
        tuple(secret for one in resolved for secret in one.secrets),
        sha256(repr(tuple(entries)).encode()),
        frozenset(one.name for one in rules.editors),
        frozenset(name for (_, name), count in counts.items() if count > 1),
        tuple(faults),
    )


def record_of(item: Item, standing: Standing) -> bytes | None:
    """Return the record of an item, or None where it must not, or cannot, have one.

    Redactions of the whole archive that do not touch an item are no hindrance.
    """
    edition = item.edition
    if item.warnings or item.digests or edition.document.withheld:
        return None
    if item.secrets != standing.secrets or standing.faults:
        return None
    foreign = {one.annotation.id for one in on_commenters(standing.rules.commenters, _slug(item))}
    places = {name: place for name, place in item.places.items() if name not in foreign}
    names = tuple(path.name for path in item.images)
    try:
        return packed(
            (edition, item.lock, places, names, standing.glossary, _relevant(edition, standing))
        )
    except Exception:  # what cannot be kept is read each time
        return None


def item_of(record: bytes, slug: str, project: Project, standing: Standing) -> Item | None:
    """Return the item of a record, or None where it is damaged or the rules say otherwise now."""
    try:
        edition, lock, own, names, glossary, relevant = unpacked(record)
        if edition.document.slug != slug or relevant != _relevant(edition, standing):
            return None
    except Exception:  # damaged bytes may fail in any way
        return None
    editors = standing.editors
    if editors and any(
        one.by not in editors for one in edition.annotations if one.by and not one.entry
    ):
        return None
    if glossary != standing.glossary:
        from .editing import glossed

        edition = glossed(edition, standing.rules.glossary).stamped()
    requests = on_commenters(standing.rules.commenters, slug)
    places = {**own, **{one.annotation.id: (one.path, one.line) for one in requests}}
    folder = project.annotations / slug
    images = tuple(folder / name for name in names)
    return Item(edition, standing.secrets, (), (), lock, places, images)


def _slug(item: Item) -> str:
    return item.edition.document.slug


def _relevant(edition: Edition, standing: Standing) -> str:
    """Return the digest of the annotations on commenters that may say something of an edition."""
    if not standing.rules.commenters:
        return ""
    authors = {comment.author for comment in edition.document.comments}
    slug = edition.document.slug
    found = [
        replace(one, path="", line=0)
        for one in standing.rules.commenters
        if one.slug != slug and any(_reasons(one, authors, standing))
    ]
    return sha256(repr(found).encode()) if found else ""


def _reasons(one: Request, authors: set[str], standing: Standing) -> Iterator[bool]:
    """Yield whether an annotation on a commenter may say something of an item of these *authors*."""
    yield one.commenter in authors
    yield one.selector is not None
    yield one.annotation.kind == "cross-reference"
    yield one.annotation.id in standing.doubles
