"""Write entries of an annotations file as YAML, and add them to a file without touching the rest."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

import yaml

from ..errors import Problem, Problems, printable
from ..yaml_file import Value, load_yaml

TO_WRITE = "To be written."
"""The body of an entry that has none yet."""
WIDTH = 100
"""How many columns the lines of a body have."""
_BREAK = re.compile(r"\r\n|\r|\n")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Hold an entry to be added: its *values* by key, in order, and a *comment* above it."""

    values: Mapping[str, Value]
    comment: str = ""


def entry_text(entry: NewEntry, column: int = 2) -> str:
    r"""Return an entry as YAML that reads back as exactly its values; *column* is that of its dash.

    >>> print(entry_text(NewEntry({"id": "a", "quote": "b: c", "tags": ["d"]}, "why"), 0), end="")
    # why
    - id: a
      quote: "b: c"
      tags: [d]
    """
    comment = printable(" ".join(entry.comment.split()))
    lines = [f"# {comment}"] if comment else []
    for place, (key, value) in enumerate(entry.values.items()):
        first, *others = _lines(key, value, WIDTH - column - 2)
        lines.append(f"{'  ' if place else '- '}{first}")
        lines += [f"  {line}" if line else "" for line in others]
    return "".join(f"{' ' * column}{line}\n" if line else "\n" for line in lines)


def _lines(key: str, value: Value, width: int) -> Sequence[str]:
    """Return the lines of a key and its value, from the key's own column on."""
    if isinstance(value, list):
        flow = [scalar(one, flow=True) for one in value]
        if sum(map(len, flow)) < width // 2:
            return [f"{key}: [{', '.join(flow)}]"]
        return [f"{key}:", *(f"  - {scalar(one)}" for one in value)]
    if isinstance(value, str) and (len(key) + len(value) + 2 > width or "\n" in value):
        return _block(key, value, width)
    return [f"{key}: {scalar(value)}"]


def _block(key: str, text: str, width: int) -> Sequence[str]:
    """Return long text as a folded or a literal block, whichever reads back as it is; else quoted."""
    folded = wrap(text, width - 2, break_long_words=False, break_on_hyphens=False)
    for sign, lines in ((">-", folded), ("|-", text.split("\n"))):
        block = [f"{key}: {sign}", *(f"  {line}" if line else "" for line in lines)]
        if all(line.isprintable() for line in lines) and _reads("\n".join(block), {key: text}):
            return block
    return [f"{key}: {scalar(text)}"]


def scalar(value: Value, flow: bool = False) -> str:
    """Return one value in YAML; text is in quotation marks only where it would not read as itself.

    >>> scalar("No"), scalar("2009"), scalar("a, b"), scalar("a, b", flow=True), scalar(3)
    ('No', '"2009"', 'a, b', '"a, b"', '3')
    """
    if not isinstance(value, str):
        return str(value)
    plain = f"k: [{value}]" if flow else f"k: {value}"
    if value.isprintable() and _reads(plain, {"k": [value] if flow else value}):
        return value
    return f'"{"".join(map(_escaped, value))}"'


def _escaped(char: str) -> str:
    code = ord(char)
    if char in _ESCAPES or char.isprintable():
        return _ESCAPES.get(char, char)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def _reads(text: str, value: Value) -> bool:
    """Tell whether YAML *text* reads back as *value*."""
    try:
        return load_yaml(text.encode(), "").value == value
    except (Problems, UnicodeEncodeError):
        return False


@dataclass(frozen=True, slots=True)
class _Room:
    """Say where new entries go: after *at*, for *column*; what is between *cut* was an empty list.

    *key* is the column of an ``annotations:`` that is to be written before them.
    """

    at: int
    column: int
    cut: tuple[int, int] = (0, 0)
    key: int | None = None


def add_entries(text: str, entries: Sequence[NewEntry], shown: str = "") -> str:
    r"""Return the *text* of an annotations file with *entries* at the end of its list.

    Every other character stays, but for the words of an empty list. Raises `Problems` where the
    file is not what it should be, and `Problem` where its list is in brackets.

    >>> add_entries("annotations:\n- id: a\ntags: [b]", [NewEntry({"id": "c"})])
    'annotations:\n- id: a\n- id: c\ntags: [b]'
    """
    mark = text[: text.startswith("\ufeff")]
    text = text.removeprefix(mark)
    old = load_yaml(text.encode(), shown).value
    if not entries:
        return mark + text
    room = _room(text, shown)
    end = (_BREAK.search(text) or ["\n"])[0]
    head = text[: room.at]
    lead = [] if not head or head.endswith(("\n", "\r")) else [""]
    lead += [] if room.key is None else [f"{' ' * room.key}annotations:"]
    new = "".join(f"{line}\n" for line in lead)
    new += "".join(entry_text(entry, room.column) for entry in entries)
    first, last = room.cut
    result = f"{head[:first]}{head[last:]}{new.replace(chr(10), end)}{text[room.at :]}"
    _verify(old, result, entries, shown)
    return mark + result


