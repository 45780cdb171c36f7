"""What goes out are Web Annotations, and they come back as they went out."""

import json
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pelican.plugins.annotated_archive.annotations import KINDS
from pelican.plugins.annotated_archive.entries.annotation_entries import NewEntry, add_entries
from pelican.plugins.annotated_archive.entries.entry_selectors import selection
from pelican.plugins.annotated_archive.exports.annotations_jsonld import annotations_jsonld
from pelican.plugins.annotated_archive.exports.edition_json import edition_record
from pelican.plugins.annotated_archive.interchange.importing import Imported
from pelican.plugins.annotated_archive.marks import deceiving
from pelican.plugins.annotated_archive.model import Annotation, Edition
from pelican.plugins.annotated_archive.note_images import body_faults
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.plugins.annotated_archive.places import places_of
from pelican.plugins.annotated_archive.project import Project
from pelican.plugins.annotated_archive.selectors import Miss, Selector, locate

from rain import FIRST, SECOND, WITHHELD, edition_of, entries, imported, site
from sites import ROOT, SAMPLE, copy_site, project_in

DATA = Path(__file__).parent / "web_annotation"
ASSERTIONS = json.loads((DATA / "assertions.json").read_text("utf-8"))
SAMPLES = json.loads((DATA / "samples.json").read_text("utf-8"))
OF_ANNOTATIONS = ("annotation", "body", "target", "specific resource")
ADDRESSES = (
    "",
    f"https://site.example/archive/{SAMPLE}/",
    f"https://site.example/{SAMPLE}/index.html",
)


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "$defs": ASSERTIONS["$defs"]})


def broken(record: object, *of: str) -> list[str]:
    """Return the names of the assertions that a record breaks."""
    told = [one for one in ASSERTIONS["assertions"] if one["of"] in of]
    return [one["name"] for one in told if not validator(one["schema"]).is_valid(record)]


def made(sample: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in {**SAMPLES["base"], **sample["with"]}.items() if v is not None}


@pytest.mark.parametrize("sample", SAMPLES["correct"], ids=lambda sample: sample["shows"])
def test_what_the_model_can_say_breaks_no_must(sample: Mapping[str, Any]) -> None:
    """The assertions let pass whatever the W3C's model can say."""
    assert [] == broken(made(sample), *OF_ANNOTATIONS)


@pytest.mark.parametrize("sample", SAMPLES["left the norm"], ids=lambda sample: sample["shows"])
def test_what_left_the_norm_is_no_target(sample: Mapping[str, Any]) -> None:
    """The sets of the drafts, which are not in the Recommendation, are not let pass."""
    assert ["3.2-targetObjectsRecognized"] == broken(made(sample), *OF_ANNOTATIONS)


@pytest.mark.parametrize("sample", SAMPLES["incorrect"], ids=lambda sample: sample["shows"])
def test_a_mistake_breaks_its_must(sample: Mapping[str, Any]) -> None:
    """Each mistake is told by the assertion that it breaks."""
    assert sample["breaks"] in broken(made(sample), *OF_ANNOTATIONS)


@pytest.fixture(scope="module")
def sample() -> Edition:
    return edition_of(project_in(ROOT))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_must_holds_of_the_sample(sample: Edition, address: str) -> None:
    """The collection, its page and each annotation of the sample are what the W3C says they must be."""
    text = annotations_jsonld(sample, address)
    record = json.loads(text)
    page = record["first"]
    assert [] == broken(record, "collection")
    assert [] == broken(page, "page")
    for one in page["items"]:
        assert [] == broken(one, *OF_ANNOTATIONS), one["id"]
    assert len(sample.annotations) == record["total"] == len({one["id"] for one in page["items"]})
    assert text == annotations_jsonld(sample, address)
    assert text.startswith('{\n "@context"')
    assert text.endswith("}\n")


def test_an_item_without_annotations_has_an_empty_collection(tmp_path: Path) -> None:
    """Where there are none, the collection says so, and has no page."""
    record = json.loads(annotations_jsonld(edition_of(site(tmp_path)), ""))
    assert [] == broken(record, "collection")
    assert (0, False) == (record["total"], "first" in record)


def test_ids_are_addresses_or_tags(sample: Edition) -> None:
    """With the page's address an id leads to the note; without, it is a tag IRI of the authority."""
    ids = []
    for address in ADDRESSES:
        record = json.loads(annotations_jsonld(sample, address, "a.example,2026"))
        items = {one["id"]: one for one in record["first"]["items"]}
        name = next(name for name in items if name.endswith("note-maintenance"))
        ids += [record["id"], name, items[name]["body"][1]["source"]]
    tag, site_address = f"tag:a.example,2026:{SAMPLE}", "https://site.example"
    assert [
        f"{tag}/annotations",
        f"{tag}/note-maintenance",
        f"{tag}/comment-20090616-1620",
        f"{site_address}/archive/{SAMPLE}/annotations.jsonld",
        f"{site_address}/archive/{SAMPLE}/#note-maintenance",
        f"{site_address}/archive/{SAMPLE}/#comment-20090616-1620",
        f"{site_address}/{SAMPLE}/annotations.jsonld",
        f"{site_address}/{SAMPLE}/index.html#note-maintenance",
        f"{site_address}/{SAMPLE}/index.html#comment-20090616-1620",
    ] == ids


