"""Take every item of an archive from its captures to its Markdown page.

`items` has the way of one item, in order. Every problem of every item is collected; one item's
fault hides no other's.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from .content_files import read_redactions
from .errors import Problem, Problems
from .files import write_atomically
from .items import read_item
from .leaks import Gate, leak_problems
from .model import Edition
from .pages import compose_page, is_generated, is_ours
from .project import Project
from .resolution import Redaction, Secret


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
