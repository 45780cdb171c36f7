"""Hold a content file against its schema, and say each fault by line with its remedy."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from .errors import Problem
from .schema_checks import is_valid
from .schema_parts import Schema
from .yaml_file import YamlFile

_KINDS = {
    "string": "text",
    "array": "a list",
    "object": "a mapping (key: value)",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}


def faults(file: YamlFile, schema: Schema, path: str) -> tuple[Problem, ...]:
    """Return every fault of *file* against *schema*, in the order of its lines."""
    if is_valid(file.value, schema):
        return ()
    from jsonschema import Draft202012Validator

    found = Draft202012Validator(schema).iter_errors(file.value)
    problems = [problem for error in found for problem in _problems(error, file, path)]
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _problems(error: Any, file: YamlFile, path: str) -> Iterator[Problem]:
    place = tuple(error.absolute_path)
    where = ".".join(str(part) for part in place) or "the file"
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        for key in error.instance:
            if key not in known:
                yield _unknown(key, known, file.line((*place, key)), path)
        return
    line = file.line(place)
    if error.validator == "dependentRequired":
        fault = f"{where} says where a quote stands, and has no 'quote:'"
        yield Problem("schema", fault, path=path, line=line, remedy="add it")
        return
    if error.validator == "required":
        missing = error.message.split("'")[1]
        yield Problem(
            "schema", f"{where} lacks '{missing}:'", path=path, line=line, remedy="add it"
        )
        return
    yield Problem("schema", f"{where} {_fault(error)}", path=path, line=line, remedy=_remedy(error))


def _unknown(key: str, known: list[str], line: int, path: str) -> Problem:
    close = get_close_matches(key, known, 1)
    remedy = f"did you mean '{close[0]}'?" if close else f"known are: {', '.join(known)}"
    return Problem("schema", f"'{key}' is not a known key", path=path, line=line, remedy=remedy)


def _fault(error: Any) -> str:
    value = error.instance
    if error.validator == "type":
        kinds = error.validator_value
        names = [kinds] if isinstance(kinds, str) else kinds
        return f"must be {' or '.join(_KINDS[name] for name in names)}, not {_shown(value)}"
    if error.validator == "not":
        return "does not belong to this kind of annotation"
    if error.validator == "minLength":
        return "is empty"
    if error.validator == "minItems":
        return "is an empty list"
    if error.validator == "enum":
        return f"is {_shown(value)}"
    return f"is {_shown(value)}, which has not the right form"


def _remedy(error: Any) -> str:
    if error.validator == "type" and "string" in error.validator_value:
        return "put it in quotes" if isinstance(error.instance, bool | int) else "write text here"
    if error.validator == "enum":
        return f"write one of: {', '.join(map(str, error.validator_value))}"
    if error.validator == "not":
        return "leave it out: it belongs to another kind"
    description = str(error.schema.get("description", ""))
    return description[:1].lower() + description[1:].rstrip(".")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = repr(value) if value is not None else "nothing"
    return text if len(text) < 60 else f"{text[:57]}…"
