"""Take every item of an archive from its captures to its Markdown page.

The way of one item, in order:

1. `provenance`: read capture.yaml
2. `capture`: read each captured file, and verify its digest
3. `join_captures`: all captures of the item become one document
4. `redact`: what is withheld leaves the document; nothing after this has seen it
5. `anchor`: each annotation finds its words in what is left, or is reported
6. `edit`: the editor's tags, category and annotations
7. `compose_page`: the Markdown page

Every problem of every item is collected; one item's fault hides no other's.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .anchoring import anchor
from .captures import read
from .content_files import Editorial, read_editorial, read_provenance, read_redactions
from .document import Provenance, join_captures
from .errors import Problem, Problems
from .files import write_atomically
from .fixity import verify
from .folding import words_of
from .leaks import Gate, leak_problems
from .model import Annotation, Capture, Document, Edition
from .pages import compose_page, is_generated, is_ours
from .project import Project, slug_fault
from .redaction import Redaction, Secret, redact, touches

CAPTURE_YAML = "capture.yaml"
REDACTIONS_YAML = "redactions.yaml"


@dataclass(frozen=True, slots=True)
class Archive:
    """Hold the editions that are sound, and every problem of those that are not.

    *secrets* is what no output may hold, *digests* the digests of redacted captures, each with the
    redaction that it would betray: both are for the leak gate alone. *failed* names the items that
    exist and could not be read: their pages stay.
    """

    editions: tuple[Edition, ...]
    problems: tuple[Problem, ...]
    secrets: tuple[Secret, ...] = field(default=(), repr=False)
    digests: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    failed: frozenset[str] = frozenset()


def read_archive(project: Project, progress: Callable[[str], None] = lambda slug: None) -> Archive:
    """Read every item of the project; *progress* is called with each item's slug."""
    editions: list[Edition] = []
    secrets: list[Secret] = []
    digests: list[tuple[str, str]] = []
    problems = [*stray_files(project)]
    wide: tuple[Redaction, ...] = ()
    try:
        wide = archive_redactions(project)
    except Problems as found:
        problems += found.problems
    key = archive_key(project)
    failed: set[str] = {path.stem for path in project.annotations.glob("*.yaml")}
    for folder in item_folders(project):
        progress(folder.name)
        failed.add(folder.name)
        try:
            item = read_item(project, folder.name, wide, key)
        except Problems as found:
            problems += found.problems
        except Problem as problem:
            problems.append(problem.at(project.shown(folder)))
        except OSError as error:
            fault = f"cannot be read: {error.strerror}"
            problems.append(Problem("unreadable", fault, path=project.shown(folder)))
        else:
            editions.append(item.edition)
            secrets += item.secrets
            digests += item.digests
            failed.discard(folder.name)
    return Archive(
        tuple(editions),
        tuple(problems),
        tuple(dict.fromkeys(secrets)),
        tuple(dict.fromkeys(digests)),
        frozenset(failed),
    )


def archive_redactions(project: Project) -> tuple[Redaction, ...]:
    """Return what is withheld in the whole archive."""
    if project.redactions is None:
        return ()
    found = read_redactions(project.redactions, project.shown(project.redactions))
    return tuple(replace(one, archive_wide=True) for one in found)


def archive_key(project: Project) -> bytes | None:
    """Return the archive's key for digests, from its file outside the project, if there is one."""
    if project.key_file is None or not project.key_file.is_file():
        return None
    return project.key_file.read_bytes().strip() or None


def item_folders(project: Project) -> tuple[Path, ...]:
    """Return the folder of each item, ordered by name."""
    if not project.captures.is_dir():
        return ()
    found = (path for path in project.captures.iterdir() if not path.name.startswith("."))
    return tuple(sorted(path for path in found if path.is_dir()))


def stray_files(project: Project) -> Iterator[Problem]:
    """Yield a problem for each file that belongs to no item: nothing goes missing unsaid."""
    slugs = {folder.name for folder in item_folders(project)}
    if project.captures.is_dir():
        for path in sorted(project.captures.iterdir()):
            if not path.is_dir() and not path.name.startswith("."):
                remedy = f"take it in with: invoke capture {project.shown(path)}"
                yield Problem(
                    "stray-capture",
                    "this capture is in no item's folder",
                    path=project.shown(path),
                    remedy=remedy,
                )
    if project.annotations.is_dir():
        for path in sorted(project.annotations.glob("*.yaml")):
            if path.stem not in slugs and not path.name.endswith(".lock.yaml"):
                yield Problem(
                    "stray-annotations",
                    f"there is no item '{path.stem}' in {project.shown(project.captures)}",
                    path=project.shown(path),
                    remedy="name the file as the item's folder",
                )


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


@dataclass(frozen=True, slots=True)
class PageChanges:
    """Say which pages were, or would be, written and deleted."""

    written: tuple[str, ...]
    deleted: tuple[str, ...]


def write_pages(project: Project, archive: Archive, check: bool = False) -> PageChanges:
    """Write the pages that changed and delete those that lost their source, or only say so.

    A page that was edited by hand is neither overwritten nor deleted: `Problems` says where the
    words belong, after all other pages were written.
    """
    pages = {edition.document.slug: compose_page(edition) for edition in archive.editions}
    gate = Gate(archive.secrets, archive.digests)
    written, deleted, problems = [], [], []
    for slug, page in pages.items():
        path = project.pages / f"{slug}.md"
        old = _read_text(path)
        if old == page.text:
            continue
        if old is not None and not is_ours(old):
            problems.append(_edited(project, path, slug))
            continue
        leaks = gate.search(page.text.encode(), path.name)
        if leaks:
            problems += leak_problems(leaks)
            continue
        if check or write_atomically(path, page.text.encode()):
            written.append(slug)
    for path in sorted(project.pages.glob("*.md")) if project.pages.is_dir() else ():
        text = _read_text(path) or ""
        if path.stem in pages or not is_generated(text) or path.stem in archive.failed:
            continue
        if not is_ours(text):
            problems.append(_edited(project, path, path.stem))
            continue
        if not project.captures.is_dir():
            fault = (
                f"{project.shown(project.captures)}, where this page's capture was, is not there"
            )
            remedy = "bring the folder back, or delete the page yourself"
            problems.append(Problem("no-captures", fault, path=project.shown(path), remedy=remedy))
            continue
        if not check:
            path.unlink()
        deleted.append(path.stem)
    if problems:
        raise Problems(problems)
    return PageChanges(tuple(written), tuple(deleted))


def _read_text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None


def _edited(project: Project, path: Path, slug: str) -> Problem:
    annotations = project.shown(project.annotations / f"{slug}.yaml")
    return Problem(
        "edited-page",
        "this page was not written by 'invoke pages', or was edited by hand since",
        path=project.shown(path),
        remedy=f"put tags and annotations in {annotations}, move your text away, and run it again",
    )
