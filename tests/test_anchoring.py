"""An annotation is where its editor put it, or it is reported; it is never elsewhere."""

import unicodedata
from pathlib import Path
from typing import get_args

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from pelican.plugins.annotated_archive.annotations import KINDS
from pelican.plugins.annotated_archive.markdown import to_html, to_markdown
from pelican.plugins.annotated_archive.marked import Mark
from pelican.plugins.annotated_archive.model import Style, StyleKind
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.plugins.annotated_archive.places import find
from pelican.plugins.annotated_archive.selectors import Miss, Selector, Span, describe, locate

from sites import SAMPLE, add_item, copy_site, project_in, run

STYLES = get_args(StyleKind)
PELICAN = ["markdown.extensions.codehilite", "markdown.extensions.extra"]


@pytest.mark.parametrize(
    ("selector", "text", "words"),
    [
        (Selector("Foggy Bottom"), "The halls of Foggy Bottom are", "Foggy Bottom"),
        (Selector("Foggy Bottom"), "The halls of Foggy\nBottom are", "Foggy\nBottom"),
        (Selector("foggy  bottom"), "The halls of Foggy\u00a0Bottom are", "Foggy\u00a0Bottom"),
        (Selector('it\'s "so"'), "and it’s “so” here", "it’s “so”"),
        (Selector("a - b"), "x a – b y", "a – b"),
        (Selector("soft"), "x so\u00adft y", "so\u00adft"),
        (Selector("café"), "the cafe\u0301 here", "cafe\u0301"),
        (Selector("a", before="two"), "one a two a", "a"),
        (Selector("a", occurrence=2), "one a two a", "a"),
        (Selector("two [[a]]"), "one a two a", "a"),
        (Selector("one … four"), "zero one two\n\nthree four five", "one two\n\nthree four"),
    ],
)
def test_words_are_found_as_they_stand(selector: Selector, text: str, words: str) -> None:
    """Exact words are found first, then words that differ in signs, spaces and case."""
    found = find(selector, text)
    assert isinstance(found, tuple)
    assert [words] == [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("selector", "text", "told"),
    [
        (Selector("Linus"), "the machines minus one", "copy the words"),
        (Selector("He was acquitted in May."), "He was convicted in May.", ""),
        (Selector("a"), "a b a", "occurrence: 1 to 2"),
        (Selector("a", occurrence=3), "a b a", "occurrence: 1 to 2"),
        (
            Selector("The court ruled on Tuesday morning"),
            "Then the court ruled on Monday morning.",
            "did you mean",
        ),
        (Selector("Anna Smith", before="said"), "Anna Smyth wrote, Anna Smith said", ""),
        (Selector("four … one"), "one two three four", "in their order"),
    ],
)
def test_what_is_not_there_is_refused(selector: Selector, text: str, told: str) -> None:
    """Words that were withdrawn, changed, or stand more than once are never put on others."""
    found = find(selector, text)
    assert isinstance(found, Miss)
    assert told in found.remedy


