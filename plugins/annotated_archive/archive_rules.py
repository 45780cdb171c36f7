"""Read what holds for the whole archive: redactions, editors, glossary, notes on commenters, the key."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from .archive_files import read_editors, read_glossary
from .content_files import read_editorial, read_redactions
from .errors import Problem, Problems
from .glossary import Glossary
from .items import ArchiveRules, unknown_editors
from .model import Annotation, GlossaryEntry
from .note_images import body_faults
from .places import Request
from .project import Project

T = TypeVar("T")


def read_rules(project: Project, problems: list[Problem]) -> ArchiveRules:
    """Return what holds for the whole archive; add what is wrong with it to *problems*."""

    def collect(read: Callable[[Path, str], tuple[T, ...]], path: Path | None) -> tuple[T, ...]:
        try:
            return read(path, project.shown(path)) if path else ()
        except Problems as found:
            problems.extend(found.problems)
            return ()

    wide = collect(read_redactions, project.redactions)
    editors = collect(read_editors, project.editors)
    entries = collect(read_glossary, project.glossary)
    requests = [_as_request(entry) for entry in entries]
    problems += unknown_editors(requests, editors)
    problems += body_faults([(one.annotation, one.path, one.line) for one in requests], None, "")
    return ArchiveRules(
        redactions=tuple(replace(one, archive_wide=True) for one in wide),
        key=archive_key(project),
        editors=editors,
        glossary=Glossary(entries) if entries else None,
        commenters=tuple(_commenters(project)),
    )


def _as_request(entry: GlossaryEntry) -> Request:
    annotation = Annotation(entry.id, "gloss", "page", entry.body, tags=entry.tags, by=entry.by)
    return Request(annotation, None, entry.path, entry.line)


def _commenters(project: Project) -> Iterator[Request]:
    """Yield every annotation on a commenter, with its item; other items show it too."""
    folder = project.annotations
    paths = [*folder.glob("*.yaml"), *folder.glob("*/*.md")] if folder.is_dir() else []
    names = {p.stem if p.suffix == ".yaml" else p.parent.name for p in paths if _mentions(p)}
    for slug in sorted(names):
        path = folder / f"{slug}.yaml"
        try:
            editorial = read_editorial(path, project.shown(path))
        except Problems:
            continue  # the item's own reading reports it
        for request in editorial.annotations:
            if request.commenter:
                yield replace(request, slug=slug)


def _mentions(path: Path) -> bool:
    try:
        return b"commenter:" in path.read_bytes()
    except OSError:
        return False


def archive_key(project: Project) -> bytes | None:
    """Return the archive's key for digests, from its file outside the project, if there is one."""
    if project.key_file is None or not project.key_file.is_file():
        return None
    return project.key_file.read_bytes().strip() or None