RICH = f"""by: The editors
annotations:
  - {{id: long, kind: fact-check, quote: "The harbour … Nobody had", checked: 2026-11-23, verdict: No.,
     sources: ["The log, https://port.example/log", {{title: A, address: "https://a.example",
     archived: "https://b.example/a"}}], review-by: 2027-01-01, body: b, date: 2026-11-24}}
  - {{id: all, kind: gloss, quote: rain, occurrence: all, tags: [x, y], by: D. Roe, body: "*b*"}}
  - {{id: folded, kind: gloss, in: {FIRST}, quote: CISTERN, occurrence: all, body: b}}
  - {{id: some, kind: gloss, quote: rain, before: the, occurrence: all, body: b}}
  - {{id: part, kind: question, quote: inus, body: b}}
  - {{id: signs, kind: gloss, quote: "who … book", body: "*a*\\n\\n- c"}}
  - {{id: accent, kind: gloss, quote: caf\u00e9, body: b}}
  - {{id: comment, kind: content-warning, in: {SECOND}, covers: nothing, body: b}}
  - {{id: person, kind: context, in: "commenter: Bo Quill", body: b}}
  - {{id: article, kind: context, in: article, body: b}}
  - {{id: title, kind: context, in: title, body: b}}
  - {{id: page, kind: cross-reference, in: page, to: "#note-all", body: b}}
  - {{id: out, kind: cross-reference, quote: "1987", to: "https://out.example/a", body: b}}
  - {{id: book, kind: cross-reference, quote: inches, to: glossary#cistern, body: b}}
  - {{id: middle, kind: translation, in: {FIRST}, quote: "came … at last", language: French, body: b}}
  - {{id: draft, kind: gloss, quote: nothing, status: draft, body: b}}
"""
GLOSSARY = (
    "entries: [{id: cistern, term: cistern, variants: [leaks], occurrence: all, body: A tank.}]\n"
)


@pytest.fixture
def rich(tmp_path: Path) -> Project:
    """Return an archive whose item has annotations of every sort."""
    project = site(tmp_path, RICH)
    (tmp_path / "content/glossary.yaml").write_text(GLOSSARY)
    return project


def test_words_are_those_of_the_record(rich: Project) -> None:
    """Quotes, contexts and counts are those of a block's text in edition.json, and never leave it."""
    edition = edition_of(rich)
    record = edition_record(edition)
    texts = {one["id"]: one["text"] for one in (*record["blocks"], *record["comments"])}
    items = json.loads(annotations_jsonld(edition, ""))["first"]["items"]
    seen = 0
    for one in items:
        assert [] == broken(one, *OF_ANNOTATIONS), one["id"]
        targets = one["target"] if isinstance(one["target"], list) else [one["target"]]
        for target in (t for t in targets if isinstance(t, dict)):
            ways = [way.get("refinedBy") for way in target["selector"]]
            text = texts[target["selector"][0]["value"]]
            if ways == [None]:
                continue
            quote, position = ways
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            prefix, suffix = quote.get("prefix", ""), quote.get("suffix", "")
            assert text[:start].endswith(prefix)
            assert text[end:].startswith(suffix)
            assert max(len(prefix), len(suffix)) <= 32
            assert not (prefix + suffix).startswith(("\u0301", "\u200d"))
            seen += 1
    assert seen == 18
    whole = {one["id"].rpartition("note-")[2]: one["target"] for one in items}
    assert ["tag:archive.invalid,2026:rain"] * 3 == [whole[n] for n in ("article", "title", "page")]


def test_what_is_lost_goes_out_as_lost(rich: Project) -> None:
    """An annotation that is no longer anchored is about the page, and says so; no draft goes out."""
    path = rich.annotations / "rain.yaml"
    path.write_text(RICH.replace('"1987"', '"1986"'))
    archive = read_archive(rich, allow_lost=True)
    items = json.loads(annotations_jsonld(archive.editions[0], ""))["first"]["items"]
    lost = [one for one in items if "archive:lost" in one]
    assert [("1986", "tag:archive.invalid,2026:rain")] == [
        (one["archive:lost"], one["target"]) for one in lost
    ]
    assert not [one for one in items if one["id"].endswith("note-draft")]
    path.write_text("tags: []\n")
    outcome = imported(rich, lost).outcomes[0]
    assert ("out", "draft") == (outcome.id, outcome.state)
    assert "1986" == entries(rich)[0]["quote"]


