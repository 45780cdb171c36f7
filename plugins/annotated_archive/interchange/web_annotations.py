"""Read annotations that other programs wrote: W3C Web Annotations, and rows of the Hypothesis API.

What comes from outside is measured, every type is looked at, and what is not understood is named.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ..annotations import KINDS
from ..errors import Problem
from ..exports.annotations_jsonld import LISTS, own_value
from ..yaml_file import Value
from .foreign_text import foreign_markdown, own_markdown

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 32
MAX_COUNT = 20_000
_SETS = ("Choice", "Composite", "List", "Independents")
_PLACE = re.compile(r"article|title|page|comment-[0-9a-z-]+|commenter: ?.+")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """Hold what one part of a target says: *block* is a fragment's id, *target* a number of ours.

    *unknown* names the selectors that are not understood.
    """

    source: str = ""
    block: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    target: int = 0
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Foreign:
    """Hold one annotation from outside; *body* is Markdown.

    *kind*, *place*, *fields*, *lost* and *entry* are what our own export says, or empty. *doubts*
    say why it cannot be published as it is.
    """

    id: str = ""
    motivations: tuple[str, ...] = ()
    body: str = ""
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    by: str = ""
    date: str = ""
    parts: tuple[Part, ...] = ()
    kind: str = ""
    place: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    lost: str = ""
    entry: str = ""
    doubts: tuple[str, ...] = ()


def read_foreign(data: bytes, shown: str) -> tuple[Foreign, ...]:
    """Return the annotations that a file holds; raise `Problem` if it holds none that are known.

    >>> read_foreign(b'{"rows": [{"uri": "", "text": "a", "user": "acct:bo@b.example"}]}', "a.json")[0].by
    'bo'
    """
    if len(data) > MAX_BYTES:
        raise _refusal(f"the file is larger than {MAX_BYTES:,} bytes", "split it", shown)
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        fault = f"the file is no JSON: {str(error)[:80]}"
        raise _refusal(fault, "export it again, in UTF-8", shown) from None
    if _is_deep(value):
        raise _refusal(f"the file is nested deeper than {MAX_DEPTH} levels", "", shown)
    records = list(_records(value, shown))
    if len(records) > MAX_COUNT:
        raise _refusal(f"the file holds more than {MAX_COUNT:,} annotations", "split it", shown)
    return tuple(map(_read, records))


def _refusal(fault: str, remedy: str, shown: str) -> Problem:
    return Problem("import", fault, path=shown, remedy=remedy)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for one in level
            if isinstance(one, list | dict)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return bool(level)


def _records(value: object, shown: str) -> Iterator[object]:
    """Yield each annotation of a list, a collection, a page, an answer of the API, or one alone."""
    if isinstance(value, list):
        yield from value
        return
    whole = value if isinstance(value, dict) else {}
    first = whole.get("first")
    if isinstance(first, str):
        remedy = f"import the file of its first page, {first[:80]}"
        raise _refusal("the collection's annotations are in another file", remedy, shown)
    lists = [whole.get("rows"), whole.get("replies"), whole.get("@graph")]
    lists += [_mapping(first).get("items"), None if "target" in whole else whole.get("items")]
    if any(isinstance(one, list) for one in lists) or _types(whole) == ("AnnotationCollection",):
        for one in (*lists, whole.get("next"), _mapping(first).get("next")):
            yield from _list(one)
    elif "target" in whole or "uri" in whole or "Annotation" in _types(whole):
        yield whole
    else:
        remedy = "give Web Annotations as JSON-LD, or an answer of the Hypothesis API"
        raise _refusal("the file holds no annotations that are known here", remedy, shown)


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    """Return text that can be written, or nothing where there is none."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for text in map(_text, _list(value)) if text.strip())


def _types(record: Json) -> tuple[str, ...]:
    """Return the types of a JSON-LD node, without a prefix."""
    given = _texts(record.get("type", record.get("@type")))
    return tuple(one.removeprefix("oa:").rpartition("#")[2] for one in given)


def _id(value: object) -> str:
    node = _mapping(value)
    return _text(value) or _text(node.get("id", node.get("@id")))


def _read(value: object) -> Foreign:
    record = _mapping(value)
    if not record:
        words = f": {_text(value)[:80]}" if isinstance(value, str) else ""
        return Foreign(doubts=(f"it is only named, not told{words}",))
    if "uri" in record and not {"type", "@type", "body", "bodyValue"} & set(record):
        return _hypothesis(record)
    kind = _text(own_value(record, "kind"))
    place = _text(own_value(record, "in"))
    motivations = tuple(one.removeprefix("oa:") for one in _texts(record.get("motivation")))
    bodies = [*_list(record.get("bodyValue")), *_bodies(record.get("body"))]
    found = [_body(one, motivations, kind in KINDS) for one in bodies]
    is_reply = "replying" in motivations
    return Foreign(
        id=_id(record),
        motivations=motivations,
        body="\n\n".join(text for text, _, _ in found if text),
        links=() if kind in KINDS else tuple(link for _, link, _ in found if link),
        tags=tuple(dict.fromkeys(tag.strip() for _, _, tag in found if tag.strip())),
        by=", ".join(name for name in map(_name, _list(record.get("creator"))) if name),
        date=_day(own_value(record, "date") or record.get("created")),
        parts=tuple(part for one in _list(record.get("target")) for part in _parts(one)),
        kind=kind if kind in KINDS else "",
        place=place if _PLACE.fullmatch(place) else "",
        fields=dict(_fields(record, kind)),
        lost=_text(own_value(record, "lost")),
        entry=_text(own_value(record, "entry")),
        doubts=("it is a reply to another annotation",) if is_reply else (),
    )


