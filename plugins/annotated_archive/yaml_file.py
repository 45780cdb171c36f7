"""Load a content file of YAML strictly: what is written is what is meant, or an error.

Only mappings, lists and scalars are read; a plain scalar is a string unless it is ``true``,
``false``, ``null``, ``~``, empty, or a whole number of decimal digits. So a name ``No`` and a time
``12:30:00`` stay what they are. Doubled keys, anchors, aliases, merge keys, tags and deep nesting
are refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from .errors import Problem, Problems

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 12
Value = None | bool | int | str | list["Value"] | dict[str, "Value"]
Place = tuple[str | int, ...]

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_WORDS: Mapping[str, Value] = {"true": True, "false": False, "null": None, "~": None, "": None}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class YamlFile:
    """Hold the *value* of a file, and the line on which each of its parts begins, from 1."""

    value: Value
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """Return the line of *place*, or of the nearest part around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def load_yaml(data: bytes, path: str) -> YamlFile:
    r"""Return what the bytes of the file *path* say; raise `Problems` with every fault found.

    >>> load_yaml(b"name: No\ncount: 3\n", "a.yaml").value
    {'name': 'No', 'count': 3}
    >>> print(_fault(b"a: 1\na: 2\n"))
    a.yaml:2: the key 'a' stands twice; keep one of them (the other is in line 1) [archive.yaml]
    """
    if len(data) > MAX_BYTES:
        raise Problems(
            [_problem(path, 1, f"the file is larger than {MAX_BYTES:,} bytes", "split it")]
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8"
        raise Problems([_problem(path, line, fault, "save the file as UTF-8")]) from None
    reader = _Reader(path)
    try:
        value = reader.document(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        last = max(len(text.splitlines()), 1)
        line = min(mark.line + 1, last) if mark else 1
        fault = f"this is not YAML: {error.problem or error.context}"
        raise Problems([*reader.problems, _problem(path, line, fault, _hint(error))]) from None
    except yaml.YAMLError as error:
        raise Problems([_problem(path, 1, f"this is not YAML: {error}", "")]) from None
    if reader.problems:
        raise Problems(reader.problems)
    return YamlFile(value, reader.lines)


def _hint(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values" in problem or "expected <block end>" in problem:
        return "check the indentation, and put text that holds ': ' or begins with a sign in quotes"
    return "put text that holds signs such as : # { [ in quotes"


def _problem(path: str, line: int, fault: str, remedy: str) -> Problem:
    return Problem("yaml", fault, path=path, line=line, remedy=remedy)


def _fault(data: bytes) -> str:
    """Return what `load_yaml` says against *data*."""
    try:
        load_yaml(data, "a.yaml")
    except Problems as problems:
        return str(problems)
    return ""


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Reader:
    """Turn the events of a YAML parser into values, noting lines and faults on the way."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []

    def document(self, events: Iterator[yaml.Event]) -> Value:
        value: Value = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault(event, "a second document begins", "keep one document in a file")
                    return value
                value = self.node(next(events), events, ())
        return value

    def fault(self, event: yaml.Event, fault: str, remedy: str) -> None:
        self.problems.append(_problem(self.path, _line(event), fault, remedy))

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> Value:
        self.lines[place] = _line(event)
        if isinstance(event, yaml.AliasEvent):
            self.fault(
                event, f"'*{getattr(event, 'anchor', '')}' is an alias", "write the text out"
            )
            return None
        if getattr(event, "anchor", None):
            self.fault(
                event,
                f"'&{getattr(event, 'anchor', '')}' is an anchor",
                "write the text out where it is meant",
            )
        if getattr(event, "tag", None) and getattr(event, "implicit", False) is not True:
            self.tagged(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if len(place) > MAX_DEPTH:
            fault = f"this is nested deeper than {MAX_DEPTH} levels"
            raise Problems([*self.problems, _problem(self.path, self.lines[place], fault, "")])
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, place)
        return self.mapping(events, place)

    def tagged(self, event: yaml.Event) -> None:
        tag = getattr(event, "tag", "")
        implicit = getattr(event, "implicit", (True, True))
        if isinstance(event, yaml.ScalarEvent) and any(implicit):
            return
        self.fault(event, f"'{tag}' is a tag", "leave it out")

    def scalar(self, event: yaml.ScalarEvent) -> Value:
        text: str = event.value
        if event.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        return int(text) if _NUMBER.fullmatch(text) else text

    def sequence(self, events: Iterator[yaml.Event], place: Place) -> list[Value]:
        values: list[Value] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            values.append(self.node(event, events, (*place, len(values))))
        return values

    def mapping(self, events: Iterator[yaml.Event], place: Place) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.key(event, events, place)
            line = _line(event)
            if key in values:
                before = self.lines[(*place, key)]
                remedy = f"keep one of them (the other is in line {before})"
                self.fault(event, f"the key '{key}' stands twice", remedy)
            value = self.node(next(events), events, (*place, key))
            values.setdefault(key, value)
            self.lines[(*place, key)] = line
        return values

    def key(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> str:
        if isinstance(event, yaml.ScalarEvent):
            if event.value == "<<" and not event.style:
                self.fault(event, "'<<' merges another mapping", "write its keys out")
            return str(event.value)
        self.fault(event, "a key must be a word", "write 'key: value'")
        self.node(event, events, (*place, "?"))
        return "?"
