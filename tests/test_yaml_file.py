"""Content files of YAML are read strictly."""

import pytest
from pelican.plugins.annotated_archive.content_schemas import ANNOTATIONS, CAPTURE
from pelican.plugins.annotated_archive.errors import Problems
from pelican.plugins.annotated_archive.schema_parts import Schema
from pelican.plugins.annotated_archive.validation import faults
from pelican.plugins.annotated_archive.yaml_file import load_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("name: No\n", {"name": "No"}),
        ("time: 12:30:00\n", {"time": "12:30:00"}),
        ("date: 2009-06-16\n", {"date": "2009-06-16"}),
        ("version: 1.10\n", {"version": "1.10"}),
        ("flag: true\nnone: null\ncount: 3\n", {"flag": True, "none": None, "count": 3}),
        ("quoted: 'true'\nzero: 007\n", {"quoted": "true", "zero": "007"}),
    ],
)
def test_what_is_written_is_what_is_meant(text: str, value: object) -> None:
    """Only true, false, null and whole numbers are anything but text."""
    assert value == load_yaml(text.encode(), "a.yaml").value


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "stands twice"),
        ("a: &x 1\nb: *x\n", 1, "anchor"),
        ("a: 1\nb: {<<: c}\n", 2, "merges"),
        ("a: !!python/object:os.system x\n", 1, "tag"),
        ("[" * 400, 1, "nested deeper"),
        ("a: b: c\n", 1, "not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("? [a]\n: 1\n", 1, "a key must be a word"),
    ],
)
def test_what_could_mislead_is_refused(text: str, line: int, words: str) -> None:
    """Each trap of YAML is an error with its line and a word on what is wrong."""
    with pytest.raises(Problems) as caught:
        load_yaml(text.encode(), "a.yaml")
    first = caught.value.problems[0]
    assert (line, True) == (first.line, words in first.fault)


def test_an_alias_bomb_is_refused_at_once() -> None:
    """Aliases that would grow to gigabytes are never expanded."""
    lines = ["a0: &a0 [x, x]"] + [
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)
    ]
    with pytest.raises(Problems):
        load_yaml("\n".join(lines).encode(), "a.yaml")


@pytest.mark.parametrize(
    ("schema", "text", "line", "words"),
    [
        (ANNOTATIONS, "tags: [a]\ntagz: [b]\n", 2, "did you mean 'tags'"),
        (ANNOTATIONS, "tags: Iran\n", 1, "must be a list"),
        (ANNOTATIONS, "tags:\n- a\n- true\n", 3, "put it in quotes"),
        (ANNOTATIONS, "- a\n", 1, "must be a mapping"),
        (CAPTURE, "source: null\n", 1, "lacks 'files:'"),
        (CAPTURE, "files: []\n", 1, "empty list"),
        (CAPTURE, "source: ftp://x\nfiles: [{name: a, format: text, sha256: b}]\n", 2, "sha256"),
        (CAPTURE, "files:\n- name: ../a\n  format: text\n  sha256: b\n", 2, "name"),
    ],
)
def test_faults_against_the_schema_name_line_and_remedy(
    schema: Schema, text: str, line: int, words: str
) -> None:
    """A field that is wrong is reported by line, in words an editor knows."""
    found = faults(load_yaml(text.encode(), "a.yaml"), schema, "a.yaml")
    assert any(problem.line == line and words in str(problem) for problem in found), found


def test_every_fault_is_reported_in_one_run() -> None:
    """Three mistakes give three problems, in the order of their lines."""
    file = load_yaml(b"taggs: []\ncategory: 3\nsummary: ''\n", "a.yaml")
    assert [1, 2, 3] == [problem.line for problem in faults(file, ANNOTATIONS, "a.yaml")]
