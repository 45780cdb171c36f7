"""List what a container holds, and take items of it into the archive, one after the other."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .capture_record import digests_in
from .captures import read
from .captures.disqus import article_key
from .containers import Contained, Container, Progress, recognise_container
from .errors import Problem, Problems
from .fixity import sha256
from .intake import item_faults, option_faults
from .item_files import Given, Taken, append_to_item, write_item
from .items import CAPTURE_YAML
from .project import Project, make_slug, slug_fault

_CHUNK = 1024 * 1024
_COMMENT_PAGE = re.compile(r"(?:/comment-page-[0-9]+/?|(?<=[?&])cpage=[0-9]+&?)$")
_PATTERN_SIGNS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Listed:
    """Show one item of a container: *slug* is proposed, *state* says why it would be left out."""

    key: str
    slug: str
    title: str
    address: str
    captured: str | None
    format: str
    size: int
    state: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Show what a container holds, and what of it cannot be read."""

    container: str
    items: tuple[Listed, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class TakenFrom:
    """Say what was taken from a container, what was left out and why, and what cannot be read."""

    taken: list[Taken] = field(default_factory=list)
    skipped: list[tuple[Listed, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def no_progress(done: int, total: int, words: str) -> None:
    """Say nothing of the progress."""


def list_container(
    project: Project, path: Path, select: str = "", progress: Progress = no_progress
) -> Listing:
    """Return what a container holds that *select* matches; raise `Problems` where it is none."""
    container = _recognised(project, path)
    items, problems = [], []
    for entry in _entries(container, path, progress):
        if isinstance(entry, Problem):
            problems.append(entry.at(path))
        elif matches(entry, select):
            items.append(_listed(entry))
    return Listing(container.name, tuple(items), tuple(problems))


def matches(entry: Contained, select: str) -> bool:
    """Tell whether a pattern matches an item's address, slug, title or key; case does not count.

    A pattern with ``*``, ``?`` or ``[`` must match the whole, another may stand anywhere in it.

    >>> entry = Contained("1", "http://a.example/rain/", "Rain", None, "html", 1, bytes)
    >>> matches(entry, "rain"), matches(entry, "*/rain"), matches(entry, "http://a.example/*")
    (True, False, True)
    """
    pattern = select.casefold()
    words = [entry.key, entry.address, entry.slug, entry.title, *entry.aliases]
    if not _PATTERN_SIGNS & set(pattern):
        return any(pattern in one.casefold() for one in words)
    return any(fnmatchcase(one.casefold(), pattern) for one in words)


def take_from(
    project: Project,
    path: Path,
    select: str = "",
    *,
    item: str = "",
    time_zone: str = "",
    everything: bool = False,
    progress: Progress = no_progress,
) -> TakenFrom:
    """Take the items of a container that *select* matches; each becomes an item of the archive.

    Several captures of one address become one item; with *item*, all become captures of that one.
    Drafts and whatever else has a state are left out, unless *everything* is asked for. What
    is in the archive already is left out too. Raises `Problems` where nothing can be taken at all.
    """
    problems = option_faults("", time_zone, "")
    problems += item_faults(project, item) if item else ()
    if problems:
        raise Problems(problems)
    container = _recognised(project, path)
    taking = _Taking(project, path, _digest(path, progress), item, time_zone)
    for entry in _entries(container, path, progress):
        if isinstance(entry, Problem):
            taking.result.problems.append(entry.at(path))
        elif matches(entry, select):
            taking.take(entry, everything)
    result = taking.result
    if not (result.taken or result.skipped or result.problems):
        fault = f"nothing in it matches '{select}'" if select else "it holds no page"
        problem = Problem("no-match", fault, path=path, remedy="see what it holds with --list")
        raise Problems([problem])
    return result


def _recognised(project: Project, path: Path) -> Container:
    try:
        container = recognise_container(path)
    except OSError as error:
        fault = f"cannot be read: {error.strerror}"
        raise Problems([Problem("unreadable", fault, path=path)]) from None
    if container is None:
        remedy = (
            "give a WARC, ARC, WACZ, WordPress or Disqus file, or leave out --list and --select"
        )
        fault = "this holds no captures of several items"
        raise Problems([Problem("no-container", fault, path=path, remedy=remedy)])
    return container


def _entries(container: Container, path: Path, progress: Progress) -> Iterator[Contained | Problem]:
    """Yield what a container holds; what stops it altogether is the last problem."""
    try:
        yield from container.entries(path, progress)
    except Problem as problem:
        yield problem


def _digest(path: Path, progress: Progress) -> str:
    found = hashlib.sha256()
    total, done = path.stat().st_size, 0
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            found.update(data)
            done += len(data)
            progress(done, total, "computing its digest")
    return found.hexdigest()


def _listed(entry: Contained) -> Listed:
    return Listed(
        entry.key,
        propose_slug(entry),
        entry.title,
        entry.address,
        entry.captured,
        entry.format,
        entry.size,
        entry.state,
    )


def propose_slug(entry: Contained) -> str:
    """Return a slug of the item's own name, its title, or the end of its address.

    >>> propose_slug(Contained("1", "http://a.example/2009/rain.html", "", None, "html", 1, bytes))
    'rain'
    >>> propose_slug(Contained("1", "", "Archive", None, "html", 1, bytes))
    'archive-item'
    """
    parts = [part for part in urlsplit(entry.address).path.split("/") if part]
    tail = parts[-1].rsplit(".", 1)[0] if parts else urlsplit(entry.address).netloc
    candidates = (unquote(entry.slug), entry.title, unquote(tail), entry.key)
    slug = next((made for one in candidates if (made := make_slug(one))), "item")
    slug = f"item-{slug}" if slug.isdigit() else slug
    return f"{slug}-item" if slug_fault(slug) else slug


@dataclass(slots=True)
class _Taking:
    """Take one item after another, and remember which addresses have become which items."""

    project: Project
    path: Path
    digest: str
    item: str
    time_zone: str
    result: TakenFrom = field(default_factory=TakenFrom)
    slugs: dict[str, str] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.folders = {path.name.casefold() for path in self.project.captures.glob("*")}

    def take(self, entry: Contained, everything: bool) -> None:
        """Take one item, or say why not."""
        if entry.state and not everything:
            self.result.skipped.append((_listed(entry), entry.state))
            return
        try:
            given = self._given(entry)
        except Problem as problem:
            self.result.problems.append(_named(problem, entry).at(self.path))
            return
        own = _article(entry)
        entry = replace(entry, title=given.capture.title or entry.title)
        slug, exists = self._home(entry, own, sha256(given.data))
        if not slug:
            self.result.skipped.append((_listed(entry), "in the archive already"))
            return
        self.slugs[own] = slug
        try:
            self.result.taken.append(self._write(slug, exists, entry, given))
        except Problems as found:
            self.result.problems += found.problems

    def _given(self, entry: Contained) -> Given:
        data = entry.read()
        capture = read(data, entry.format)
        container = {"name": self.path.name, "sha256": self.digest, **entry.provenance}
        return Given(Path(entry.key), data, entry.format, capture, entry.captured, container)

    def _write(self, slug: str, exists: bool, entry: Contained, given: Given) -> Taken:
        if exists:
            return append_to_item(self.project, slug, [given])
        title = "" if given.capture.title else entry.title or entry.address or entry.key
        return write_item(
            self.project,
            slug,
            [given],
            source=entry.address,
            time_zone=self.time_zone,
            title=title,
        )

    def _home(self, entry: Contained, own: str, digest: str) -> tuple[str, bool]:
        """Return the item that a capture goes to, and whether that exists; none if it is there."""
        slug = self.item or self.slugs.get(own, "")
        if slug:
            record = self.project.captures / slug / CAPTURE_YAML
            return ("", True) if digest in digests_in(record) else (slug, True)
        base = slug = propose_slug(entry)
        for number in range(1, len(self.folders) + 2):
            slug = base if number == 1 else f"{base[:90].rstrip('-')}-{number}"
            if slug not in self.folders:
                break
            if digest in digests_in(self.project.captures / slug / CAPTURE_YAML):
                self.slugs[own] = slug
                return "", True
        self.folders.add(slug)
        return slug, False


def _article(entry: Contained) -> str:
    """Return what the captures of one article share: its address without that of a comment page."""
    address = _COMMENT_PAGE.sub("", entry.address.partition("#")[0])
    return article_key(address).rstrip("/?") or entry.key


def _named(problem: Problem, entry: Contained) -> Problem:
    """Return a problem that names the item it is about."""
    name = entry.address or entry.title or entry.key
    fault = f"{name[:200]}: {problem.fault}"
    return Problem(problem.code, fault, path=problem.path, remedy=problem.remedy)


def states(skipped: Sequence[tuple[Listed, str]]) -> dict[str, int]:
    """Count what was left out, by why.

    >>> states([])
    {}
    """
    counts: dict[str, int] = {}
    for _, why in skipped:
        counts[why] = counts.get(why, 0) + 1
    return counts
