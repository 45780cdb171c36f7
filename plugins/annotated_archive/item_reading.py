"""Read items, here or elsewhere: the one seam for work that is done beside this process.

Reading one item is independent of every other. So items are read in parts by whatever
`concurrent.futures.Executor` a *crew* has: processes of this machine, or a cluster. Without a crew
the same is done here. What comes of it does not depend on who read it, nor in which order.
"""

import logging
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import lru_cache
from time import time_ns

from .errors import Problem, Problems
from .file_states import State
from .fixity import sha256
from .glossary import Glossary
from .item_cache import ItemCache, without_collection
from .item_keys import code_digest, states_of
from .item_record import Standing, item_of, record_of, standing_of
from .items import ArchiveRules, Documents, Item, Unsound, may_withhold, read_item
from .memory import Memory
from .project import Project
from .resolution import Secret

PATIENCE = 5.0
"""After so many seconds in which nothing was read, a part of the crew's work is done here too."""
_PARTS = 6
"""So many parts for each hand: few enough to be cheap, enough that none waits long for another."""
_MOST = 64
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Crew:
    """Hold an executor, and how many items it can read at once.

    *is_near* says that it reads the same files as this process, *is_there* whether anyone is left.
    """

    executor: Executor
    hands: int
    is_near: bool = True
    is_there: Callable[[], bool] = lambda: True


Workers = Callable[[Sequence[int]], AbstractContextManager[Crew | None]]
"""Given how many bytes each item is read from, return the crew that reads them, or None."""