@settings(max_examples=400, deadline=None)
@given(st.text("ab \n'’éE\u0301x-–", min_size=1, max_size=60), st.data())
def test_describing_and_locating_are_inverse(text: str, data: st.DataObject) -> None:
    """For any text and any words in it, what describes them finds them again, and only them."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    cut = [at for at in (start, end) if at < len(text) and unicodedata.combining(text[at])]
    if cut or text[start:end] != text[start:end].strip():
        return
    assert (Span(start, end),) == locate(describe(text, Span(start, end)), text)


@settings(max_examples=300, deadline=None)
@given(
    st.text("ab*_[]()<>&!: \n'`~|{}.1-", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)), min_size=1, max_size=4),
    st.lists(
        st.tuples(st.integers(0, 59), st.integers(1, 30), st.sampled_from(sorted(STYLES))),
        max_size=3,
    ),
)
def test_marked_text_is_the_same_in_both(
    text: str, spans: list[tuple[int, int]], set_as: list[tuple[int, int, StyleKind]]
) -> None:
    """Marks and styles, overlapping or nested, leave the words as they are, in Markdown as in HTML."""
    styles = [
        Style(start, min(start + length, len(text)), kind, "https://a.example/?b=1&c=*_[d]")
        for start, length, kind in set_as
        if start < len(text)
    ]
    marks = [
        Mark(start, min(start + length, len(text)), f"n{number}")
        for number, (start, length) in enumerate(spans)
        if start < len(text)
    ]
    if not marks or not text.strip():
        return
    markdown = to_markdown(text, marks, styles)
    notes = "\n\n".join(f"[^n{number}]: note" for number in range(len(spans)))
    theirs = Markdown(extensions=PELICAN).convert(f"x\n\n{markdown}\n\n{notes}\n")
    soup = BeautifulSoup(theirs, "html.parser")
    for element in soup.select("sup, .footnote"):
        element.decompose()
    ours = BeautifulSoup(
        "<p>x</p>" + to_html(text, "<br />\n", marks, styles=styles), "html.parser"
    )
    shown = [[p.get_text() for p in one.find_all(["p", "li"])] for one in (soup, ours)]
    assert shown[0] == shown[1]
    tags = ["em", "strong", "code", "del", "a", "blockquote", "ul", "ol", "li"]
    built = [
        [(t.name, t.get("href"), " ".join(t.get_text().split())) for t in one.find_all(tags)]
        for one in (soup, ours)
    ]
    assert built[0] == built[1]
    marked = [
        ["".join(m.get_text() for m in p.find_all("mark")) for p in one.find_all(["p", "li"])]
        for one in (soup, ours)
    ]
    assert marked[0] == marked[1]


def editor(site: Path, slug: str, text: str) -> None:
    (site / f"content/annotations/{slug}.yaml").write_text(text)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("quote: not there at all", ":2: annotation 'a-1'"),
        ("quote: one", "occurs 2 times"),
        ("in: comment-1", "there is no comment-1"),
        ("quote: first\n  kind: fact-chek", "write one of"),
        ("quote: first\n  claim: x", ":4: annotations.0.claim does not belong"),
        ("quote: first\n  kind: cross-reference", "lacks 'to:'"),
        ("quote: first\n  kind: cross-reference\n  to: comment-9", "is no place in this item"),
        ("quote: first\n  body: '[x]: http://a.example'", "inline"),
    ],
)
def test_a_mistake_in_an_annotation_is_told(tmp_path: Path, entry: str, told: str) -> None:
    """Each mistake names file, line, fault and remedy."""
    site = copy_site(tmp_path, empty=True)
    add_item(site, "item", "A title\n\nJune 3, 2010\n\nThe first one and the second one.\n")
    defaults = {"kind": "gloss", "body": "b"}
    lines = ["- id: a-1", f"  {entry}"]
    lines += [f"  {key}: {value}" for key, value in defaults.items() if f"{key}:" not in entry]
    editor(site, "item", "annotations:\n" + "\n".join(lines) + "\n")
    problems = read_archive(project_in(site)).problems
    assert any(told in str(problem) for problem in problems), [str(problem) for problem in problems]


def test_a_draft_is_in_no_byte(tmp_path: Path) -> None:
    """What is not published yet stands nowhere in pages and output."""
    site = copy_site(tmp_path, empty=True)
    add_item(site, "item", "A title\n\nJune 3, 2010\n\nThe first one.\n")
    editor(
        site,
        "item",
        "annotations:\n- {id: a-1, kind: gloss, quote: first, body: Zanzibar, status: draft}\n",
    )
    assert 0 == run(site, "build").returncode
    texts = [
        p.read_bytes()
        for p in (*site.joinpath("output").rglob("*"), *site.joinpath("content/pages").rglob("*"))
        if p.is_file()
    ]
    assert not [text for text in texts if b"Zanzibar" in text or b"a-1" in text]


def test_an_annotation_on_withheld_words_is_refused(tmp_path: Path) -> None:
    """A quote that touches what is withheld is an error that does not repeat it."""
    site = copy_site(tmp_path)
    path = site / f"content/annotations/{SAMPLE}.yaml"
    more = (
        "  - {id: x-1, kind: gloss, in: comment-20090617-0209, quote: Hollowell's entry, body: b}\n"
    )
    path.write_text(path.read_text().replace("annotations:\n", f"annotations:\n{more}", 1))
    result = run(site, "check")
    assert (1, True) == (result.returncode, "are withheld" in result.stderr)
    assert "hollowell" not in result.stderr.lower()


def test_the_sample_is_annotated(tmp_path: Path) -> None:
    """The sample has at least 25 annotations of every kind, each with its note and its way back."""
    site = copy_site(tmp_path)
    assert 0 == run(site, "build").returncode
    (edition,) = read_archive(project_in(site)).editions
    assert len(edition.annotations) >= 25
    assert set(KINDS) == {one.kind for one in edition.annotations}
    soup = BeautifulSoup((site / "output" / SAMPLE / "index.html").read_text(), "html.parser")
    for one in edition.annotations:
        note = soup.find(id=f"note-{one.id}")
        assert note is not None and note.name == "aside"
        assert one.is_on_words == bool(soup.find(id=f"ref-{one.id}"))
    assert soup.select("details.warned")
    marks = {mark.get_text() for mark in soup.find_all("mark")}
    assert {"Foggy Bottom", "TARSOO", "@Cindy", "Thank you , Dave", "repu"} <= marks