def _fields(record: Json, kind: str) -> Iterator[tuple[str, Value]]:
    """Yield the kind's own fields."""
    for name in KINDS[kind].fields if kind in KINDS else ():
        texts = [text for text in map(_text, _list(own_value(record, name))) if text]
        if texts:
            yield name, [*texts] if name in LISTS else texts[0]


def _bodies(value: object) -> Iterator[object]:
    """Yield each body; of a choice the first, as section 3.2.7 has it."""
    for one in _list(value):
        items = _list(_mapping(one).get("items"))
        is_choice = "Choice" in _types(_mapping(one))
        yield from (items[:1] if is_choice else items) if items else [one]


def _body(value: object, motivations: Sequence[str], is_ours: bool) -> tuple[str, str, str]:
    """Return a body as Markdown, as an address, or as a tag."""
    body = _mapping(value)
    text = _text(body.get("value"))
    purposes = _texts(body.get("purpose")) or motivations
    if "tagging" in purposes:
        return "", "", text or _id(body.get("source")) or _id(value)
    if text:
        form = _text(body.get("format"))
        return own_markdown(text) if is_ours else foreign_markdown(text, form), "", ""
    address = _id(body.get("source")) or _id(value)
    if isinstance(value, str) and not re.match(r"[a-z][a-z0-9+.-]*:", value, re.IGNORECASE):
        return foreign_markdown(value, "text/plain"), "", ""
    return "", address, ""


def _name(value: object) -> str:
    agent = _mapping(value)
    names = _texts(agent.get("name")) or _texts(agent.get("nickname", agent.get("nick")))
    return names[0] if names else _id(value)


def _day(value: object) -> str:
    """Return the day of a time, in UTC; nothing where it is none.

    >>> _day("2015-01-28T23:30:00-05:00"), _day("soon")
    ('2015-01-29', '')
    """
    try:
        when = datetime.fromisoformat(_text(value))
        return (when.astimezone(UTC) if when.tzinfo else when).date().isoformat()
    except (ValueError, OverflowError):
        return ""


def _parts(value: object) -> Iterator[Part]:
    """Yield what a target says."""
    target = _mapping(value)
    if set(_types(target)) & set(_SETS):
        for item in _list(target.get("items")):
            yield from _parts(item)
        return
    source, _, fragment = (_id(target.get("source")) or _id(value)).partition("#")
    said: dict[str, Any] = {"block": fragment} if fragment else {}
    unknown: list[str] = []
    for one in _list(target.get("selector")):
        for name, part in _selector(one, unknown):
            said.setdefault(name, part)
    number = own_value(target, "target")
    said["target"] = number if isinstance(number, int) else 0
    yield Part(source=source, unknown=tuple(dict.fromkeys(unknown)), **said)


def _selector(value: object, unknown: list[str]) -> Iterator[tuple[str, Any]]:
    """Yield what a selector says, by the names of `Part`; add to *unknown* what is not understood."""
    selector = _mapping(value)
    kind = (*_types(selector), "a selector elsewhere")[0]
    inner = _list(selector.get("refinedBy"))
    start, end = selector.get("start"), selector.get("end")
    if kind == "FragmentSelector":
        yield "block", _text(selector.get("value")).removeprefix("#")
    elif kind == "TextQuoteSelector" and not inner and _text(selector.get("exact")).strip():
        for name in ("exact", "prefix", "suffix"):
            yield name, _text(selector.get(name))
    elif kind == "TextPositionSelector" and not inner and type(start) is type(end) is int:
        yield from (("start", start), ("end", end))
    else:
        unknown.append(kind)
    for one in inner if kind not in ("TextQuoteSelector", "TextPositionSelector") else ():
        yield from _selector(one, unknown)


def _hypothesis(row: Json) -> Foreign:
    """Read a row of the Hypothesis API; without a selector it is about the page."""
    shown = _text(_mapping(row.get("user_info")).get("display_name"))
    user = re.fullmatch(r"acct:(.+)@[^@]+", _text(row.get("user")))
    targets = _list(row.get("target")) or [{"source": row.get("uri")}]
    readers = _mapping(row.get("permissions")).get("read", ["group:__world__"])
    is_public = "group:__world__" in _list(readers) and row.get("group") in (None, "__world__")
    doubts = {
        "it is a reply to another annotation": bool(row.get("references")),
        "moderators have hidden it": bool(row.get("hidden")),
        "it is not public where it comes from": not is_public,
    }
    return Foreign(
        id=_text(row.get("id")),
        body=foreign_markdown(_text(row.get("text")), "text/markdown"),
        tags=tuple(dict.fromkeys(tag.strip() for tag in _texts(row.get("tags")))),
        by=shown or (user[1] if user else ""),
        date=_day(row.get("created")),
        parts=tuple(part for one in targets for part in _parts(one)),
        doubts=tuple(doubt for doubt, holds in doubts.items() if holds),
    )