def in_this_process(_: Sequence[int]) -> AbstractContextManager[None]:
    """Return no crew: the items are read in this process."""
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what came of reading one item: the item, or its record for it, or its problems.

    Of an item that is not sound, *secrets* and *digests* are what it withholds; where it *is_blind*
    it withholds something, and nobody knows what.
    """

    slug: str
    item: Item | None = None
    problems: tuple[Problem, ...] = ()
    record: bytes | None = None
    secrets: tuple[Secret, ...] = field(default=(), repr=False)
    digests: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    is_blind: bool = False


class StrangerError(Exception):
    """Say that a worker has not this program, or not this project, and reads nothing."""


def read_items(
    project: Project,
    slugs: Sequence[str],
    standing: Standing,
    cache: ItemCache,
    workers: Workers = in_this_process,
    progress: Callable[[str], None] = lambda slug: None,
    memory: Memory | None = None,
) -> tuple[Mapping[str, Outcome], tuple[Problem, ...]]:
    """Return what came of each item, in the order of *slugs*, and warnings about the reading itself.

    What *memory* or the cache has is not read. *progress* is called with each item's slug.
    """
    found: dict[str, Outcome] = {}
    warnings: list[Problem] = []
    memory = memory or Memory()
    memory.follow(standing.rules)
    at = time_ns()
    states = {slug: _states(project, slug) for slug in slugs}
    with without_collection():
        for slug in slugs:
            item = memory.item(slug, states[slug]) or cache.lookup(slug)
            if item is not None:
                progress(slug)
                found[slug] = Outcome(slug, item)
    cache.sweep(slugs)
    missing = [slug for slug in slugs if slug not in found]
    sizes = [cache.size(slug) for slug in missing]
    with workers(sizes) as crew:
        for outcome in _read(project, missing, sizes, standing, crew, warnings, progress):
            found[outcome.slug] = replace(outcome, record=None)
            if outcome.item is not None:
                cache.keep(outcome.item, outcome.record)
    memory.keep({slug: one.item for slug, one in found.items() if one.item}, states, at)
    return {slug: found[slug] for slug in slugs}, tuple(warnings)


def _states(project: Project, slug: str) -> Mapping[str, State] | None:
    try:
        return states_of(project, slug)
    except OSError:
        return None


def read_one(
    project: Project, slug: str, rules: ArchiveRules, documents: Documents | None = None
) -> Outcome:
    """Return what comes of reading an item; nothing that is wrong with it is raised."""
    folder = project.shown(project.captures / slug)
    try:
        item = read_item(project, slug, rules, documents)
        return Outcome(slug, replace(item, edition=item.edition.stamped()))
    except Unsound as found:
        return Outcome(
            slug, problems=tuple(found.problems), secrets=found.secrets, digests=found.digests
        )
    except Problems as found:
        problems = tuple(found.problems)
    except Problem as problem:
        problems = (problem.at(folder),)
    except OSError as error:
        fault = f"cannot be read: {error.strerror}"
        problems = (Problem("unreadable", fault, path=folder),)
    except Exception as error:  # its own words may be those of the capture, and are not repeated
        _LOG.debug("reading %s", slug, exc_info=True)
        fault = f"reading the item broke off: {type(error).__name__}"
        problems = (Problem("internal", fault, path=folder, remedy="please report it"),)
    return Outcome(slug, problems=problems, is_blind=may_withhold(project, slug))


def _read(
    project: Project,
    slugs: Sequence[str],
    sizes: Sequence[int],
    standing: Standing,
    crew: Crew | None,
    warnings: list[Problem],
    progress: Callable[[str], None],
) -> Iterator[Outcome]:
    """Yield what came of each item, as it comes; what a crew does not bring is read here."""
    left = dict.fromkeys(slugs)
    if crew is not None and slugs:
        for outcome in _read_by(crew, project, slugs, sizes, standing, warnings):
            if outcome.slug in left:
                del left[outcome.slug]
                progress(outcome.slug)
                yield outcome
    for slug in left:
        progress(slug)
        yield read_one(project, slug, standing.rules)


def _read_by(
    crew: Crew,
    project: Project,
    slugs: Sequence[str],
    sizes: Sequence[int],
    standing: Standing,
    warnings: list[Problem],
) -> Iterator[Outcome]:
    """Yield what a crew read; what it failed to read is told among the *warnings*."""
    work = _work_of(project, standing.rules)
    failed: list[str] = []
    parts: dict[Future[list[Outcome]], tuple[str, ...]] = {}
    for part in parts_of(slugs, sizes, crew.hands * _PARTS):
        try:
            parts[crew.executor.submit(read_part, work, part)] = part
        except Exception as error:
            failed.append(type(error).__name__)
            break
    while parts:
        done, _ = wait(parts, timeout=PATIENCE, return_when=FIRST_COMPLETED)
        if not done and not _is_there(crew):
            failed.append("nobody is left")
            break
        if not done:
            late = next(reversed(parts))
            late.cancel()
            yield from (read_one(project, slug, standing.rules) for slug in parts.pop(late))
        for future in done:
            part = parts.pop(future)
            try:
                outcomes = future.result()
            except Exception as error:
                failed.append(_told(error))
                continue
            yield from _taken(crew, project, part, outcomes, standing)
    for future in parts:
        future.cancel()
    if failed:
        fault = f"some items were read again in this process: {failed[0]}"
        warnings.append(Problem("worker", fault))


def _is_there(crew: Crew) -> bool:
    try:
        return crew.is_there()
    except Exception:  # nobody answers any more
        return False


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, StrangerError) else type(error).__name__


def _taken(
    crew: Crew,
    project: Project,
    part: Sequence[str],
    outcomes: Sequence[Outcome],
    standing: Standing,
) -> Iterator[Outcome]:
    """Yield what may be believed: a distant worker may have found files that are not ours to mend."""
    for one in outcomes:
        if one.slug not in part or (one.problems and not crew.is_near):
            continue
        if one.record is None:
            yield one
            continue
        item = item_of(one.record, one.slug, project, standing)
        if item is not None:
            yield replace(one, item=item)


def parts_of(slugs: Sequence[str], sizes: Sequence[int], count: int) -> Iterator[tuple[str, ...]]:
    """Yield the items in about *count* parts of as many bytes, none of too many items.

    >>> list(parts_of(["a", "b", "c", "d"], [1, 1, 1, 9], 2))
    [('a', 'b', 'c'), ('d',)]
    """
    weights = [max(size, 1) for size in sizes]
    most = sum(weights) / count
    part: list[str] = []
    total = 0
    for slug, weight in zip(slugs, weights, strict=True):
        if part and (total + weight > most or len(part) == _MOST):
            yield tuple(part)
            part, total = [], 0
        part.append(slug)
        total += weight
    if part:
        yield tuple(part)


def _work_of(project: Project, rules: ArchiveRules) -> bytes:
    """Return what every worker must know, once for all parts."""
    entries = rules.glossary.entries if rules.glossary else None
    return pickle.dumps(
        (code_digest(), _mark(project), project, replace(rules, glossary=None), entries)
    )


def _mark(project: Project) -> str:
    """Return the digest of the settings file, by which a worker knows that it sees this project."""
    try:
        return sha256(project.settings.read_bytes())
    except OSError:
        return ""


def read_part(work: bytes, slugs: Sequence[str]) -> list[Outcome]:
    """Read some items in a worker; raise `StrangerError` where it is no worker for this project."""
    project, standing = _known(work)
    outcomes = []
    for slug in slugs:
        one = read_one(project, slug, standing.rules)
        record = record_of(one.item, standing) if one.item else None
        outcomes.append(Outcome(slug, record=record) if record else one)
    return outcomes


@lru_cache(1)
def _known(work: bytes) -> tuple[Project, Standing]:
    code, mark, project, rules, entries = pickle.loads(work)
    if code != code_digest():
        raise StrangerError("a worker has another version of the program or of its libraries")
    if mark != _mark(project):
        raise StrangerError("a worker does not see the project's folder at the same path")
    glossary = Glossary(entries) if entries is not None else None
    return project, standing_of(replace(rules, glossary=glossary))
