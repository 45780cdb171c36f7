"""What comes in stands where it belongs, or is reported; nothing is lost, and nothing is guessed."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.errors import ArchiveError
from pelican.plugins.annotated_archive.hand_pages import render_markdown
from pelican.plugins.annotated_archive.project import Project

from rain import FIRST, SECOND, WITHHELD, edition_of, entries, imported, site


def quoted(exact: str, prefix: str = "", suffix: str = "", **more: object) -> dict[str, object]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix, **more}


def anno(selector: object = None, source: str = "https://page.example/rain", **more: object) -> Any:
    """Make an annotation of another program's."""
    target = {"source": source, **({"selector": selector} if selector else {})}
    body = {"type": "TextualBody", "value": "So."}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://x.example/1",
        "type": "Annotation",
        "body": body,
        "target": target,
        **more,
    }


def row(selector: object = None, **more: object) -> Any:
    """Make a row of the Hypothesis API."""
    target = {"source": "https://page.example/rain", **({"selector": selector} if selector else {})}
    return {
        "id": "aB3",
        "created": "2024-05-06T23:30:00.1+00:00",
        "updated": "2024-05-07T00:00:00+00:00",
        "user": "acct:ann_lee@hypothes.is",
        "uri": "https://page.example/rain",
        "text": "*So*.",
        "tags": ["rain", " "],
        "group": "__world__",
        "target": [target],
        "hidden": False,
        "permissions": {"read": ["group:__world__"]},
        **more,
    }


def fragment(value: str, refined: object = None) -> dict[str, object]:
    return {
        "type": "FragmentSelector",
        "value": value,
        **({"refinedBy": refined} if refined else {}),
    }


POSITION = {"type": "TextPositionSelector", "start": 4, "end": 11}


@pytest.mark.parametrize(
    ("given", "entry"),
    [
        (anno(quoted("harbour master")), {"quote": "harbour master", "body": "So."}),
        (anno(quoted("HARBOUR  MASTER")), {"quote": "harbour master"}),
        ([anno(quoted("Nobody"))], {"id": "nobody", "kind": "context"}),
        ({"type": "AnnotationPage", "items": [anno(quoted("Nobody"))]}, {"quote": "Nobody"}),
        (
            {"type": "AnnotationCollection", "first": {"items": [anno(quoted("Nobody"))]}},
            {"quote": "Nobody"},
        ),
        (anno(quoted("Nobody"), motivation=["highlighting", "questioning"]), {"kind": "question"}),
        (anno(quoted("Nobody"), motivation="assessing"), {"kind": "fact-check"}),
        (anno(quoted("Nobody"), motivation="oa:moderating"), {"kind": "content-warning"}),
        (anno(quoted("Nobody"), body="https://y.example/a"), {"body": "<https://y.example/a>"}),
        (
            anno(quoted("Nobody"), body="https://y.example/a", motivation="linking"),
            {"kind": "cross-reference", "to": "https://y.example/a"},
        ),
        (anno(quoted("Nobody"), body=None, bodyValue="a *b*"), {"body": "a \\*b\\*"}),
        (
            anno(
                quoted("Nobody"),
                body=[
                    {"type": "TextualBody", "value": "rain", "purpose": "tagging"},
                    {"type": "TextualBody", "value": "*a*", "format": "text/markdown"},
                    {"type": "TextualBody", "value": "[b]: c", "format": "text/markdown"},
                ],
            ),
            {"tags": ["rain"], "body": "*a*\n\n\\[b]: c"},
        ),
        (anno(quoted("Nobody"), creator={"name": "Ann Lee"}), {"by": "Ann Lee"}),
        (
            anno(quoted("Nobody"), creator=["https://y.example/ann"]),
            {"by": "https://y.example/ann"},
        ),
        (anno(quoted("Nobody"), created="2015-01-28T23:30:00-05:00"), {"date": "2015-01-29"}),
        (anno(), {"in": "page"}),
        (anno(source="https://page.example/rain#" + SECOND), {"in": SECOND}),
        (anno(fragment(SECOND)), {"in": SECOND}),
        (anno(fragment("p-1", quoted("rain", "that the "))), {"quote": "rain", "before": "the"}),
        (anno(fragment(SECOND, quoted("the cistern"))), {"in": SECOND, "quote": "THE CISTERN"}),
        (anno(fragment("p-1", POSITION)), {"quote": "harbour"}),
        (
            anno([fragment("p-1", quoted("harbour")), fragment("p-1", POSITION)]),
            {"quote": "harbour"},
        ),
        (anno(fragment("para5", quoted("Nobody"))), {"quote": "Nobody"}),
        (anno([quoted("Nobody"), {"type": "RangeSelector"}, POSITION]), {"quote": "Nobody"}),
        (anno(quoted("The rain came …")), {"in": FIRST}),
        (anno(quoted("The rain came", "machines tell? ", "")), {"quote": "The rain came"}),
        (row([quoted("harbour master"), POSITION]), {"body": "*So*.", "tags": ["rain"]}),
        ({"total": 1, "rows": [row([quoted("Nobody")])]}, {"by": "ann_lee", "date": "2024-05-06"}),
        (row([quoted("Nobody")], user_info={"display_name": "Ann Lee"}), {"by": "Ann Lee"}),
        (row(), {"in": "page", "id": "so"}),
    ],
)
def test_what_is_certain_is_anchored(
    tmp_path: Path, given: object, entry: dict[str, object]
) -> None:
    """Annotations of other programs stand at their words, whatever form they come in."""
    project = site(tmp_path)
    result = imported(project, given)
    assert ["anchored"] == [one.state for one in result.outcomes], result.lines
    found = entries(project)[0]
    assert entry == {name: found.get(name) for name in entry}
    assert "status" not in found
    assert 1 == len(edition_of(project).annotations)


