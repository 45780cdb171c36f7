"""Read annotations as their editors write them: entries of a YAML file, or one long one a file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from .annotations import KINDS
from .content_schemas import NOTE
from .errors import Problem, Problems
from .model import Annotation
from .note_images import SUFFIXES
from .places import Request
from .selectors import Selector
from .validation import faults
from .yaml_file import Place, YamlFile, load_yaml

_DEFINITION = re.compile(r"^(?:[ \t>*+-]|\d{1,9}[.)])*\[[^\]]{1,999}\]:", re.MULTILINE)
_FRONT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.M
)
_DATES = ("date", "checked", "review-by")


def entry_requests(
    file: YamlFile, value: Mapping[str, Any], shown: str, drafts: bool = False
) -> tuple[Request, ...]:
    """Return the annotations of an item's file that are to be published, or its *drafts*.

    Raises `Problems` with every fault of them.
    """
    requests: list[Request] = []
    problems: list[Problem] = []
    for index, entry in enumerate(value.get("annotations") or ()):
        place: Place = ("annotations", index)
        problems += entry_faults(entry, file, place, shown)
        requests += _request(entry, value, shown, file.line(place), drafts)
    if problems:
        raise Problems(problems)
    return tuple(requests)


def long_requests(
    folder: Path, shown: str, defaults: Mapping[str, Any], drafts: bool = False
) -> tuple[Request, ...]:
    """Return the annotations of ``<slug>/<id>.md``: front matter, then the body in Markdown.

    Raises `Problems` with every fault of every file, and for files that are none.
    """
    requests: list[Request] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path.suffix.lower() in SUFFIXES:
            continue
        try:
            requests += _long_request(path, f"{shown}/{path.name}", defaults, drafts)
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    return tuple(requests)


def _long_request(
    path: Path, shown: str, defaults: Mapping[str, Any], drafts: bool
) -> Iterator[Request]:
    if path.suffix != ".md" or not path.is_file():
        remedy = "keep here only long annotations, each in a file <id>.md, and their pictures"
        raise Problems(
            [Problem("stray-annotations", "this is no annotation", path=shown, remedy=remedy)]
        )
    data = path.read_bytes()
    found = _FRONT.match(data)
    if found is None:
        fault = "the annotation does not begin with its fields between two lines of ---"
        raise Problems([Problem("front-matter", fault, path=shown, line=1, remedy="add them")])
    file = load_yaml(b"\n" + found[1], shown)  # one line down, where it stands in the file
    file.value = {} if file.value is None else file.value
    problems = list(faults(file, NOTE, shown))
    try:
        body = data[found.end() :].decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, found.end() + error.start) + 1
        fault = f"byte 0x{data[found.end() + error.start]:02x} is not UTF-8"
        problems.append(Problem("yaml", fault, path=shown, line=line, remedy="save it as UTF-8"))
        raise Problems(problems) from None
    if not body.strip():
        problems.append(Problem("body", "the annotation is empty", path=shown, remedy="write it"))
    if problems:
        raise Problems(problems)
    assert isinstance(file.value, dict)
    entry: dict[str, Any] = {"id": path.stem, **file.value, "body": body}
    if entry["id"] != path.stem:
        fault = f"the id '{entry['id']}' is not the file's name"
        remedy = "leave 'id:' out, or name the file as the annotation"
        problems.append(
            Problem("schema", fault, path=shown, line=file.line(("id",)), remedy=remedy)
        )
    elif not re.fullmatch("(?!glossary-|from-)[a-z0-9]+(-[a-z0-9]+)*", path.stem):
        fault = f"the file's name, '{path.stem}', is no id of an annotation"
        remedy = "write it with a-z, 0-9 and single hyphens"
        problems.append(Problem("schema", fault, path=shown, remedy=remedy))
    problems += entry_faults(entry, file, (), shown)
    if problems:
        raise Problems(problems)
    yield from _request(entry, defaults, shown, 1, drafts)


def entry_faults(
    entry: Mapping[str, Any], file: YamlFile, place: Place, shown: str
) -> Iterator[Problem]:
    """Yield what no schema sees: days that do not exist, and definitions within a body."""
    for name in _DATES:
        given = entry.get(name)
        if given and not _is_day(given):
            yield Problem(
                "time",
                f"there is no such day as '{given}'",
                path=shown,
                line=file.line((*place, name)),
                remedy="write a day that exists, as in 2026-11-23",
            )
    if _DEFINITION.search(entry["body"]):
        remedy = "write links inline, as in [words](address)"
        fault = f"'{entry['id']}' defines a footnote or a reference in its body"
        yield Problem("body", fault, path=shown, line=file.line(place), remedy=remedy)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _request(
    entry: Mapping[str, Any], defaults: Mapping[str, Any], shown: str, line: int, drafts: bool
) -> Iterator[Request]:
    """Yield an entry as it is to be anchored, if it is to be published, or is among the *drafts*."""
    if (entry.get("status", defaults.get("status")) == "draft") != drafts:
        return
    annotation = Annotation(
        id=entry["id"],
        kind=entry["kind"],
        place=entry.get("in", "article"),
        body=entry["body"].strip(),
        fields=tuple(
            (name, _values(entry[name])) for name in KINDS[entry["kind"]].fields if name in entry
        ),
        tags=tuple(dict.fromkeys(tag.strip() for tag in entry.get("tags") or ())),
        by=entry.get("by", defaults.get("by", "")),
        date=entry.get("date", defaults.get("date", "")),
    )
    parts = (entry.get("before", ""), entry.get("after", ""), entry.get("occurrence"))
    selector = Selector(entry["quote"], *parts) if "quote" in entry else None
    yield Request(annotation, selector, shown, line)


def _values(given: object) -> tuple[str, ...]:
    """Return the texts of a field.

    >>> _values([{"title": "A", "address": "https://a.example", "archived": "https://b.example/a"}])
    ('A, https://a.example, archived https://b.example/a',)
    """
    if not isinstance(given, Sequence) or isinstance(given, str):
        return (str(given),)
    return tuple(one if isinstance(one, str) else _source(one) for one in given)


def _source(one: Mapping[str, str]) -> str:
    archived = f"archived {one['archived']}" if "archived" in one else ""
    return ", ".join(part for part in (one["title"], one.get("address"), archived) if part)
