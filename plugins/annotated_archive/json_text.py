"""Write JSON as `json.dumps` does with ``ensure_ascii=False``, the same bytes for the same value.

Python's own encoder is several times slower, and leaves its fast path where it is to indent. Numbers
are whole ones: orjson writes some fractions in other ways.
"""

import json
from typing import Any

import orjson


def json_text(value: Any) -> str:
    """Return *value* as JSON without any white space.

    >>> json_text({"a": [1, "é"], "b": {}})
    '{"a":[1,"é"],"b":{}}'
    """
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # half of a surrogate pair, which is not Unicode text
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def indented_json(value: Any) -> str:
    r"""Return *value* as JSON that a person can read, indented by one space a level.

    >>> indented_json({"a": [1, "é"], "b": {}})
    '{\n "a": [\n  1,\n  "é"\n ],\n "b": {}\n}'
    """
    try:
        text = orjson.dumps(value, option=orjson.OPT_INDENT_2)
    except TypeError:
        return json.dumps(value, ensure_ascii=False, indent=1)
    return _narrowed(text).decode()


def _narrowed(text: bytes) -> bytes:
    """Halve the indentation: within a string a newline is written otherwise, so each begins a line."""
    lines = text.split(b"\n")
    return b"\n".join([line[(len(line) - len(line.lstrip(b" "))) // 2 :] for line in lines])