def _verify(old: Value, result: str, entries: Sequence[NewEntry], shown: str) -> None:
    """Raise `Problem` if the file would not say what it said, and the entries."""
    value = {} if old is None else old
    listed = value.get("annotations") if isinstance(value, dict) else None
    added = [*(listed if isinstance(listed, list) else []), *(dict(one.values) for one in entries)]
    try:
        after = load_yaml(result.encode(), shown).value
    except Problems:
        after = None
    if not isinstance(value, dict) or after != {**value, "annotations": added}:
        remedy = "end its last line with a line break, and write each key on a line of its own"
        raise _refusal("entries cannot be added to this file safely", remedy, shown)


def _refusal(fault: str, remedy: str, shown: str, line: int | None = None) -> Problem:
    return Problem("entries", fault, path=shown or None, line=line, remedy=remedy)


def _room(text: str, shown: str) -> _Room:
    """Find the end of the list of annotations."""
    events = list(yaml.parse(text, Loader=_Loader))
    root = events[2] if len(events) > 3 else None
    end = next((e for e in events if isinstance(e, yaml.DocumentEndEvent)), None)
    bottom = end.start_mark.index if end and end.explicit and end.start_mark else len(text)
    if not isinstance(root, yaml.MappingStartEvent):
        return _Room(bottom, 2, key=0)
    if root.flow_style:
        remedy = "write each of its keys on a line of its own, without { and }"
        raise _refusal("the file is written in braces", remedy, shown)
    column = root.start_mark.column if root.start_mark else 0
    for key, value in _children(events, 2):
        if getattr(events[key], "value", "") == "annotations":
            return _list_room(text, events[value : _end(events, value) + 1], column, shown)
    return _Room(bottom, column + 2, key=column)


def _end(events: Sequence[yaml.Event], at: int) -> int:
    """Return where the node ends that begins with the event *at*."""
    depth = 0
    for place in range(at, len(events)):
        depth += isinstance(events[place], yaml.CollectionStartEvent)
        depth -= isinstance(events[place], yaml.CollectionEndEvent)
        if depth == 0:
            return place
    raise AssertionError("the parser ends every node")


def _children(events: Sequence[yaml.Event], at: int) -> Iterator[tuple[int, int]]:
    """Yield where each key and each value begins of the mapping that begins with the event *at*."""
    place = at + 1
    while not isinstance(events[place], yaml.MappingEndEvent):
        value = _end(events, place) + 1
        yield place, value
        place = _end(events, value) + 1


def _list_room(text: str, events: Sequence[yaml.Event], column: int, shown: str) -> _Room:
    """Find the end of a list, or the empty list that is to give way to one."""
    first, last = events[0].start_mark, events[-1].end_mark
    assert first
    assert last
    words = text[first.index : last.index]
    if isinstance(events[0], yaml.SequenceStartEvent) and not events[0].flow_style:
        return _after_items(text, events, shown)
    if words not in ("[]", "null", "~", ""):
        fault = f"'annotations:' is {'a list in brackets' if words[0] == '[' else 'no list'}"
        remedy = "write each annotation on lines of its own, the first beginning with '- '"
        raise _refusal(fault, remedy, shown, first.line + 1)
    start = first.index
    while words and text[start - 1] in " \t":
        start -= 1
    return _Room(_next_line(text, last.index), column + 2, (start, last.index))


def _after_items(text: str, events: Sequence[yaml.Event], shown: str) -> _Room:
    """Return the room after the last item of a list, and the comments that belong to it."""
    start = events[0].start_mark
    assert start
    line = max(text.rfind("\n", 0, start.index), text.rfind("\r", 0, start.index)) + 1
    if text[line : start.index].strip() or text[start.index : start.index + 1] != "-":
        remedy = "begin each annotation on a line of its own, with '- '"
        raise _refusal(
            "the list of annotations begins within a line", remedy, shown, start.line + 1
        )
    at = max(_ends(events))
    at = at if text[at - 1 : at] in ("\n", "\r") else _next_line(text, at)
    deeper = rf"(?:[ \t]*(?:\r\n|\r|\n))*[ ]{{{start.column + 1},}}#[^\r\n]*(?:\r\n|\r|\n|\Z)"
    while found := re.compile(deeper).match(text, at):
        at = found.end()
    return _Room(at, start.column)


def _ends(events: Sequence[yaml.Event]) -> Iterator[int]:
    """Yield where scalars and what is in brackets end; blocks have no end of their own."""
    for event in events:
        start, end = event.start_mark, event.end_mark
        has_end = isinstance(event, yaml.ScalarEvent | yaml.CollectionEndEvent)
        if has_end and start and end and (start.index < end.index or _is_scalar(event)):
            yield end.index


def _is_scalar(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent)


def _next_line(text: str, at: int) -> int:
    found = _BREAK.search(text, at)
    return found.end() if found else len(text)