def test_nothing_withheld_goes_out(tmp_path: Path) -> None:
    """What is withheld is in no quote and no context."""
    project = site(
        tmp_path,
        WITHHELD + "annotations:\n- {id: a, kind: gloss, quote: said, in: article,"
        " occurrence: 2, body: b}\n",
    )
    text = annotations_jsonld(edition_of(project), "")
    assert "[Name withheld]" in text
    assert "Quill" not in text.replace("Bo Quill", "")


def round_trip(project: Project, slug: str, address: str = "") -> Imported:
    """Export, empty the list, import, and export again: the same bytes."""
    path = project.annotations / f"{slug}.yaml"
    old = annotations_jsonld(edition_of(project), address)
    text = path.read_text("utf-8")
    path.write_text(text.partition("\nannotations:")[0] + "\n", "utf-8")
    result = imported(project, old, slug)
    assert old == annotations_jsonld(edition_of(project), address), path.read_text("utf-8")
    return result


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_sample_comes_back_as_it_went_out(tmp_path: Path, address: str) -> None:
    """Export, import into an empty file and export again give the same bytes, for the sample."""
    round_trip(project_in(copy_site(tmp_path)), SAMPLE, address)


@pytest.mark.parametrize("address", ["", "https://site.example/rain/"])
def test_annotations_of_every_sort_come_back(rich: Project, address: str) -> None:
    """So they do for passages over paragraphs, all occurrences, places, fields, tags, names and days."""
    result = round_trip(rich, "rain", address)
    states = {one.id: one.state for one in result.outcomes}
    assert "not written" == states.pop("glossary-cistern")
    assert {"anchored"} == set(states.values())
    again = imported(rich, annotations_jsonld(edition_of(rich), address))
    assert {"there already", "not written"} == {one.state for one in again.outcomes}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: bool(text.strip()) and not deceiving(text)
)
WORDS = st.text(string.ascii_letters + " é:#-\n'", min_size=1, max_size=40).filter(str.strip)
DAYS = st.dates().map(str)


def field_of(name: str, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if name == "to":
        return st.sampled_from(["article", FIRST, "https://a.example/b?c=d, e", "#" + SECOND])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "array":
        return st.lists(TEXT | st.just("A, https://a.example"), min_size=1, max_size=3)
    return DAYS if "pattern" in schema else TEXT


def is_sound(body: str) -> bool:
    """Tell whether a body may stand in an annotations file."""
    one = Annotation("a", "gloss", "page", body)
    return "]:" not in body and not [*body_faults([(one, "", 1)], None, "")]


@st.composite
def an_entry(draw: st.DrawFn, edition: Edition, number: int) -> dict[str, Any]:
    """Make any annotation that an editor can write."""
    places = places_of(edition.document)
    place = draw(st.sampled_from(["page", "commenter: Bo Quill", "article", *places.texts]))
    where: dict[str, Any] | None = {"in": place}
    if place in places.texts and place != "title" and draw(st.booleans()):
        text = places.texts[place]
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + draw(st.sampled_from([6, 400])))))
        found = locate(Selector(text[start:end], occurrence="all"), text)
        spans = () if isinstance(found, Miss) else found
        spans = spans if draw(st.booleans()) else spans[:1]
        where = (spans and selection(places, place, spans)) or where
    kind = draw(st.sampled_from(sorted(KINDS)))
    values: dict[str, Any] = {"id": f"n-{number}", "kind": kind, **(where or {})}
    for name, schema in KINDS[kind].fields.items():
        if name in KINDS[kind].required or draw(st.booleans()):
            values[name] = draw(field_of(name, schema))
    if draw(st.booleans()):
        values |= {"tags": draw(st.lists(TEXT.map(str.strip), max_size=3)), "by": draw(TEXT)}
    if draw(st.booleans()):
        values["date"] = draw(DAYS)
    return {**values, "body": draw((TEXT | WORDS).filter(is_sound))}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Edition]:
    project = site(tmp_path_factory.mktemp("shared"))
    return project, edition_of(project)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_an_editor_writes_comes_back(
    shared: tuple[Project, Edition], data: st.DataObject
) -> None:
    """Export, import into an empty file and export again give the same bytes, for any annotations."""
    project, edition = shared
    count = data.draw(st.integers(1, 5))
    made = [NewEntry(data.draw(an_entry(edition, number))) for number in range(count)]
    text = add_entries("tags: []\n", made)
    (project.annotations / "rain.yaml").write_text(text, "utf-8")
    round_trip(project, "rain", data.draw(st.sampled_from(["", "https://a.example/rain/"])))
