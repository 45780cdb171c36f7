"""Write an item's captures and their record, or add captures to an item that exists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .capture_record import ContainedIn, annotations_yaml, capture_yaml, with_files
from .content_files import is_date
from .content_schemas import CAPTURE
from .document import Provenance, join_captures
from .errors import Problem, Problems
from .files import write_atomically
from .fixity import sha256
from .items import CAPTURE_YAML
from .model import Capture, CaptureFile
from .project import Project

_SUFFIXES = {
    "text": ".txt", "html": ".html", "mhtml": ".mhtml", "wxr": ".xml", "disqus": ".xml",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """Say what was taken in: the item's slug, and the files that were written."""

    slug: str
    written: tuple[Path, ...]
    title: str | None
    comments: int


@dataclass(frozen=True, slots=True)
class Given:
    """Hold one file that was given, and what its format read from it.

    *container* is what capture.yaml says of the container it came from, *captured* when it was.
    """

    path: Path
    data: bytes
    format: str
    capture: Capture
    captured: str | None = None
    container: ContainedIn = field(default_factory=dict)


def write_item(
    project: Project,
    slug: str,
    given: Sequence[Given],
    *,
    source: str = "",
    time_zone: str = "",
    captured: str = "",
    title: str = "",
) -> Taken:
    """Write a new item: the files, its record and its annotations file; options go before files."""
    folder = project.captures / slug
    names = _names([one.format for one in given])
    entries = tuple(_entry(name, one, captured) for name, one in zip(names, given, strict=True))
    sources = (web_address(one.capture.source) for one in given)
    provenance = Provenance(
        slug,
        entries,
        source or next(filter(None, sources), None),
        time_zone or zone_of_captures([one.capture for one in given]),
        title=title or None,
    )
    written = [folder / name for name in names]
    for path, one in zip(written, given, strict=True):
        write_atomically(path, one.data)
    record = folder / CAPTURE_YAML
    text = capture_yaml(project, provenance, [one.container for one in given])
    write_atomically(record, text.encode())
    written.append(record)
    annotations = project.annotations / f"{slug}.yaml"
    if not annotations.exists():
        write_atomically(annotations, annotations_yaml(project, slug).encode())
        written.append(annotations)
    return _taken(slug, written, given)


def _entry(name: str, one: Given, captured: str) -> CaptureFile:
    """Return a file's entry: *captured* as it was given, else as the file itself says."""
    when = captured or one.captured or one.capture.captured or None
    sound = when if when and is_time(when) else None
    return CaptureFile(name, one.format, sha256(one.data), sound)


def _taken(slug: str, written: Sequence[Path], given: Sequence[Given]) -> Taken:
    title = next((one.capture.title for one in given if one.capture.title), None)
    return Taken(slug, tuple(written), title, sum(len(one.capture.comments) for one in given))


def append_to_item(
    project: Project, slug: str, given: Sequence[Given], *, captured: str = ""
) -> Taken:
    """Write further captures of an item, and add them to its record."""
    folder = project.captures / slug
    record = folder / CAPTURE_YAML
    before = record.read_bytes()
    taken = {path.name.casefold() for path in folder.iterdir()}
    names = _names([one.format for one in given], taken)
    entries = [_entry(name, one, captured) for name, one in zip(names, given, strict=True)]
    try:
        after = with_files(before, project.shown(record), entries, [one.container for one in given])
    except Problem as problem:
        raise Problems([problem]) from None
    written = [folder / name for name in names]
    for path, one in zip(written, given, strict=True):
        write_atomically(path, one.data)
    write_atomically(record, after)
    return _taken(slug, [*written, record], given)


def is_time(text: str) -> bool:
    """Tell whether capture.yaml can say that something was captured at the time *text*."""
    from jsonschema import Draft202012Validator

    schema = CAPTURE["properties"]["files"]["items"]["properties"]["captured"]
    return Draft202012Validator(schema).is_valid(text) and is_date(text)


def web_address(text: str | None) -> str:
    """Return an address that capture.yaml can name as source, or an empty string."""
    return text if text and text.startswith(("http://", "https://")) else ""


def _names(formats: Sequence[str], taken: set[str] | None = None) -> tuple[str, ...]:
    """Return a name for each file in the item's folder: capture.txt, capture-2.txt.

    The number is that of the capture, whatever its format; a name that is *taken* is passed over.
    """
    taken = set() if taken is None else taken
    captures = [name for name in taken if name.startswith("capture") and name != CAPTURE_YAML]
    number, names = len(captures), []
    for format_name in formats:
        name = ""
        while not name or name in taken:
            number += 1
            suffix = _SUFFIXES.get(format_name, ".bin")
            name = f"capture{f'-{number}' if number > 1 else ''}{suffix}"
        names.append(name)
    return tuple(names)


def zone_of_captures(captures: Sequence[Capture]) -> str | None:
    """Return the zone whose abbreviation the page itself prints, if it is a named one."""
    if not any(capture.stamp and capture.stamp.zone for capture in captures):
        return None
    titled = Provenance("item", (), title="item")
    zone = join_captures(titled, captures).time_zone
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError):
        return None