@pytest.mark.parametrize(
    ("quote", "start"),
    [
        (quoted("The cistern", "Reply 3 likes ", " leaks. The rain came"), 29),
        (quoted("The cistern", "Bo Quill says: ", " was dug in 1890"), 0),
        (quoted("The cistern", "dug in 1890. ", "[advertisement]"), 29),
        (quoted("The cistern", "", " leaks"), 29),
    ],
)
def test_context_chooses_among_several(tmp_path: Path, quote: object, start: int) -> None:
    """The nearest characters choose, though what stands beyond them may be another page's furniture."""
    project = site(tmp_path)
    assert "1 anchored" in imported(project, anno(quote)).lines[-1]
    assert [start] == [one.targets[0].start for one in edition_of(project).annotations]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (anno(quoted("snow")), "its words do not occur here"),
        (anno(quoted("He was convicted in May.")), "its words do not occur here"),
        (anno(quoted("Linux")), "do not occur"),
        (
            anno(quoted("Linus", "the editor thanks Professor ", " for the picture")),
            "other words stand",
        ),
        (anno(quoted("ann")), "other words stand"),
        (anno(quoted("rain")), "occur 5 times, and it does not tell them apart"),
        (anno(quoted("rain came", "The ", " at last")), "does not tell them apart"),
        (
            anno(quoted("The cistern", "no such words here ", " was flooded again")),
            "other words stand",
        ),
        (anno(POSITION), "counts characters of a text that is not known"),
        (anno(fragment("p-1", {**POSITION, "end": 9999})), "not within the block"),
        (anno({"type": "XPathSelector", "value": "//p"}), "not understood: XPathSelector"),
        (anno({"type": "RangeSelector", "startContainer": "/p"}), "not understood: RangeSelector"),
        (anno(fragment("comment-19990101-0000", quoted("Nobody"))), "there is no comment-1999"),
        (anno(fragment(SECOND, quoted("Nobody"))), "do not occur"),
        (anno(quoted("Nobody"), source="tag:archive.invalid,2026:snow"), "about the item 'snow'"),
        (anno(quoted("Nobody"), body=None), "no words of its own"),
        (
            anno(
                quoted("Nobody"),
                body={"value": "*a " * 500 + "b*" * 500, "format": "text/markdown"},
            ),
            "nested deeper than 400 levels",
        ),
        (
            anno(quoted("Nobody"), body={"value": "![a](b.png)"}, **{"archive:kind": "gloss"}),
            "there is no picture 'b.png'",
        ),
        (anno(quoted("Nobody"), motivation="replying"), "a reply"),
        (row([quoted("Nobody")], references=["x"]), "a reply"),
        (row([quoted("Nobody")], hidden=True), "moderators"),
        (row([quoted("Nobody")], group="Qm2"), "not public"),
        (row([quoted("Nobody")], permissions={"read": ["acct:ann@h"]}), "not public"),
        (row([quoted("Nobody")], text=""), "no words of its own"),
    ],
)
def test_what_is_not_certain_is_a_draft(tmp_path: Path, given: object, reason: str) -> None:
    """What belongs nowhere for certain is kept as a draft with the reason above it, and is on no page."""
    project = site(tmp_path)
    result = imported(project, given)
    assert ["draft"] == [one.state for one in result.outcomes]
    assert reason in result.lines[0]
    text = (project.annotations / "rain.yaml").read_text("utf-8")
    assert f"  # imported as a draft: {result.outcomes[0].reason}\n  - id:" in text
    entry = entries(project)[0]
    assert "draft" == entry["status"]
    selectors = (given if isinstance(given, dict) else {}).get("target", {})
    exact = json.dumps(selectors).partition('"exact": "')[2].partition('"')[0]
    assert exact.lower() == str(entry.get("quote", exact)).lower()
    assert () == edition_of(project).annotations


