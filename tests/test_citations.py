"""What is cited is what is known, in texts that other programs read."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.annotations import KINDS
from pelican.plugins.annotated_archive.citation_formats import (
    FORMATS,
    bibtex,
    citation,
    csl_json,
    plain_text,
    ris,
)
from pelican.plugins.annotated_archive.citations import (
    ITEM_TYPES,
    Cited,
    Record,
    annotation_record,
    cited,
    comment_record,
    item_record,
)
from pelican.plugins.annotated_archive.content_schemas import ANNOTATIONS
from pelican.plugins.annotated_archive.model import (
    Annotation,
    CaptureFile,
    Comment,
    Document,
    Edition,
    Gap,
    Ledger,
    Withholding,
)

from sites import ROOT

HERE = Path(__file__).parent / "citations"
VECTORS: list[dict[str, Any]] = json.loads((HERE / "vectors.json").read_text("utf-8"))
RAIN = Document(
    slug="rain",
    title="Rain at last",
    published=datetime.fromisoformat("2010-06-03T23:30:00-04:00"),
    published_printed="",
    authors=("Ann Lee",),
    role="",
    filed_under=(),
    tags=(),
    blocks=(),
    comments=(),
    responses=Gap(None, 0),
    ledger=Ledger(),
    source="https://blog.example/rain",
    time_zone="America/New_York",
    files=(),
)
NAMES = {"id", "type", "title", "author", "issued", "genre", "language", "container-title", "note"}
NAMES |= {"archive", "archive_location", "URL", "accessed"}
"""Names of CSL 1.0.2, of those that a record may have."""


def record_of(vector: Mapping[str, Any]) -> Record:
    """Return the record that the plugin makes of a vector's facts."""
    one, facts = Cited(**vector["cited"]), vector["facts"]
    when = datetime.fromisoformat(facts["issued"]) if facts["issued"] else None
    if vector["kind"] == "item":
        document = replace(
            RAIN, authors=tuple(facts["authors"]), published=when, language=facts["language"]
        )
        return item_record(Edition(document), one, facts["itemType"])
    if vector["kind"] == "comment":
        kind, reckoned = facts["genre"].lower(), facts["isReckoned"]
        comment = Comment(
            facts["place"], facts["author"], "", when, kind=kind, is_approximate=reckoned
        )
        return comment_record(comment, one)
    kind = next(kind.name for kind in KINDS.values() if kind.label == facts["genre"])
    name, by = facts["place"].removeprefix("note-"), facts["author"]
    return annotation_record(
        Annotation(name, kind, "article", "", by=by, date=facts["issued"]), one
    )


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["name"])
def test_records_and_texts_are_the_vectors(vector: dict[str, Any]) -> None:
    """Each vector's facts give its record, and its text in each format."""
    record = record_of(vector)
    assert vector["expected"] == {
        "record": record,
        **{form: citation(record, form) for form in FORMATS},
    }


