"""Make an entry for words of an item, and add it to the item's annotations file.

The words are sought in the item as it is published. Where it is not certain which are meant, or they
are withheld, nothing is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..annotation_files import entry_faults
from ..annotations import KINDS
from ..archive_rules import read_rules
from ..capture_record import annotations_yaml
from ..content_files import load
from ..content_schemas import ANNOTATIONS
from ..errors import Problem, Problems
from ..files import write_atomically
from ..folding import words_of
from ..item_cache import open_cache
from ..item_record import standing_of
from ..items import ArchiveRules, Item, read_item, unknown_editors
from ..lock import hold
from ..model import Annotation
from ..note_images import body_faults
from ..places import Places, Request, find, places_of
from ..project import Project
from ..redaction import touches
from ..selectors import Miss, Selector, Span, context
from ..validation import faults
from ..yaml_file import YamlFile, load_yaml
from .annotation_entries import TO_WRITE, NewEntry, add_entries, entry_text
from .entry_selectors import Values, free_id, occurrences, selection


@dataclass(frozen=True, slots=True)
class Annotated:
    """Say what was written: the *entry* as YAML, its *id*, and its *line* in the file *path*."""

    path: Path
    entry: str
    id: str
    line: int


@dataclass(frozen=True, slots=True)
class Room:
    """Hold an item as it is published, and its annotations file as it is.

    *ids* are those that are taken, by drafts and long annotations too.
    """

    project: Project
    slug: str
    item: Item
    rules: ArchiveRules
    text: str
    value: Mapping[str, Any]
    places: Places
    ids: frozenset[str] = field(default=frozenset())

    @property
    def path(self) -> Path:
        """Return where the annotations file is."""
        return self.project.annotations / f"{self.slug}.yaml"

    def withholds(self, text: str) -> str:
        """Return the id of the redaction that withholds words of *text*, or an empty string."""
        return touches(text, self.item.secrets)


def open_room(project: Project, slug: str) -> Room:
    """Return the room of an item; raise `Problems` where it cannot be read.

    Annotations that have lost their words are no hindrance.
    """
    if not slug or not (project.captures / slug).is_dir():
        where = project.shown(project.captures)
        raise Problem("no-item", f"there is no item '{slug}'", path=where, remedy="name another")
    problems: list[Problem] = []
    rules = read_rules(project, problems)
    if problems:
        raise Problems(problems)
    item = _item(project, slug, rules)
    path = project.annotations / f"{slug}.yaml"
    new = annotations_yaml(project, slug)
    text = path.read_bytes().decode("utf-8") if path.exists() else new
    value = load(path, project.shown(path), ANNOTATIONS)[1] if path.exists() else {}
    ids = {entry["id"] for entry in value.get("annotations") or ()}
    ids |= {one.id for one in item.edition.annotations}
    ids |= {long.stem for long in path.with_suffix("").glob("*.md")}
    places = places_of(item.edition.document)
    return Room(project, slug, item, rules, text, value, places, frozenset(ids))


def _item(project: Project, slug: str, rules: ArchiveRules) -> Item:
    """Return an item as it was kept, or else as it is read; one that lost words is never kept."""
    kept = open_cache(project, standing_of(rules), sealed=True).lookup(slug)
    return kept or read_item(project, slug, replace(rules, allow_lost=True))


def annotate(
    project: Project,
    slug: str,
    quote: str,
    kind: str = "context",
    place: str = "",
    body: str = "",
    occurrence: int | str | None = None,
    by: str = "",
    id: str = "",
) -> Annotated:
    """Write an entry about words of an item, or about all of a *place*, and say where it stands.

    Without a body it is a draft that says so. Raises `Problem` or `Problems`: where the words are
    withheld, do not occur, or may be several, and where an option does not hold.
    """
    if kind not in KINDS:
        remedy = f"write one of: {', '.join(KINDS)}"
        raise Problem("option", f"'{kind}' is no kind of annotation", remedy=remedy)
    with hold(project):
        room = open_room(project, slug)
        where, spans = _meant(room, quote, place, occurrence)
        selected = selection(room.places, where, spans)
        if selected is None:
            raise Problem("anchor", "no entry can say which words are meant", remedy="quote others")
        words = room.places.texts[where][spans[0].start : spans[0].end] if spans else f"on {where}"
        name = id or free_id(words, room.ids)
        values = {"id": name, "kind": kind, **selected, **_rest(kind, body, by)}
        return _write(room, values, id)


def _rest(kind: str, body: str, by: str) -> Values:
    """Return the rest of an entry; what is missing is a placeholder, and the entry a draft."""
    missing: Values = dict.fromkeys(KINDS[kind].required, "article")
    rest: Values = {**missing, **({"by": by} if by else {}), "body": body.strip() or TO_WRITE}
    return {**rest, **({} if body.strip() and not missing else {"status": "draft"})}


def _write(room: Room, values: Values, chosen: str) -> Annotated:
    entry = NewEntry(values)
    if chosen in room.ids:
        raise Problem("option", f"the id '{chosen}' is taken", remedy="give another")
    problems = [*entry_problems(values), stranger(room, str(values.get("by", "")))]
    wrong = unshowable(room, str(values["body"]))
    problems += [Problem("body", wrong, remedy="write it more simply")] if wrong else []
    if any(problems):
        raise Problems(problem for problem in problems if problem)
    told = room.withholds(" ".join(map(str, values.values())))
    if told:
        fault = f"the annotation says what redaction '{told}' withholds"
        raise Problem("telltale", fault, remedy="write it otherwise")
    text = add_entries(room.text, [entry], room.project.shown(room.path))
    write_atomically(room.path, text.encode())
    number = len(room.value.get("annotations") or ())
    line = load_yaml(text.encode(), "").line(("annotations", number))
    return Annotated(room.path, entry_text(entry), str(values["id"]), line)


def stranger(room: Room, by: str) -> Problem | None:
    """Return a problem where an entry would be by someone who is no registered editor."""
    request = Request(Annotation("", "context", "page", "", by=by), None, "", 1)
    found = next(unknown_editors([request], room.rules.editors), None)
    return Problem(found.code, found.fault, remedy=found.remedy) if found else None


def unshowable(room: Room, body: str) -> str:
    """Say why no page of an item can show a body, or one of its pictures; empty where one can."""
    folder = room.path.with_suffix("")
    one = Annotation("", "context", "page", body)
    faults_of = body_faults([(one, "", 1)], folder, room.project.shown(folder))
    return next((problem.fault.removeprefix("annotation '': ") for problem in faults_of), "")


def entry_problems(values: Values) -> tuple[Problem, ...]:
    """Return what is wrong with an entry, by the rules of annotations files.

    >>> [problem.code for problem in entry_problems({"id": "a", "kind": "gloss", "body": "[b]: c"})]
    ['body']
    """
    file = YamlFile({"annotations": [values]})
    found = faults(file, ANNOTATIONS, "") or tuple(entry_faults(values, file, (), ""))
    return tuple(
        Problem(one.code, one.fault.removeprefix("annotations.0."), remedy=one.remedy)
        for one in found
    )


def _meant(
    room: Room, quote: str, place: str, occurrence: int | str | None
) -> tuple[str, tuple[Span, ...]]:
    """Return the place and the spans that are meant; no spans where all of the place is."""
    texts = room.places.texts
    known = place in ("", "page", *texts) or _commenter(place) in room.places.authors
    if not known:
        raise Problem("anchor", f"there is no {place} in this item", remedy="see the page's ids")
    if not quote.strip():
        if not place:
            raise Problem("option", "no words are quoted", remedy="give a quote, or a place")
        return place, ()
    if place and (place not in texts or place == "title"):
        remedy = "leave the quote out: all of it is meant"
        raise Problem("anchor", f"a quote cannot stand in the {place}", remedy=remedy)
    names = [place] if place else [name for name in texts if name != "title"]
    found = occurrences(quote, texts, names)
    if not found:
        raise _absent(room, quote, names)
    if len({name for name, _ in found}) > 1 or (len(found) > 1 and occurrence is None):
        raise _ambiguous(quote, texts, found)
    where = found[0][0]
    spans = find(Selector(quote, occurrence=occurrence), texts[where])
    if isinstance(spans, Miss):
        raise Problem("anchor", f"{spans.fault} in {where}", remedy=spans.remedy)
    return where, spans


def _commenter(place: str) -> str:
    before, found, name = place.partition("commenter:")
    return name.strip() if found and not before else ""


def _absent(room: Room, quote: str, names: Sequence[str]) -> Problem:
    """Say that words do not occur, without repeating them if they are withheld."""
    secret = {w for one in room.item.secrets for w in words_of(one.words) if len(w) > 3}
    if secret & set(words_of(quote)) or room.withholds(quote):
        fault = "the quote holds words that are withheld"
        return Problem("anchor", fault, remedy="quote other words")
    misses = [find(Selector(quote), room.places.texts[name]) for name in names]
    told = [miss for miss in misses if isinstance(miss, Miss)]
    best = next((miss for miss in told if miss.remedy.startswith("did you mean")), told[0])
    return Problem("anchor", best.fault, remedy=best.remedy)


def _ambiguous(quote: str, texts: Mapping[str, str], found: Sequence[tuple[str, Span]]) -> Problem:
    """Say where words occur, and what tells each of the first places from the others."""
    told, counts = [], dict[str, int]()
    for name, span in found:
        counts[name] = counts.get(name, 0) + 1
        beside = context(texts[name], span, [s for place, s in found if place == name])
        told.append(f"in {name}, occurrence {counts[name]} ({beside})")
    more = f"; and {len(told) - 8} more" if len(told) > 8 else ""
    fault = f"'{' '.join(quote.split())[:60]}' occurs {len(found)} times"
    return Problem("anchor", fault, remedy=f"say which: {'; '.join(told[:8])}{more}")