def test_an_address_tells_what_is_about_another_page(tmp_path: Path) -> None:
    """Where the item's address is known, what is about another address is no more than a draft."""
    project = site(tmp_path)
    path = project.captures / "rain/capture.yaml"
    path.write_text(
        path.read_text().replace("source: null", "source: http://www.page.example/rain/")
    )
    other = anno(quoted("Nobody"), source="https://page.example/snow", bodyValue="More.")
    lines = imported(project, [anno(quoted("Nobody")), other]).lines
    assert "1. nobody: anchored: in article" == lines[0]
    assert "2. nobody-2: draft: it is about another address" == lines[1]
    assert "2 annotations: 1 anchored, 1 draft" == lines[2]


@pytest.mark.parametrize(
    ("to", "state"),
    [
        ("article", "anchored"),
        (SECOND, "anchored"),
        ("note-nobody", "anchored"),
        ("rain#note-nobody", "anchored"),
        ("https://a.example", "anchored"),
        ("comment-1", "draft"),
        ("snow", "draft"),
        ("snow#note-a", "draft"),
    ],
)
def test_what_leads_nowhere_is_a_draft(tmp_path: Path, to: str, state: str) -> None:
    """A cross-reference from another archive is published only if it leads somewhere in this one."""
    project = site(tmp_path)
    own = {"archive:kind": "cross-reference", "archive:in": "article", "archive:to": to}
    one = anno(fragment("p-2", quoted("Nobody")), id="x/#note-nobody", **own)
    assert [state] == [outcome.state for outcome in imported(project, one).outcomes]
    edition_of(project)


def test_several_targets_are_several_entries(tmp_path: Path) -> None:
    """An annotation of places that no single entry can say becomes an entry for each."""
    project = site(tmp_path)
    one = anno()
    one["target"] = [anno(quoted(words))["target"] for words in ("Nobody", "enfin", "snow")]
    states = [(o.number, o.id, o.state) for o in imported(project, one).outcomes]
    assert [(1, "nobody", "anchored"), (1, "enfin", "anchored"), (1, "snow", "draft")] == states


def test_nothing_is_overwritten_or_doubled(tmp_path: Path) -> None:
    """The same annotation is there already; another with the same id gets an id of its own."""
    project = site(tmp_path)
    first = anno(quoted("Nobody"), id="https://site.example/rain/#note-who")
    second = {**first, "body": {"type": "TextualBody", "value": "Other."}}
    draft = anno(quoted("snow"))
    states = [
        [(one.id, one.state) for one in imported(project, given).outcomes]
        for given in ([first, draft], [first, draft, second], [second, second])
    ]
    assert [
        [("who", "anchored"), ("snow", "draft")],
        [("who", "there already"), ("snow", "there already"), ("who-2", "anchored")],
        [("who-2", "there already"), ("who-2", "there already")],
    ] == states
    assert ["who", "snow", "who-2"] == [entry["id"] for entry in entries(project)]


def test_what_others_make_is_not_written(tmp_path: Path) -> None:
    """What the glossary or another item's file makes is reported: it comes from there again."""
    project = site(tmp_path)
    gloss = anno(quoted("Nobody"), **{"archive:kind": "gloss", "archive:entry": "nobody"})
    person = {"archive:kind": "gloss", "archive:in": "commenter: Bo Quill"}
    theirs = anno(fragment(FIRST), id="tag:a,2026:rain/note-from-snow-bo", **person)
    lines = imported(project, [gloss, theirs, "https://x.example/2"]).lines
    assert "1. -: not written: it is made by the glossary" == lines[0]
    assert "2. from-snow-bo: not written: it is made by another item's file" == lines[1]
    assert "3. -: not written: it is only named, not told: https://x.example/2" == lines[2]
    assert [] == entries(project)


def test_an_editor_who_is_not_registered_makes_a_draft(tmp_path: Path) -> None:
    """Where editors are registered, what another wrote waits for an editor."""
    project = site(tmp_path)
    (tmp_path / "content/editors.yaml").write_text("editors: [{name: D. Roe}]\n")
    one = anno(quoted("Nobody"), creator={"name": "Ann Lee"})
    assert "'Ann Lee' is not a registered editor" in imported(project, one).lines[0]
    assert () == edition_of(project).annotations


