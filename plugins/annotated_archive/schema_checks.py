"""Tell quickly whether a value holds to a schema, before anything asks why it does not.

Most content files are sound, and to say so `jsonschema` takes a hundred times as long. What is not
sound here is judged by it: it alone says what is wrong.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from .schema_parts import Schema

Check = Callable[[Any], bool]
_TYPES: Mapping[str, type] = {
    "string": str,
    "array": list,
    "object": dict,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
_SAID = frozenset(
    ["$schema", "$id", "title", "description", "examples", "enumDescriptions", "doNotSuggest"]
)
"""Keywords that ask nothing of a value."""

_known: dict[int, tuple[Schema, Check]] = {}


def is_valid(value: Any, schema: Schema) -> bool:
    """Tell whether a value of a content file certainly holds to *schema*.

    False where it does not, and where the schema has a keyword that is not known here.

    >>> is_valid({"a": "b"}, {"properties": {"a": {"enum": ["b"]}}, "additionalProperties": False})
    True
    >>> is_valid({"a": "b"}, {"properties": {"a": {"format": "date"}}})
    False
    """
    if id(schema) not in _known:
        if len(_known) > 100:
            _known.clear()
        try:
            check = _check(schema)
        except KeyError:
            check = _unsure
        _known[id(schema)] = schema, check
    return _known[id(schema)][1](value)


def _unsure(value: Any) -> bool:
    return False


def _check(schema: Schema) -> Check:
    """Return what tells whether a value holds to a schema; raise `KeyError` where that is not known."""
    asked = {key: given for key, given in schema.items() if key not in _SAID}
    checks = [_CHECKS[key](given, schema) for key, given in asked.items()]
    if len(checks) == 1:
        return checks[0]
    return lambda value: all(check(value) for check in checks)


def _type(names: str | Sequence[str], schema: Schema) -> Check:
    types = {_TYPES[name] for name in ([names] if isinstance(names, str) else names)}
    return lambda value: type(value) in types


def _enum(values: Sequence[Any], schema: Schema) -> Check:
    known = {(type(value), value) for value in values}
    return lambda value: isinstance(value, str | int) and (type(value), value) in known


def _pattern(pattern: str, schema: Schema) -> Check:
    search = re.compile(pattern).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _least(size: int, schema: Schema, kind: type[str] | type[list[Any]]) -> Check:
    return lambda value: type(value) is not kind or len(value) >= size


def _minimum(least: int, schema: Schema) -> Check:
    return lambda value: type(value) is not int or value >= least


def _properties(properties: Mapping[str, Schema], schema: Schema) -> Check:
    checks = {key: _check(one) for key, one in properties.items()}
    others: Check = lambda value: schema.get("additionalProperties", True) is True  # noqa: E731

    def check(value: Any) -> bool:
        return not isinstance(value, dict) or all(
            checks.get(key, others)(one) for key, one in value.items()
        )

    return check


def _property_names(names: Schema, schema: Schema) -> Check:
    check = _check(names)
    return lambda value: not isinstance(value, dict) or all(map(check, value))


def _required(keys: Sequence[str], schema: Schema) -> Check:
    needed = frozenset(keys)
    return lambda value: not isinstance(value, dict) or needed <= value.keys()


def _dependent(needs: Mapping[str, Sequence[str]], schema: Schema) -> Check:
    def check(value: Any) -> bool:
        return not isinstance(value, dict) or all(
            other in value for key, others in needs.items() if key in value for other in others
        )

    return check


def _items(schema_of_items: Schema, schema: Schema) -> Check:
    check = _check(schema_of_items)
    return lambda value: not isinstance(value, list) or all(map(check, value))


def _all_of(schemas: Sequence[Schema], schema: Schema) -> Check:
    checks = [_check(one) for one in schemas]
    return lambda value: all(check(value) for check in checks)


def _if(condition: Schema, schema: Schema) -> Check:
    holds, then = _check(condition), _check(schema["then"])
    return lambda value: not holds(value) or then(value)


def _not(refused: Schema, schema: Schema) -> Check:
    holds = _check(refused)
    return lambda value: not holds(value)


def _nothing(given: Any, schema: Schema) -> Check:
    return lambda value: True


_CHECKS: Mapping[str, Callable[[Any, Schema], Check]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda given, schema: _enum([given], schema),
    "pattern": _pattern,
    "minLength": partial(_least, kind=str),
    "minItems": partial(_least, kind=list),
    "minimum": _minimum,
    "properties": _properties,
    "additionalProperties": _nothing,  # in `_properties`
    "propertyNames": _property_names,
    "required": _required,
    "dependentRequired": _dependent,
    "items": _items,
    "allOf": _all_of,
    "if": _if,
    "then": _nothing,  # in `_if`
    "not": _not,
}
