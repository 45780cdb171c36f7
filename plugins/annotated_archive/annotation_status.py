"""Say of each annotation where it stands, accept those that moved, and export them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .anchor_lock import lock_text
from .content_files import read_editorial
from .errors import Problem, Problems
from .exports.annotations_jsonld import annotations_jsonld
from .files import write_atomically
from .items import lock_path, read_item_lock
from .model import Annotation, Edition
from .notes import words_of_targets
from .pipeline import Archive, item_folders, read_archive, write_pages
from .places import Request
from .project import Project
from .wording import plural

_WORDS = 60


@dataclass(frozen=True, slots=True)
class Status:
    """Say how one annotation of an item stands: anchored, migrated, moved, lost, overdue or draft.

    *problem* is what is wrong with it, if anything is.
    """

    slug: str
    id: str
    kind: str
    place: str
    state: str
    words: str = ""
    problem: Problem | None = None

    @property
    def is_wrong(self) -> bool:
        """Tell whether a build would refuse it."""
        return self.state in ("moved", "lost")

    @property
    def text(self) -> str:
        """Return one line about it."""
        words = f"  “{self.words}”" if self.words else ""
        return f"{self.state:<9} {self.slug}#note-{self.id}  {self.kind}  {self.place}{words}"


def statuses(project: Project, item: str = "") -> tuple[Status, ...]:
    """Return the status of every annotation, of one *item* if it is named.

    Raises `Problems` where an item cannot be read at all.
    """
    if item and item not in {folder.name for folder in item_folders(project)}:
        raise Problem("no-item", f"there is no item '{item}'", path=project.shown(project.captures))
    archive = read_archive(project, allow_lost=True)
    broken = [problem for problem in archive.problems if not item or item in str(problem.path)]
    if broken:
        raise Problems(broken)
    told: dict[tuple[object, str], Problem] = {}
    for problem in sorted(archive.warnings, key=_gravity):
        told[problem.path, problem.subject] = problem
    return tuple(
        status
        for edition in archive.editions
        if item in ("", edition.document.slug)
        for status in _of_item(project, edition, told)
    )


def _of_item(project: Project, edition: Edition, told: Mapping[Any, Problem]) -> Iterator[Status]:
    slug = edition.document.slug
    path = project.annotations / f"{slug}.yaml"
    drafts = read_editorial(path, project.shown(path), drafts=True).annotations
    requests = {one.annotation.id: one for one in _requests(project, slug)}
    for one in edition.annotations:
        request = requests.get(one.id)
        problem = told.get((request.path, one.id)) if request else None
        yield _status(slug, one, edition, problem)
    for request in drafts:
        one = request.annotation
        yield Status(slug, one.id, one.kind, one.place, "draft", _short(_quote(request)))


def _gravity(problem: Problem) -> int:
    """Rank what is told of one annotation: what a build refuses goes before the rest."""
    return problem.code in ("moved", "anchor")


def _requests(project: Project, slug: str) -> Sequence[Request]:
    path = project.annotations / f"{slug}.yaml"
    return read_editorial(path, project.shown(path)).annotations


def _quote(request: Request) -> str:
    return request.selector.quote if request.selector else ""


def _status(slug: str, one: Annotation, edition: Edition, problem: Problem | None) -> Status:
    states = {"moved": "moved", "anchor": "lost", "migrated": "migrated", "review": "overdue"}
    state = states[problem.code] if problem else "anchored"
    words = _short(words_of_targets(one, edition.document))
    return Status(slug, one.id, one.kind, one.home or one.place, state, words, problem)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}…"


def summary(found: Sequence[Status]) -> str:
    """Count annotations by their state.

    >>> summary([Status("a", "b", "gloss", "article", "anchored")])
    '1 annotation: 1 anchored'
    """
    counts = Counter(one.state for one in found)
    states = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    return f"{plural(len(found), 'annotation')}: {states or 'none'}"


def accept(project: Project, ids: Sequence[str], item: str = "") -> tuple[str, ...]:
    """Let annotations that moved stand where their quotes are now; return which.

    Raises `Problem` for one that has not moved, or whose id several items have.
    """
    found = statuses(project, item)
    accepted = []
    for name in ids:
        moved = [one for one in found if one.id == name and one.state == "moved"]
        if not moved:
            fault = f"no annotation '{name}' has moved"
            raise Problem("accept", fault, remedy="see: invoke annotations list")
        if len(moved) > 1:
            remedy = f"say which with --item: {', '.join(one.slug for one in moved)}"
            raise Problem("accept", f"several items have an annotation '{name}'", remedy=remedy)
        accepted.append(moved[0])
    for one in accepted:
        _forget(project, one)
    archive = read_archive(project)
    write_pages(project, archive)
    return tuple(f"{one.slug}#note-{one.id}" for one in accepted)


def _forget(project: Project, one: Status) -> None:
    """Take what the lock file holds of an annotation out of it."""
    lock = read_item_lock(project, one.slug)
    held = [line for name, lines in lock.held.items() if name != one.id for line in lines]
    write_atomically(lock_path(project, one.slug), lock_text(lock.pins, held).encode())


def exported(project: Project, item: str) -> str:
    """Return the annotations of an item as Web Annotations; raise `Problems` if it is not sound."""
    archive = read_archive(project)
    editions = [one for one in archive.editions if one.document.slug == item]
    if not editions:
        raise Problems(_why_not(archive, item))
    return annotations_jsonld(editions[0], "")


def _why_not(archive: Archive, item: str) -> Sequence[Problem]:
    if item in archive.failed:
        return archive.problems
    remedy = "name one with --item"
    return [
        Problem(
            "no-item", f"there is no item '{item}'" if item else "no item is named", remedy=remedy
        )
    ]
