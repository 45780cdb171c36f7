"""An entry that is made says what was meant, and nothing else in its file changes."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.annotations import KINDS
from pelican.plugins.annotated_archive.entries.annotate import annotate, entry_problems
from pelican.plugins.annotated_archive.entries.annotation_entries import (
    TO_WRITE,
    NewEntry,
    add_entries,
    entry_text,
)
from pelican.plugins.annotated_archive.entries.entry_selectors import selector_for
from pelican.plugins.annotated_archive.errors import ArchiveError, Problem
from pelican.plugins.annotated_archive.lock import hold
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.plugins.annotated_archive.places import find
from pelican.plugins.annotated_archive.selectors import Miss, Selector, Span, locate
from pelican.plugins.annotated_archive.yaml_file import load_yaml

from sites import add_item, project_in

PAGE = """Rain at last

June 3, 2010

The harbour master said that the rain came at last. The rain filled the old cistern in one night.

Nobody had seen so much rain since 1987, said Ada Quill, who
keeps the [[weather]] book.

2 Comments

  1. Bo Quill

    The cistern was dug in 1890. The cistern leaks.

    June 3, 2010 at 5:04 pm |

  2. Cy Dunn

    Il pleut, enfin. THE CISTERN!

    June 3, 2010 at 5:09 pm |
"""
WITHHELD = """redactions:
  - {id: name-1, in: page, withhold: term, term: Ada Quill, replacement: Name withheld}
"""
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TRICKY = st.text("ab :#-'\"\n[]{},!&*|>%@`\t\\…é\u200d\u2028😀0", max_size=200)


def site(folder: Path, text: str = "tags: []\n") -> Path:
    """Make an archive of one item, with the annotations file *text*."""
    add_item(folder, "rain", PAGE)
    (folder / "content/annotations/rain.yaml").write_bytes(text.encode())
    return folder


@settings(max_examples=500, deadline=None)
@given(TEXTS | TRICKY, TEXTS | TRICKY, st.integers(0, 6))
def test_an_entry_reads_back_as_it_was_given(text: str, comment: str, column: int) -> None:
    """Whatever the texts of an entry, its YAML reads back as exactly them."""
    values = {"id": "a", "quote": text, "tags": [text, "b"], "occurrence": 2, "body": text}
    yaml = entry_text(NewEntry(values, comment), column)
    assert [values] == load_yaml(yaml.encode(), "").value


@pytest.mark.parametrize(
    ("text", "yaml"),
    [
        ("Foggy Bottom", "quote: Foggy Bottom"),
        ("No", "quote: No"),
        ("2026-11-23", "quote: 2026-11-23"),
        ("2009", 'quote: "2009"'),
        ("true", 'quote: "true"'),
        ("@Cindy", 'quote: "@Cindy"'),
        ("a: b", 'quote: "a: b"'),
        ("a\u00a0b", 'quote: "a\\xa0b"'),
        ("it's “so”", "quote: it's “so”"),
    ],
)
def test_quotation_marks_stand_where_they_are_needed(text: str, yaml: str) -> None:
    """Text that reads as itself stands as it is; signs that nobody sees are written out."""
    assert f"- {yaml}\n" == entry_text(NewEntry({"quote": text}), 0)


def test_long_bodies_are_folded_and_several_lines_stay_lines() -> None:
    """A long body is folded, one of several lines is literal, both at the column of the entry."""
    lines = entry_text(NewEntry({"id": "a", "body": "word " * 40 + "end."})).splitlines()
    assert ["  - id: a", "    body: >-"] == lines[:2]
    assert all(line.startswith("      ") and len(line) <= 100 for line in lines[2:])
    assert "  - body: |-\n      one\n\n      - two\n" == entry_text(
        NewEntry({"body": "one\n\n- two"})
    )


HEADS = st.sampled_from(["", "# head\n", "---\n", "tags: [a]\n# on tags\n", "by: Bo  # who\n\n"])
FEET = st.sampled_from(
    ["", "\n# foot\n", "redactions:\n- id: r\n  withhold: term\n", "summary: >\n  Two\n  lines.\n"]
)
ITEMS = st.sampled_from(
    [
        "- id: {n}\n{i}  body: one  # why\n",
        "- id: {n}\n{i}  body: |\n{i}    one\n\n{i}    two\n",
        "- id: {n}\n{i}  body: |+\n{i}    one\n\n",
        "- id: {n}\n{i}  body: >-\n{i}    é😀\n{i}  # deeper\n",
        "-   id: {n}\n\n{i}    tags:\n{i}    - a\n{i}    - b\n",
        "- {{id: {n}, tags: [a, 'b']}}\n",
        "- id: {n}\n{i}  body: plain\n{i}    goes on\n",
        "- id: {n}\n{i}  body:\n",
    ]
)
ADDED = [
    NewEntry({"id": "x", "quote": "a: b", "body": "one\n\ntwo"}, "why"),
    NewEntry({"id": "y", "body": "é😀"}),
]


@st.composite
def files(draw: st.DrawFn) -> str:
    """Make the text of an annotations file."""
    indent = " " * draw(st.integers(0, 4))
    items = draw(st.lists(ITEMS, max_size=3))
    listed = "".join(
        indent + item.format(n=f"n-{number}", i=indent) for number, item in enumerate(items)
    )
    empty = draw(st.sampled_from(["", " []", " null", " ~  # none", "  # none", " []  # none"]))
    key = draw(st.sampled_from(["annotations:", '"annotations":', "annotations:  # list"]))
    middle = f"{key}\n{listed}" if items else f"annotations:{empty}\n"
    middle = draw(st.sampled_from([middle, middle, middle, ""]))
    text = draw(HEADS) + middle + draw(FEET)
    text = text.removesuffix("\n") if draw(st.booleans()) else text
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))
    return draw(st.sampled_from(["", "", "\ufeff"])) + text


@settings(max_examples=600, deadline=None)
@given(files())
def test_adding_changes_nothing_else(text: str) -> None:
    """The file says what it said and the entries; every character stays, in order, but an empty list."""
    old = load_yaml(text.encode(), "").value or {}
    assert isinstance(old, dict)
    ends_in_block = bool(re.search(r"[|>]\+?\s[^:]*[^\s]$", text)) and not text.endswith("deeper")
    try:
        new = add_entries(text, ADDED)
    except Problem as problem:
        fault = problem.fault
    else:
        fault = ""
    assert bool(fault) <= ends_in_block, "only a block's value may depend on the last line break"
    if fault:
        return
    entries = [*(old.get("annotations") or []), *(dict(one.values) for one in ADDED)]
    assert {**old, "annotations": entries} == load_yaml(new.encode(), "").value
    left = iter(new)
    kept = text if old.get("annotations") else _without_empty_list(text)
    assert all(char in left for char in kept)
    assert ("\r\n" in text) == ("\r\n" in new) or "\n" not in text


def _without_empty_list(text: str) -> str:
    for word in (" []", " null", " ~"):
        text = text.replace(f"annotations:{word}", "annotations:")
    return text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("annotations: [{id: a}]\n", "1: 'annotations:' is a list in brackets; write each"),
        ("annotations: words\n", "1: 'annotations:' is no list; write each"),
        ("{tags: [a]}\n", "the file is written in braces; write each of its keys"),
        ("? annotations\n: - id: a\n", "begins within a line"),
        ("annotations: &a []\n", "is an anchor"),
        ("annotations:\n- id: a\n  body: |\n    b", "end its last line with a line break"),
        ("- a\n", "entries cannot be added"),
    ],
)
def test_a_file_that_cannot_take_entries_is_refused(text: str, told: str) -> None:
    """Where an entry cannot be added without touching other lines, the message says what to do."""
    with pytest.raises(ArchiveError) as raised:
        add_entries(text, ADDED, "a.yaml")
    assert told in str(raised.value)
    assert "a.yaml" in str(raised.value)


@settings(max_examples=400, deadline=None)
@given(st.text("ab \n'’éE\u0301x-–…[]", min_size=1, max_size=60), st.data())
def test_a_selector_means_its_words_or_none_is_made(text: str, data: st.DataObject) -> None:
    """The selector for words of a text finds them and nothing else; all occurrences are found so."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = locate(Selector(text[start:end], occurrence="all"), text)
    if isinstance(found, Miss):
        return
    for spans in (found, found[:1]):
        selector = selector_for(text, spans)
        assert selector is None or spans == find(selector, text)
        assert selector is not None or "[[" in text


