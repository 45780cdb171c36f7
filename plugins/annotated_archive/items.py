"""Take one item from its captures to its edition.

1. `provenance`: read capture.yaml
2. `capture`: read each captured file, and verify its digest
3. `join_captures`: all captures of the item become one document
4. `redact`: what is withheld leaves the document; nothing after this has seen it
5. `anchor`: each annotation finds its words in what is left, or is reported
6. `edit`: the editor's tags, category and annotations

`pipeline` does so for every item, and writes the pages.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from .anchor_lock import Lock, Pin, lock_text, pins_of, read_lock
from .answer_entries import reading_faults
from .content_files import Editorial, read_editorial, read_provenance, read_redactions
from .cross_references import lost_within
from .errors import Problem, Problems
from .fixity import verify
from .folding import words_of
from .glossary import Glossary
from .model import Capture, Document, Edition, Editor
from .note_images import body_faults, image_files
from .places import Request
from .project import Project, slug_fault
from .resolution import Redaction, Secret
from .spoken import spoken_faults

if TYPE_CHECKING:
    from .document import Provenance
    from .redaction import Redacted

T = TypeVar("T")
CAPTURE_YAML = "capture.yaml"
REDACTIONS_YAML = "redactions.yaml"


@dataclass(frozen=True, slots=True)
class ArchiveRules:
    """Hold what the whole archive says of every item.

    *commenters* are the annotations on a commenter, wherever he or she comments; *key* makes keyed
    digests. Where *allow_lost* is true, annotations without a place are shown as such.
    """

    redactions: tuple[Redaction, ...] = ()
    key: bytes | None = None
    editors: tuple[Editor, ...] = ()
    glossary: Glossary | None = None
    commenters: tuple[Request, ...] = ()
    allow_lost: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one edition, and what the leak gate must know of what it withholds.

    *lock* is the text that its lock file is to have, *places* where each annotation is written,
    *images* the pictures in their bodies.
    """

    edition: Edition
    secrets: tuple[Secret, ...] = field(default=(), repr=False)
    digests: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    warnings: tuple[Problem, ...] = ()
    lock: str = ""
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    images: tuple[Path, ...] = ()


_NO_RULES = ArchiveRules()
Documents = Callable[[Project, str, Sequence[Pin]], Document]
"""Return what all captures of an item say, as `read_document` does."""


class Unsound(Problems):
    """Raise what is wrong with an item of which the withheld words are known all the same.

    *secrets* and *digests* are as in `Item`: other items' pages are searched for them.
    """

    def __init__(
        self,
        problems: Sequence[Problem],
        secrets: tuple[Secret, ...],
        digests: tuple[tuple[str, str], ...],
    ) -> None:
        super().__init__(problems)
        self.secrets, self.digests = secrets, digests


def may_withhold(project: Project, slug: str) -> bool:
    """Tell whether an item has redactions of its own, as far as its files can be read."""
    if (project.captures / slug / REDACTIONS_YAML).exists():
        return True
    try:
        return b"redactions" in (project.annotations / f"{slug}.yaml").read_bytes()
    except FileNotFoundError:
        return False
    except OSError:
        return True