@pytest.mark.parametrize(
    "given",
    [
        anno(quoted("Ada Quill")),
        anno(quoted("Nobody"), body={"type": "TextualBody", "value": "It was Ada Quill."}),
        anno(quoted("Nobody"), creator={"name": "ADA QUILL"}),
        anno(quoted("snow", "as Ada Quill says ")),
        row([quoted("Nobody")], tags=["ada quill"]),
    ],
)
def test_withheld_words_do_not_come_back(tmp_path: Path, given: object) -> None:
    """What says something withheld is not written, not even as a draft, and not repeated."""
    project = site(tmp_path, WITHHELD)
    result = imported(project, given)
    assert "it says what redaction 'name-1' withholds" in result.lines[0]
    assert "quill" not in " ".join(result.lines).lower()
    assert WITHHELD == (project.annotations / "rain.yaml").read_text()


@pytest.mark.parametrize("form", ["text/html", "text/markdown", "text/plain", ""])
@pytest.mark.parametrize(
    "value",
    [
        "<p onclick=x()>a<script>alert(1)</script><img src=https://spy.example/a>",
        "<a href='javascript:x()'>b</a> ![c](https://spy.example/c) [d](javascript:x)",
        "[^a]: note\n\n[b]: https://spy.example\n[b] <iframe src=//spy.example></iframe>",
        "a\u202eb\x00c <svg/onload=x> &lt;script&gt;",
    ],
)
def test_bodies_bring_nothing_alive(tmp_path: Path, form: str, value: str) -> None:
    """No body brings a script, a picture, a frame, a definition or an address of another scheme."""
    project = site(tmp_path)
    body = {"type": "TextualBody", "value": value, **({"format": form} if form else {})}
    imported(project, anno(quoted("Nobody"), body=body))
    published = [render_markdown(one.body) for one in edition_of(project).annotations]
    drafts = (project.annotations / "rain.yaml").read_text().count("status: draft")
    assert 1 == len(published) + drafts
    for sign in ("<script", "<img", "<iframe", "<svg", "<p onclick", 'href="javascript'):
        assert not [html for html in published if sign in html]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "in.json: the file is no JSON"),
        ("\x00", "no JSON"),
        ('{"a": NaN}', "NaN is no number"),
        ("[" * 5000, "no JSON"),
        ("[" * 50 + "]" * 50, "nested deeper than 32 levels"),
        ("1" * 5000, "no JSON"),
        ("{}", "holds no annotations that are known here"),
        ("3", "holds no annotations"),
        ('{"type": "AnnotationCollection", "first": "https://a.example/1"}', "in another file"),
        (" " * (8 * 1024 * 1024 + 1), "larger than"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """A file that holds no annotations, or too much, is refused with what to do, and nothing changes."""
    project = site(tmp_path)
    with pytest.raises(ArchiveError) as raised:
        imported(project, text)
    assert told in str(raised.value)
    assert [] == entries(project)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return site(tmp_path_factory.mktemp("shared"))


KEYS = st.sampled_from(
    ["type", "id", "target", "body", "selector", "exact", "prefix", "refinedBy", "start", "end", "rows",
     "items", "first", "value", "purpose", "uri", "text", "tags", "user", "archive:kind", "archive:in",
     "archive:target", "archive:sources", "creator", "created", "motivation", "source", "references"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["Annotation", "TextQuoteSelector", "FragmentSelector", "TextPositionSelector", "rain", "Nobody",
     "p-1", FIRST, "gloss", "cross-reference", "tagging", "x#note-a", "2020-01-01", "\ud800", "", " ",
     "https://[", 3, -1, 1.5, True, None, 10**30]
)  # fmt: skip
JSON = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=30,
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(JSON | st.lists(st.builds(anno, JSON, st.just("x"), body=JSON, creator=JSON), max_size=3))
def test_no_json_breaks_the_import(project: Project, value: object) -> None:
    """Whatever the JSON, it is refused in words, or what is written builds."""
    path = project.annotations / "rain.yaml"
    path.write_text("tags: []\n")
    try:
        result = imported(project, json.dumps(value))
    except ArchiveError:
        assert "tags: []\n" == path.read_text()
        return
    edition = edition_of(project)
    assert len(edition.annotations) == sum(one.state == "anchored" for one in result.outcomes)
    assert all("\n" not in line for line in result.lines)