def test_some_of_several_are_told_by_what_they_share() -> None:
    """Occurrences that an editor chose by context, folded or not, are said by one selector again."""
    text = "Heavy rain fell. heavy RAIN fell. Light rain fell."
    for quote in (Selector("rain", "heavy", "", "all"), Selector("Rain", occurrence="all")):
        spans = find(quote, text)
        assert isinstance(spans, tuple)
        selector = selector_for(text, spans)
        assert selector is not None
        assert spans == find(selector, text)
    assert "first … last" in str(selector_for("first " + "x" * 200 + " last", [Span(0, 211)]))


@pytest.mark.parametrize(
    ("given", "entry"),
    [
        ({"quote": "harbour  Master", "body": "Who."}, "quote: harbour master"),
        ({"quote": "since 1987", "body": "Then."}, "quote: since 1987"),
        ({"quote": "Il pleut", "body": "Rain."}, "in: comment-20100603-1709"),
        ({"quote": "cistern leaks", "kind": "gloss", "body": "Did."}, "kind: gloss"),
        ({"quote": "cistern", "place": "article", "body": "x"}, "quote: cistern"),
        ({"quote": "rain", "place": "article", "occurrence": 2, "body": "x"}, "before: The"),
        ({"quote": "rain", "place": "article", "occurrence": "all", "body": "x"}, "all"),
        ({"quote": "so much [[rain]] since", "body": "x"}, "before: much"),
        ({"quote": "", "place": "page", "body": "x"}, "in: page"),
        ({"quote": "", "place": "commenter: Bo Quill", "body": "x"}, '"commenter: Bo Quill"'),
        ({"quote": "enfin", "id": "rains", "body": "x"}, "id: rains"),
        ({"quote": "enfin", "by": "D. Roe", "body": "x"}, "by: D. Roe"),
    ],
)
def test_an_entry_is_ready(tmp_path: Path, given: dict[str, str], entry: str) -> None:
    """What is asked for is written, where it is said to stand, and builds as it is."""
    project = project_in(site(tmp_path))
    made = annotate(project, "rain", **given)
    assert entry in made.entry
    lines = made.path.read_text().splitlines()
    assert f"- id: {made.id}" == lines[made.line - 1].strip()
    archive = read_archive(project)
    assert () == archive.problems
    assert [made.id] == [one.id for one in archive.editions[0].annotations]


