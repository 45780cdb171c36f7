"""Hold what is read quickly equal to what it stands for, and the archive to measure with sound."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pelican.plugins.annotated_archive import content_schemas, furniture
from pelican.plugins.annotated_archive.decoding import embedded
from pelican.plugins.annotated_archive.folding import (
    find_terms,
    fold,
    fold_with_offsets,
    term_pattern,
)
from pelican.plugins.annotated_archive.lines import split_lines
from pelican.plugins.annotated_archive.markdown import escape_inline
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.plugins.annotated_archive.plain_text import moments
from pelican.plugins.annotated_archive.plain_text.languages import LANGUAGES, words
from pelican.plugins.annotated_archive.plain_text.layouts import (
    LAYOUTS,
    _may_exceed,
    _read,
    numbered,
    weight,
)
from pelican.plugins.annotated_archive.plain_text.layouts.page import Page
from pelican.plugins.annotated_archive.schema_checks import is_valid

from capture_fixtures import golden, varied
from sites import ROOT, files_of, project_in

CORPUS = ROOT / "bench" / "corpus.py"
ODD = st.text(st.sampled_from("aZé\u0301İıſKßΣςＡ뀀ᅠㅤ\u00ad\u200dآزاد新聞Ꭰꭰ �1 -_"), max_size=12)


def write_corpus(folder: Path, *options: str) -> None:
    subprocess.run([sys.executable, CORPUS, "S", folder, *options], check=True)


def test_the_same_size_and_seed_give_the_same_archive(tmp_path: Path) -> None:
    """An archive to measure with is the same bytes each time, and a longer one begins with it."""
    for name, items in (("one", "3"), ("two", "3"), ("longer", "4")):
        write_corpus(tmp_path / name, "--items", items)
    one, two, longer = (files_of(tmp_path / name / "content") for name in ("one", "two", "longer"))
    assert one == two
    assert one == {name: longer[name] for name in one}
    assert len(longer) > len(one)


def test_the_archive_to_measure_with_has_no_problem(tmp_path: Path) -> None:
    """Every comment of a made-up page is read, every annotation anchors, and some is withheld."""
    write_corpus(tmp_path, "--items", "4")
    archive = read_archive(project_in(tmp_path))
    assert () == archive.problems
    assert [80] * 4 == [len(one.document.comments) for one in archive.editions]
    assert all(5 <= sum(not n.entry for n in one.annotations) <= 12 for one in archive.editions)
    assert {"name-1", "words-1"} == {one.redaction for one in archive.secrets}


@given(
    st.sampled_from([*moments._MONTHS, "Xy", "June", "MARCH", "Set"]),
    st.integers(0, 40),
    st.integers(990, 2999),
    st.integers(0, 25),
    st.integers(0, 70),
    st.sampled_from(["am", "PM", "Am", "pM"]),
    st.sampled_from(["", " |", " ET", "."]),
    st.sampled_from(["", "st", "nd", "rd", "th", "er"]),
    st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_a_plain_time_is_read_as_any_other(
    month: str,
    day: int,
    year: int,
    hour: int,
    minute: int,
    half: str,
    after: str,
    ordinal: str,
    has_time: bool,
) -> None:
    """A time that is read by its plain form alone is what the full pattern reads of it."""
    time = f" at {hour}:{minute:02} {half}" if has_time else ""
    line = f"{month} {day}{ordinal}, {year}{time}{after}"
    every = (moments._moment(found, False) for found in moments._pattern().finditer(line))
    expected = tuple(one for one in every if one) if moments._may_have(line) else ()
    assert expected == moments.find_moments(line)


@pytest.mark.parametrize("name", [one.name for one in (*golden(), *varied())])
def test_lines_without_hints_hold_no_moment(name: str) -> None:
    """No line that is passed over quickly has a moment."""
    fixture = next(one for one in (*golden(), *varied()) if one.name == name)
    for line in split_lines(fixture.data.decode("utf-8", "replace")):
        if 0 < len(line.words) <= 240 and not moments._may_have(line.words):
            assert [] == [
                m
                for f in moments._pattern().finditer(line.words)
                if (m := moments._moment(f, False))
            ]


@pytest.mark.parametrize("name", [one.name for one in (*golden(), *varied())])
def test_a_layout_is_left_out_only_where_it_reads_no_more(name: str) -> None:
    """What no layout may exceed, none exceeds."""
    fixture = next(one for one in (*golden(), *varied()) if one.name == name)
    page = Page(split_lines(fixture.data.decode("utf-8", "replace")))
    known = weight(numbered(page, 0))
    for layout in LAYOUTS:
        if not _may_exceed(page, layout, 0, known):
            read = _read(page, layout, 0, lambda at: False, True)
            assert all(weight(signed) <= known for signed in read)


def test_first_words_lose_no_heading_and_no_button() -> None:
    """Each word of a language that heads responses, or is a button, is still known, in capitals too."""
    for row in LANGUAGES.values():
        for word in words(row.comments):
            if not set("?[") & set(word):
                for shown in (f"{word}: 3", f"3 {word}", word.upper() + " (3)"):
                    assert (True, 3) == furniture.heading_count(shown), shown
        for word in words(row.reply):
            if not set("?[") & set(word):
                assert furniture.is_controls(word) and furniture.is_controls(f"4 • {word.upper()}")


@given(ODD)
@settings(max_examples=400, deadline=None)
def test_text_is_folded_alike_with_offsets_and_without(text: str) -> None:
    """Folding by runs, by characters and twice gives the same; a term is found where it stands."""
    assert fold_with_offsets(text)[0] == fold(text)
    pattern = term_pattern([text[:3]])
    spans = find_terms(text, pattern)
    assert bool(spans) == bool([f for f in pattern.finditer(fold(text)) if f.group()])


LINES = st.text(st.sampled_from("ab1.*_[]<|{^&~:/@w \t\u00a0\\x;#é“\u200b"), max_size=30)


@given(LINES)
@settings(max_examples=400, deadline=None)
def test_looking_closer_only_where_signs_may_act_escapes_alike(text: str) -> None:
    """A line is escaped as the full pattern escapes it at every character."""
    from pelican.plugins.annotated_archive import markdown

    assert markdown._ACTS.sub(markdown._escaped, text) == markdown._escape_acting(text)
    assert not escape_inline(text)[:1].isspace() and not escape_inline(text)[-1:].isspace()


@given(
    st.lists(
        st.sampled_from(["aF0" * 16, "b" * 47, "/+-_" * 11, "=", "==", " ", "g", "0"]), max_size=8
    )
)
@settings(max_examples=400, deadline=None)
def test_hidden_runs_are_those_that_patterns_find(parts: list[str]) -> None:
    """Runs of base64 and hexadecimal digits are found where expressions for them match."""
    data = "".join(parts).encode()
    base64 = re.compile(rb"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{40,}={0,2}")
    digits = re.compile(rb"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2}){24,}")
    found = [channel for channel, _ in embedded(data)]
    assert len(base64.findall(data)) == found.count("base64")
    expected = [bytes.fromhex(run.decode()) for run in digits.findall(data)]
    assert expected == [body for channel, body in embedded(data) if channel == "hexadecimal"]


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([None, True, False, 0, 1, -1, "", " ", "a", "article", "gloss", "all", "1 of 2",
                     "2026-01-01", "comment-1", "https://a.example", "nothing"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "kind", "in", "quote", "body", "to", "before", "tags", "annotations",
                         "redactions", "withhold", "zzz", "files", "entries", "version"]),
        inner,
        max_size=6,
    ),
    max_leaves=12,
)  # fmt: skip


@given(VALUES, st.sampled_from(range(6)))
@settings(max_examples=600, deadline=None)
def test_a_quick_word_on_a_value_is_the_validators(value: Any, number: int) -> None:
    """A value is found sound quickly exactly where jsonschema finds no fault."""
    names = ("CAPTURE", "ANNOTATIONS", "ANNOTATION", "EDITORS", "GLOSSARY", "LOCK")
    schema = getattr(content_schemas, names[number])
    assert Draft202012Validator(schema).is_valid(value) == is_valid(value, schema)