def test_the_script_gives_the_same_texts() -> None:
    """js/citations.js makes of each vector what the plugin makes of it."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = ROOT / "theme/static/js/citations.js"
    words = [node, str(HERE / "compare.cjs"), str(script), str(HERE / "vectors.json")]
    result = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    assert [] == json.loads(result.stdout)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["name"])
def test_records_are_of_csl(vector: dict[str, Any]) -> None:
    """A record has names of CSL alone, a type that CSL has, and nothing that is empty."""
    record = record_of(vector)
    assert set() == set(record) - NAMES
    assert record["type"] in ("post-weblog", "article-newspaper", "post", "webpage")
    assert all(record.values())
    assert record["title"]
    assert [record] == json.loads(csl_json(record))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["name"])
def test_another_program_reads_the_bibtex(vector: dict[str, Any]) -> None:
    """Pybtex reads one entry of each text: its fields whole, its braces closed, no author parted."""
    from pybtex.database import parse_string

    record = record_of(vector)
    (entry,) = parse_string(bibtex(record), "bibtex").entries.values()
    assert entry.fields["title"].startswith("{")
    assert record.get("URL", "") == entry.fields.get("url", "")
    assert len(record.get("author", ())) == len(entry.persons.get("author", ()))
    assert all(person.last_names for person in entry.persons.get("author", ()))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["name"])
def test_another_program_reads_the_ris(vector: dict[str, Any]) -> None:
    """Rispy reads one reference of each text, and in it what the record says."""
    import rispy

    record = record_of(vector)
    (found,) = rispy.loads(ris(record))
    assert record["title"] == found["title"]
    assert [one["literal"] for one in record.get("author", ())] == found.get("authors", [])
    assert record.get("URL") == next(iter(found.get("urls", ())), None)
    assert record["archive"] == found["name_of_database"]


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=40))
def test_no_text_breaks_a_format(title: str, name: str) -> None:
    """Whatever a title and a name hold, each text has one entry, with its fields on lines of their own."""
    from pybtex.database import parse_string

    document = replace(RAIN, title=title, authors=(name,))
    record = item_record(Edition(document), cited(document, "Kept"))
    assert 1 == len(parse_string(bibtex(record), "bibtex").entries)
    lines = ris(record).split("\r\n")
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert ["TY", "ER"] == [line[:2] for line in lines if line[:2] in ("TY", "ER")]
    assert [record] == json.loads(csl_json(record))
    assert 1 == len(plain_text(record).splitlines())


def test_without_an_address_nothing_of_the_archive_is_invented() -> None:
    """On a disk an item cites the original, with the day of capture only if that is known."""
    record = item_record(Edition(RAIN), cited(RAIN, "Kept"))
    assert ("https://blog.example/rain", False) == (record["URL"], "accessed" in record)
    dated = replace(RAIN, files=(CaptureFile("a.html", "html", None, "2011-03-02T10:00:00Z"),))
    assert [[2011, 3, 2]] == item_record(Edition(dated), cited(dated, "Kept"))["accessed"][
        "date-parts"
    ]
    assert "URL" not in annotation_record(
        Annotation("a", "gloss", "article", ""), cited(dated, "Kept")
    )


def test_a_date_is_that_of_the_page() -> None:
    """A date is that of the page's own clock, whatever day it was elsewhere."""
    record = item_record(Edition(RAIN), cited(RAIN, "Kept"))
    assert [[2010, 6, 3]] == record["issued"]["date-parts"]


def test_what_is_shown_for_a_withheld_name_is_nobody() -> None:
    """A replacement is cited as no person, neither of an item nor of a comment."""
    withheld = (Withholding("x", "term", "A reader", "", "", ("page",)),)
    document = replace(RAIN, authors=("A reader", "Bo", "[A reader] Lee"), withheld=withheld)
    record = item_record(Edition(document), cited(document, "Kept"))
    assert [{"literal": "Bo"}] == record["author"]
    for name in ("A reader", "Dr [A reader]"):
        comment = Comment("comment-1", name, "")
        one = comment_record(comment, cited(document, "Kept"), document.replacements)
        assert "author" not in one
    named = comment_record(
        Comment("comment-1", "Bo", ""), cited(document, "Kept"), document.replacements
    )
    assert [{"literal": "Bo"}] == named["author"]


def test_deceiving_signs_are_marks_here_too() -> None:
    """What would turn a name around is shown as a mark, as on the page."""
    comment = Comment("comment-1", "Bo\u202eQuill", "")
    record = comment_record(comment, cited(RAIN, "Kept"))
    assert [{"literal": "Bo⟦U+202E⟧Quill"}] == record["author"]


def test_editors_may_say_each_type_of_item() -> None:
    """What an editor's file may say an item is, is what the settings may say."""
    assert tuple(ITEM_TYPES) == tuple(ANNOTATIONS["properties"]["item-type"]["enum"])
