"""Take captured files into the archive unchanged, with a record of where they came from."""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .capture_record import annotations_yaml, capture_yaml, digests_in
from .captures import read, recognise
from .containers import recognise_container
from .containers.base import Contained
from .errors import Problem, Problems
from .fixity import sha256
from .item_files import Given, Taken, append_to_item, is_time, web_address, write_item
from .items import CAPTURE_YAML
from .project import Project, make_slug, slug_fault

__all__ = ["Given", "Taken", "add_to", "annotations_yaml", "capture_yaml", "take_in"]

MAX_BYTES = 64 * 1024 * 1024
"""Refuse a larger file, unless it is a container."""
_GENERIC = frozenset(
    ["capture", "page", "index", "untitled", "download", "document", "text", "copy", "new"]
)


def take_in(
    project: Project,
    files: Sequence[Path],
    *,
    slug: str = "",
    source: str = "",
    time_zone: str = "",
    captured: str = "",
) -> Taken:
    """Copy *files* into one item's folder, and write its capture.yaml and annotations file.

    Nothing is overwritten, and nothing is written unless everything is right. Raises `Problems`.
    """
    given, problems = read_all(files)
    problems += option_faults(source, time_zone, captured)
    slug = slug or (_choose_slug(given) if given else "")
    problems += _slug_problems(project, slug) if slug else ()
    if problems:
        raise Problems(problems)
    return write_item(project, slug, given, source=source, time_zone=time_zone, captured=captured)


def add_to(project: Project, slug: str, files: Sequence[Path], *, captured: str = "") -> Taken:
    """Add further captures to an item that exists; its record keeps every byte that it has.

    The same bytes are refused twice. Nothing is written unless everything is right. Raises
    `Problems`.
    """
    given, problems = read_all(files)
    problems += option_faults("", "", captured)
    problems += item_faults(project, slug)
    if not problems:
        problems += _known_files(project, slug, given)
    if problems:
        raise Problems(problems)
    return append_to_item(project, slug, given, captured=captured)


def item_faults(project: Project, slug: str) -> list[Problem]:
    """Return why nothing can be added to an item: there is none of that name."""
    if not slug_fault(slug) and (project.captures / slug / CAPTURE_YAML).is_file():
        return []
    remedy = "take the first capture in without --item"
    return [Problem("no-such-item", f"there is no item '{slug}'", remedy=remedy)]


def _known_files(project: Project, slug: str, given: Sequence[Given]) -> list[Problem]:
    known = digests_in(project.captures / slug / CAPTURE_YAML)
    fault, remedy = f"the item '{slug}' has these bytes already", "give another file"
    return [
        Problem("same-file", fault, path=one.path, remedy=remedy)
        for one in given
        if sha256(one.data) in known
    ]


def read_all(files: Sequence[Path]) -> tuple[list[Given], list[Problem]]:
    """Return what each file holds, and what is wrong with any of them."""
    given: list[Given] = []
    problems: list[Problem] = []
    digests: dict[str, Path] = {}
    for path in files:
        try:
            one = _read_file(path)
        except OSError as error:
            fault = f"cannot be read: {error.strerror}"
            problems.append(Problem("unreadable", fault, path=path))
            continue
        except Problem as problem:
            problems.append(problem.at(path))
            continue
        given.append(one)
        digest = sha256(one.data)
        if digest in digests:
            fault = f"holds the same bytes as {digests[digest]}"
            problems.append(Problem("same-file", fault, path=path, remedy="give it once"))
        digests[digest] = path
    return given, problems


def _read_file(path: Path) -> Given:
    """Return one file by the format that recognises it; raise `Problem` for a container of many."""
    _refuse_container(path)
    if path.stat().st_size > MAX_BYTES:
        fault = f"the capture has {path.stat().st_size:,} bytes, more than {MAX_BYTES:,}"
        raise Problem("too-large", fault, remedy="save it without what is embedded in it")
    data = path.read_bytes()
    found = recognise(data)
    return Given(path, data, found.name, read(data, found.name))


def _refuse_container(path: Path) -> None:
    """Raise a problem where a file holds several items; an export of one is a capture itself."""
    container = recognise_container(path)
    if container is None:
        return
    met = 0
    if container.name in ("wxr", "disqus"):
        for one in container.entries(path, lambda done, total, words: None):
            met += isinstance(one, Contained)
            if met > 1:
                break
        else:
            return
    remedy = "see what it holds with --list, and take items with --select PATTERN"
    raise Problem("container", f"this is a container of captures ({container.name})", remedy=remedy)


def option_faults(source: str, time_zone: str, captured: str) -> list[Problem]:
    """Return what is wrong with the options, by the rules of capture.yaml."""
    problems = []
    if source and not web_address(source):
        remedy = "give an address with http:// or https://"
        problems.append(Problem("option", f"--source is '{source}'", remedy=remedy))
    if captured and not is_time(captured):
        remedy = "give a date as in 2026-11-23, or with a time as in 2026-11-23T09:30:00+01:00"
        problems.append(Problem("option", f"--captured is '{captured}'", remedy=remedy))
    if time_zone:
        try:
            ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            fault = f"there is no time zone '{time_zone}'"
            problems.append(Problem("time-zone", fault, remedy="give one as in America/New_York"))
    return problems


def _choose_slug(given: Sequence[Given]) -> str:
    """Make a slug of the first file's name, or of the title where that name says nothing."""
    stem = make_slug(given[0].path.stem)
    if stem and stem not in _GENERIC and not stem.isdigit():
        return stem
    title = next((one.capture.title for one in given if one.capture.title), "")
    return make_slug(title or "") or stem or "item"


def _slug_problems(project: Project, slug: str) -> list[Problem]:
    """Return why an item cannot have this slug: its form, or an item that has it already."""
    fault = slug_fault(slug)
    if fault:
        return [Problem("slug", fault, remedy="give another with --slug")]
    taken = [p for p in project.captures.glob("*") if p.name.casefold() == slug.casefold()]
    remedy = "give another with --slug; an item that exists is never overwritten"
    fault = f"the item '{slug}' exists"
    return [Problem("slug-exists", fault, path=project.shown(p), remedy=remedy) for p in taken]
