"""Take one item from its captures to its edition.

1. `provenance`: read capture.yaml
2. `capture`: read each captured file, and verify its digest
3. `join_captures`: all captures of the item become one document
4. `redact`: what is withheld leaves the document; nothing after this has seen it
5. `anchor`: each annotation finds its words in what is left, or is reported
6. `edit`: the editor's tags, category and annotations

`pipeline` does so for every item, and writes the pages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .anchoring import anchor
from .captures import read
from .content_files import Editorial, read_editorial, read_provenance, read_redactions
from .document import Provenance, join_captures
from .errors import Problem, Problems
from .fixity import verify
from .folding import words_of
from .model import Annotation, Capture, Document, Edition
from .project import Project, slug_fault
from .redaction import redact, touches
from .resolution import Redaction, Secret

CAPTURE_YAML = "capture.yaml"
REDACTIONS_YAML = "redactions.yaml"


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one edition, and what the leak gate must know of what it withholds."""

    edition: Edition
    secrets: tuple[Secret, ...] = field(default=(), repr=False)
    digests: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def read_item(
    project: Project, slug: str, wide: Sequence[Redaction] = (), key: bytes | None = None
) -> Item:
    """Return the edition of one item; raise `Problems` with all that is wrong with it."""
    problems: list[Problem] = []
    document: Document | None = None
    editorial = Editorial()
    beside: tuple[Redaction, ...] = ()
    try:
        document = read_document(project, slug)
    except Problems as found:
        problems += found.problems
    path = project.annotations / f"{slug}.yaml"
    private = project.captures / slug / REDACTIONS_YAML
    try:
        editorial = read_editorial(path, project.shown(path))
    except Problems as found:
        problems += found.problems
    try:
        beside = read_redactions(private, project.shown(private))
    except Problems as found:
        problems += found.problems
    if problems or document is None:
        raise Problems(problems)
    redactions = (*editorial.redactions, *beside, *wide)
    originals = (
        {file.name: (project.captures / slug / file.name).read_bytes() for file in document.files}
        if redactions and key
        else {}
    )
    redacted = redact(document, redactions, key, originals)
    _refuse_telling(project, path, editorial, redacted.secrets)
    anchored, lost = anchor(redacted.document, editorial.annotations, _telling(redacted.secrets))
    if lost:
        raise Problems(lost)
    edition = edit(redacted.document, editorial, anchored)
    betrays = redactions[0].id if redactions else ""
    digests = tuple(
        (before.sha256, betrays)
        for before, after in zip(document.files, redacted.document.files, strict=True)
        if before.sha256 and after.sha256 is None
    )
    return Item(edition, redacted.secrets, digests)


def _telling(secrets: Sequence[Secret]) -> Callable[[str], bool]:
    """Return what tells whether a text holds a word of something withheld."""
    words = {word for secret in secrets for word in words_of(secret.words) if len(word) > 3}
    return lambda text: bool(words & set(words_of(text)))


def _refuse_telling(
    project: Project, path: Path, editorial: Editorial, secrets: Sequence[Secret]
) -> None:
    """Raise `Problems` where the editor's own words say what is withheld."""
    words = [*editorial.tags, editorial.category, editorial.summary]
    for request in editorial.annotations:
        one = request.annotation
        words += [one.id, one.body, one.by, *one.tags, *(v for _, vs in one.fields for v in vs)]
        words.append(request.selector.quote if request.selector else "")
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


def read_document(project: Project, slug: str) -> Document:
    """Return what all captures of one item say; raise `Problems` with all that is wrong."""
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
        return join_captures(provenance, captures)
    except Problem as problem:
        raise Problems([problem.at(project.shown(path))]) from None


def read_captures(project: Project, folder: Path, provenance: Provenance) -> Sequence[Capture]:
    """Return each file's capture, after its digest was verified; no file goes unlisted."""
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
            captures.append(read(data, file.format))
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


def edit(
    document: Document, editorial: Editorial, annotations: tuple[Annotation, ...] = ()
) -> Edition:
    """Return the edition: the first "Filed under" entry is the category, the others are tags."""
    first, *others = document.filed_under or ("",)
    category = editorial.category or first
    if editorial.category and first and editorial.category != first:
        others = [first, *others]
    tags = dict.fromkeys((*others, *document.tags, *editorial.tags))
    return Edition(document, tuple(tags), category, editorial.summary, annotations)
