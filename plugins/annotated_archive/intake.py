"""Take captured files into the archive unchanged, with a record of where they came from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .captures import read, recognise
from .content_files import is_date
from .document import Provenance, join_captures
from .errors import Problem, Problems
from .files import write_atomically
from .fixity import sha256
from .items import CAPTURE_YAML
from .model import Capture, CaptureFile
from .project import Project, make_slug, slug_fault
from .schemas import CAPTURE

_GENERIC = frozenset(
    ["capture", "page", "index", "untitled", "download", "document", "text", "copy", "new"]
)
_SUFFIXES = {"text": ".txt"}


@dataclass(frozen=True, slots=True)
class Taken:
    """Say what was taken in: the item's slug, and the files that were written."""

    slug: str
    written: tuple[Path, ...]
    title: str | None
    comments: int


@dataclass(frozen=True, slots=True)
class _Given:
    """Hold one file that was given, and what its format read from it."""

    path: Path
    data: bytes
    format: str
    capture: Capture


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
    given, problems = _read_all(files)
    problems += _faults(source, time_zone, captured)
    slug = slug or (_choose_slug(given) if given else "")
    problems += _slug_problems(project, slug) if slug else ()
    if problems:
        raise Problems(problems)
    folder = project.captures / slug
    names = _names(given)
    entries = tuple(
        CaptureFile(name, one.format, sha256(one.data), captured or None)
        for name, one in zip(names, given, strict=True)
    )
    provenance = Provenance(slug, entries, source or None, time_zone or _zone_of(given))
    written = [folder / name for name in names]
    for path, one in zip(written, given, strict=True):
        write_atomically(path, one.data)
    record = folder / CAPTURE_YAML
    write_atomically(record, capture_yaml(project, provenance).encode())
    written.append(record)
    annotations = project.annotations / f"{slug}.yaml"
    if not annotations.exists():
        write_atomically(annotations, annotations_yaml(project, slug).encode())
        written.append(annotations)
    title = next((one.capture.title for one in given if one.capture.title), None)
    return Taken(slug, tuple(written), title, sum(len(one.capture.comments) for one in given))


def _read_all(files: Sequence[Path]) -> tuple[list[_Given], list[Problem]]:
    given, problems = [], []
    digests: dict[str, Path] = {}
    for path in files:
        try:
            data = path.read_bytes()
            found = recognise(data)
            given.append(_Given(path, data, found.name, read(data, found.name)))
        except OSError as error:
            fault = f"cannot be read: {error.strerror}"
            problems.append(Problem("unreadable", fault, path=path))
            continue
        except Problem as problem:
            problems.append(problem.at(path))
            continue
        digest = sha256(data)
        if digest in digests:
            fault = f"holds the same bytes as {digests[digest]}"
            problems.append(Problem("same-file", fault, path=path, remedy="give it once"))
        digests[digest] = path
    return given, problems


def _faults(source: str, time_zone: str, captured: str) -> list[Problem]:
    """Return what is wrong with the options, by the rules of capture.yaml."""
    from jsonschema import Draft202012Validator

    problems = []
    properties = CAPTURE["properties"]
    checks = (
        ("--source", source, properties["source"], "give an address with http:// or https://"),
        (
            "--captured",
            captured,
            properties["files"]["items"]["properties"]["captured"],
            "give a date as in 2026-11-23, or with a time as in 2026-11-23T09:30:00+01:00",
        ),
    )
    for option, value, schema, remedy in checks:
        exists = option != "--captured" or is_date(value)
        if value and not (exists and Draft202012Validator(schema).is_valid(value)):
            problems.append(Problem("option", f"{option} is '{value}'", remedy=remedy))
    if time_zone:
        try:
            ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            fault = f"there is no time zone '{time_zone}'"
            problems.append(Problem("time-zone", fault, remedy="give one as in America/New_York"))
    return problems


def _choose_slug(given: Sequence[_Given]) -> str:
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


def _names(given: Sequence[_Given]) -> tuple[str, ...]:
    """Return the name of each file in the item's folder: capture.txt, capture-2.txt."""
    suffixes = [_SUFFIXES.get(one.format, ".bin") for one in given]
    return tuple(
        f"capture{f'-{place}' if place > 1 else ''}{suffix}"
        for place, suffix in enumerate(suffixes, 1)
    )


def _zone_of(given: Sequence[_Given]) -> str | None:
    """Return the zone whose abbreviation the page itself prints, if it is a named one."""
    captures = [one.capture for one in given]
    if not any(capture.stamp and capture.stamp.zone for capture in captures):
        return None
    titled = Provenance("item", (), title="item")
    zone = join_captures(titled, captures).time_zone
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _yaml_text(text: str | None) -> str:
    return "null" if text is None else json.dumps(text, ensure_ascii=False)


def capture_yaml(project: Project, provenance: Provenance) -> str:
    """Return the text of an item's capture.yaml."""
    lines = [
        *_schema_line(project, "capture.schema.json", "../../../docs/schemas"),
        f"source: {_yaml_text(provenance.source)}",
        f"time-zone: {provenance.time_zone or 'null'}",
        "files:",
    ]
    for file in provenance.files:
        lines += [
            f"  - name: {file.name}",
            f"    format: {file.format}",
            f"    captured: {_yaml_text(file.captured)}",
            f"    sha256: {file.sha256}",
        ]
    return "\n".join(lines) + "\n"


def annotations_yaml(project: Project, slug: str) -> str:
    """Return the text of an annotations file to start from."""
    lines = [
        *_schema_line(project, "annotations.schema.json", "../../docs/schemas"),
        f"# The editor's room for '{slug}'.",
        "tags: []",
    ]
    return "\n".join(lines) + "\n"


def _schema_line(project: Project, name: str, folder: str) -> list[str]:
    """Return the line that tells an editor program of the schema, where the project has it."""
    if not (project.root / "docs" / "schemas" / name).is_file():
        return []
    return [f"# yaml-language-server: $schema={folder}/{name}"]