def read_item(
    project: Project,
    slug: str,
    rules: ArchiveRules = _NO_RULES,
    documents: Documents | None = None,
) -> Item:
    """Return the edition of one item; raise `Problems` with all that is wrong with it.

    They are `Unsound` where what it withholds is known. What its captures say is asked of *documents*.
    """
    from .redaction import redact

    problems: list[Problem] = []
    path = project.annotations / f"{slug}.yaml"
    private = project.captures / slug / REDACTIONS_YAML

    def collect(read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Problems as found:
            problems.extend(found.problems)
            return otherwise

    lock = collect(lambda: read_item_lock(project, slug), Lock())
    document = collect(lambda: (documents or read_document)(project, slug, lock.pins), None)
    editorial = collect(lambda: read_editorial(path, project.shown(path)), Editorial())
    nothing: tuple[Redaction, ...] = ()
    beside = collect(lambda: read_redactions(private, project.shown(private)), nothing)
    problems += unknown_editors(editorial.annotations, rules.editors)
    folder = project.annotations / slug
    written = [(one.annotation, one.path, one.line) for one in editorial.annotations]
    problems += body_faults(written, folder, project.shown(folder))
    if problems or document is None:
        raise Problems(problems)
    redactions = (*editorial.redactions, *beside, *rules.redactions)
    originals = (
        {file.name: (project.captures / slug / file.name).read_bytes() for file in document.files}
        if redactions and rules.key
        else {}
    )
    redacted = redact(document, redactions, rules.key, originals)
    betrays = redactions[0].id if redactions else ""
    digests = tuple(
        (before.sha256, betrays)
        for before, after in zip(document.files, redacted.document.files, strict=True)
        if before.sha256 and after.sha256 is None
    )
    try:
        item = _annotated(project, slug, rules, editorial, redacted, lock)
    except Problems as found:
        raise Unsound(found.problems, redacted.secrets, digests) from None
    images = image_files([one.body for one, _, _ in written], folder)
    return replace(item, secrets=redacted.secrets, digests=digests, images=images)


def _annotated(
    project: Project,
    slug: str,
    rules: ArchiveRules,
    editorial: Editorial,
    redacted: "Redacted",
    lock: Lock,
) -> Item:
    """Return the item with its annotations at their words; raise `Problems` where one is not."""
    from .anchoring import anchor
    from .editing import edit

    path = project.annotations / f"{slug}.yaml"
    _refuse_telling(project, path, editorial, redacted.secrets)
    requests = (*editorial.annotations, *on_commenters(rules.commenters, slug))
    telling = _telling(redacted.secrets)
    seal = bool(redacted.secrets)
    anchored = anchor(redacted.document, requests, telling, lock, rules.allow_lost, seal)
    lost = (
        *anchored.problems,
        *_lost_references(requests, redacted.document),
        *reading_faults(editorial.answers, redacted.document),
        *spoken_faults(editorial.languages, redacted.document),
    )
    if lost:
        raise Problems(sorted(lost, key=lambda one: (str(one.path), one.line or 0)))
    edition = edit(redacted.document, editorial, anchored.annotations, rules.glossary)
    return Item(
        edition,
        warnings=anchored.warnings,
        lock=lock_text(pins_of(redacted.document.comments, lock.pins), anchored.held),
        places={one.annotation.id: (one.path, one.line) for one in requests},
    )


def _lost_references(requests: Sequence[Request], document: Document) -> Iterator[Problem]:
    """Yield a problem for each cross-reference that leads nowhere in its own item."""
    written = {one.annotation.id: one for one in requests}
    for one, wrong in lost_within([request.annotation for request in requests], document):
        request = written[one.id]
        fault = f"annotation '{one.id}': {wrong}"
        yield Problem(
            "anchor", fault, path=request.path, line=request.line, remedy="see the ids in the page"
        )


def read_item_lock(project: Project, slug: str) -> Lock:
    """Return what the item's lock file holds; nothing where there is none."""
    path = lock_path(project, slug)
    return read_lock(path.read_bytes(), project.shown(path)) if path.exists() else Lock()


def lock_path(project: Project, slug: str) -> Path:
    """Return where the item's lock file is."""
    return project.annotations / f"{slug}.lock.yaml"


def on_commenters(requests: Sequence[Request], slug: str) -> Iterator[Request]:
    """Yield the annotations on commenters that other items' files hold, under ids of their own."""
    for one in requests:
        if one.slug != slug:
            annotation = replace(one.annotation, id=f"from-{one.slug}--{one.annotation.id}")
            yield replace(one, annotation=annotation)


def unknown_editors(requests: Sequence[Request], editors: Sequence[Editor]) -> Iterator[Problem]:
    """Yield a problem for each annotation by someone who is not among the registered *editors*."""
    names = [one.name for one in editors]
    for request in requests if names else ():
        by = request.annotation.by
        if by and by not in names:
            close = get_close_matches(by, names, 1)
            remedy = f"did you mean '{close[0]}'?" if close else "add it to editors.yaml"
            fault = f"'{by}' is not a registered editor"
            yield Problem("editor", fault, path=request.path, line=request.line, remedy=remedy)


def _telling(secrets: Sequence[Secret]) -> Callable[[str], bool]:
    """Return what tells whether a text holds a word of something withheld."""
    words = {word for secret in secrets for word in words_of(secret.words) if len(word) > 3}
    return lambda text: bool(words & set(words_of(text)))


def _refuse_telling(
    project: Project, path: Path, editorial: Editorial, secrets: Sequence[Secret]
) -> None:
    """Raise `Problems` where the editor's own words say what is withheld."""
    from .redaction import touches

    words = [*editorial.tags, editorial.category, editorial.summary]
    for request in editorial.annotations:
        one = request.annotation
        words += [one.id, one.body, one.by, *one.tags, *(v for _, vs in one.fields for v in vs)]
        words.append(one.place)
        selector = request.selector
        words += [selector.quote, selector.before, selector.after] if selector else []
    told = dict.fromkeys(one for one in (touches(text, secrets) for text in words if text) if one)
    if told:
        raise Problems(
            Problem(
                "telltale",
                f"a tag, the summary or an annotation says what redaction '{one}' withholds",
                path=project.shown(path),
                remedy="write it otherwise",
            )
            for one in told
        )


def read_document(project: Project, slug: str, pins: Sequence[Pin] = ()) -> Document:
    """Return what all captures of one item say; raise `Problems` with all that is wrong."""
    from .document import join_captures

    folder = project.captures / slug
    path = folder / CAPTURE_YAML
    fault = slug_fault(slug)
    if fault:
        remedy = "rename the item's folder"
        raise Problems([Problem("slug", fault, path=project.shown(folder), remedy=remedy)])
    if not path.exists():
        remedy = "take captures in with: invoke capture FILE --slug " + slug
        raise Problems(
            [
                Problem(
                    "no-provenance",
                    f"the item has no {CAPTURE_YAML}",
                    path=project.shown(folder),
                    remedy=remedy,
                )
            ]
        )
    provenance = read_provenance(path, slug, project.shown(path))
    captures = read_captures(project, folder, provenance)
    try:
        return join_captures(provenance, captures, pins)
    except Problem as problem:
        raise Problems([problem.at(project.shown(path))]) from None


def read_captures(project: Project, folder: Path, provenance: "Provenance") -> Sequence[Capture]:
    """Return each file's capture, after its digest was verified; no file goes unlisted."""
    from .captures import read

    captures, problems = [], []
    for file in provenance.files:
        path = folder / file.name
        shown = project.shown(path)
        try:
            data = path.read_bytes()
            if verify(data, file.sha256) == "failed":
                fault = "the file is not what was captured: its SHA-256 differs from capture.yaml"
                remedy = "restore the original; captures are never edited"
                problems.append(Problem("fixity", fault, path=shown, remedy=remedy))
                continue
            captures.append(read(data, file.format, file.captured))
        except OSError as error:
            fault = f"the capture cannot be read: {error.strerror}"
            problems.append(Problem("unreadable", fault, path=shown, remedy="restore it"))
        except Problem as problem:
            problems.append(problem.at(shown))
    listed = {file.name for file in provenance.files} | {CAPTURE_YAML, REDACTIONS_YAML}
    for path in sorted(folder.iterdir()):
        if path.name not in listed and not path.name.startswith("."):
            remedy = f"list it in {CAPTURE_YAML}, or move it away"
            fault = f"{CAPTURE_YAML} does not list this file"
            problems.append(Problem("unlisted", fault, path=project.shown(path), remedy=remedy))
    if problems:
        raise Problems(problems)
    return captures
