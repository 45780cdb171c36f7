"""JSON is the same bytes as Python's own encoder writes."""

import json

from hypothesis import given
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.json_text import indented_json, json_text

TEXTS = st.text(st.characters() | st.sampled_from('"\\/ \n\t\x00\x7f\u2028\ud800'))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(TEXTS, inner, max_size=4)
    ),
)


@given(VALUES)
def test_both_forms_are_those_of_python(value: object) -> None:
    """Strings, lists, mappings and whole numbers of any size are written as `json` writes them."""
    compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert (json.dumps(value, ensure_ascii=False, indent=1), compact) == (
        indented_json(value),
        json_text(value),
    )


def test_every_character_is_written_as_python_does() -> None:
    """No code point is escaped by one encoder and not by the other."""
    text = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    assert json.dumps(text, ensure_ascii=False) == json_text(text)
