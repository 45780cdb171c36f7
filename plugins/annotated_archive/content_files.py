"""Read the content files of one item: capture.yaml and the editor's annotations."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .annotation_files import entry_requests, long_requests
from .answer_entries import Reading, readings_of
from .content_schemas import ANNOTATIONS, ARCHIVE_REDACTIONS, CAPTURE
from .errors import Problem, Problems
from .model import CaptureFile
from .places import Request
from .resolution import Allowed, Redaction
from .schema_parts import Schema
from .spoken import Spoken, spoken_of
from .validation import faults
from .yaml_file import Place, YamlFile, load_yaml

if TYPE_CHECKING:
    from .document import Provenance


@dataclass(frozen=True, slots=True)
class Editorial:
    """Hold what the editor's file says of an item."""

    tags: tuple[str, ...] = ()
    category: str = ""
    summary: str = ""
    redactions: tuple[Redaction, ...] = ()
    annotations: tuple[Request, ...] = ()
    answers: tuple[Reading, ...] = ()
    item_type: str = ""
    languages: tuple[Spoken, ...] = ()


def load(path: Path, shown: str, schema: Schema) -> tuple[YamlFile, dict[str, Any]]:
    """Return the file and its mapping; raise `Problems` with all of its faults."""
    file = load_yaml(path.read_bytes(), shown)
    if file.value is None:
        file.value = {}
    found = faults(file, schema, shown)
    if found:
        raise Problems(found)
    return file, cast("dict[str, Any]", file.value)


def read_provenance(path: Path, slug: str, shown: str) -> "Provenance":
    """Read capture.yaml; raise `Problems` with every fault, by line."""
    from .document import Provenance

    file, value = load(path, shown, CAPTURE)
    problems = []
    zone = value.get("time-zone")
    if zone and not _is_zone(zone):
        remedy = "write a name of the IANA time zone database, such as America/New_York"
        problems.append(
            Problem(
                "time-zone",
                f"there is no time zone '{zone}'",
                path=shown,
                line=file.line(("time-zone",)),
                remedy=remedy,
            )
        )
    times: list[tuple[Place, str | None]] = [(("published",), value.get("published"))]
    times += [(("files", n, "captured"), e.get("captured")) for n, e in enumerate(value["files"])]
    for place, given in times:
        if given and not is_date(given):
            remedy = "write a day that exists, as in 2026-11-23"
            fault = f"there is no such time as '{given}'"
            problems.append(
                Problem("time", fault, path=shown, line=file.line(place), remedy=remedy)
            )
    names: set[str] = set()
    for index, entry in enumerate(value["files"]):
        name = entry["name"].casefold()
        if name in names or name == "capture.yaml":
            problems.append(
                Problem(
                    "capture-name",
                    f"'{entry['name']}' is listed twice or is this file",
                    path=shown,
                    line=file.line(("files", index, "name")),
                    remedy="list each captured file once",
                )
            )
        names.add(name)
    if problems:
        raise Problems(problems)
    return Provenance(
        slug=slug,
        files=tuple(
            CaptureFile(
                e["name"],
                e["format"],
                e["sha256"],
                e.get("captured"),
                e.get("original-keyed-sha256"),
            )
            for e in value["files"]
        ),
        source=value.get("source"),
        time_zone=zone,
        title=value.get("title"),
        published=value.get("published"),
        original_is_public=bool(value.get("original-is-public", False)),
    )


def is_date(text: str) -> bool:
    """Tell whether a text is a date, or a date and time, that exists.

    >>> is_date("2026-11-23"), is_date("2026-02-31")
    (True, False)
    """
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def read_editorial(path: Path, shown: str, drafts: bool = False) -> Editorial:
    """Read the editor's file of one item, and the long annotations in the folder beside it.

    An absent file says nothing. The annotations are those to be published, or the *drafts*. Raises
    `Problems` with every fault of all of them.
    """
    problems: list[Problem] = []
    file, value = YamlFile({}), dict[str, Any]()
    if path.exists():
        try:
            file, value = load(path, shown, ANNOTATIONS)
        except Problems as found:
            problems += found.problems
    requests: list[Request] = []
    readings: tuple[Callable[[], tuple[Request, ...]], ...] = (
        lambda: entry_requests(file, value, shown, drafts),
        lambda: long_requests(path.with_suffix(""), shown.removesuffix(".yaml"), value, drafts),
    )
    for given in readings:
        try:
            requests += given()
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    return Editorial(
        redactions=_redactions(file, value, shown),
        annotations=tuple(requests),
        tags=tuple(dict.fromkeys(tag.strip() for tag in value.get("tags") or ())),
        category=value.get("category", ""),
        summary=value.get("summary", ""),
        answers=readings_of(file, value, shown),
        languages=spoken_of(file, value, shown),
        item_type=value.get("item-type", ""),
    )


def read_redactions(path: Path, shown: str) -> tuple[Redaction, ...]:
    """Read a file of redactions alone; an absent file withholds nothing."""
    if not path.exists():
        return ()
    file, value = load(path, shown, ARCHIVE_REDACTIONS)
    return _redactions(file, value, shown)


def _redactions(file: YamlFile, value: dict[str, Any], shown: str) -> tuple[Redaction, ...]:
    return tuple(
        Redaction(
            id=entry["id"],
            withhold=entry["withhold"],
            place=entry.get("in", "page"),
            words=entry.get("quote") or entry.get("term") or "",
            also=tuple(entry.get("also", ())),
            attribute=entry.get("attribute", ""),
            replacement=entry.get("replacement", ""),
            public_note=entry.get("public-note", ""),
            date=entry.get("date", ""),
            allow=tuple(Allowed(one["in"], one["quote"]) for one in entry.get("allow", ())),
            applied=entry.get("applied", False),
            path=shown,
            line=file.line(("redactions", index)),
        )
        for index, entry in enumerate(value.get("redactions") or ())
    )