def test_ids_are_made_of_words_and_are_new(tmp_path: Path) -> None:
    """An id is made of the words that are meant; a draft and a long annotation keep theirs."""
    folder = site(tmp_path)
    (folder / "content/annotations/rain").mkdir()
    long = folder / "content/annotations/rain/il-pleut-2.md"
    long.write_text("---\nkind: gloss\nin: page\n---\nLong.\n")
    project = project_in(folder)
    ids = [annotate(project, "rain", "Il pleut").id for _ in range(3)]
    assert ["il-pleut", "il-pleut-3", "il-pleut-4"] == ids


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_body_it_is_a_draft(tmp_path: Path, kind: str) -> None:
    """An entry without a body, or without what its kind must have, is on no page before it is written."""
    project = project_in(site(tmp_path))
    made = annotate(project, "rain", "enfin", kind=kind)
    assert made.entry.endswith(f"body: {TO_WRITE}\n    status: draft\n")
    archive = read_archive(project)
    assert ((), ()) == (archive.problems, archive.editions[0].annotations)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"quote": "rain"}, "occurs 3 times; say which: in article, occurrence 1 (before: 'the')"),
        ({"quote": "The cistern", "occurrence": 1, "place": "article"}, "does not occur"),
        ({"quote": "cistern"}, "in comment-20100603-1704, occurrence 1"),
        ({"quote": "rain", "occurrence": 9, "place": "article"}, "occurs 3 times, not 9"),
        ({"quote": "snow"}, "'snow' does not occur"),
        ({"quote": "filled the old cistern in a night"}, "did you mean"),
        ({"quote": ""}, "no words are quoted"),
        ({"quote": "Rain", "place": "title"}, "leave the quote out"),
        ({"quote": "rain", "place": "comment-1"}, "there is no comment-1 in this item"),
        ({"quote": "enfin", "kind": "glos"}, "write one of: gloss"),
        ({"quote": "enfin", "id": "En fin"}, "id is 'En fin'"),
        ({"quote": "enfin", "body": "[a]: b"}, "write links inline"),
        ({"quote": "enfin", "body": "*a " * 500 + "b*" * 500}, "nested deeper than 400 levels"),
        ({"quote": "enfin", "body": "![a](https://b.example/c.png)"}, "is not in the archive"),
    ],
)
def test_what_is_not_certain_is_refused(tmp_path: Path, given: dict[str, str], told: str) -> None:
    """Words that are not there or may be several are told with their places, and nothing is written."""
    folder = site(tmp_path)
    before = (folder / "content/annotations/rain.yaml").read_bytes()
    with pytest.raises(ArchiveError) as raised:
        annotate(project_in(folder), "rain", **given)
    assert told in str(raised.value)
    assert before == (folder / "content/annotations/rain.yaml").read_bytes()


@pytest.mark.parametrize(
    "given",
    [
        {"quote": "said Ada Quill"},
        {"quote": "ada quill"},
        {"quote": "enfin", "body": "As Ada Quill says."},
        {"quote": "enfin", "by": "Ada Quill", "body": "x"},
    ],
)
def test_withheld_words_are_refused_unsaid(tmp_path: Path, given: dict[str, str]) -> None:
    """Words that are withheld are neither written nor repeated."""
    folder = site(tmp_path, WITHHELD)
    with pytest.raises(ArchiveError) as raised:
        annotate(project_in(folder), "rain", **given)
    assert "withh" in str(raised.value)
    assert "Quill" not in str(raised.value)
    assert WITHHELD == (folder / "content/annotations/rain.yaml").read_text()


def test_files_and_lock(tmp_path: Path) -> None:
    """A missing file is begun anew, an item that is not there is told, and another run is waited for."""
    project = project_in(site(tmp_path))
    (project.annotations / "rain.yaml").unlink()
    assert 4 == annotate(project, "rain", "enfin").line
    with pytest.raises(Problem, match="no-item"):
        annotate(project, "snow", "enfin")
    with hold(project), pytest.raises(Problem, match="locked"):
        annotate(project, "rain", "enfin")


def test_an_entry_is_checked_as_files_are() -> None:
    """What a file may not hold is told of an entry before it is written."""
    wrong = {"id": "A", "kind": "gloss", "claim": "x", "body": "b", "date": "2026-02-31"}
    assert ["schema", "schema"] == [problem.code for problem in entry_problems(wrong)]
    dated = {"id": "a", "kind": "gloss", "body": "b", "date": "2026-02-31"}
    assert ["time"] == [problem.code for problem in entry_problems(dated)]
