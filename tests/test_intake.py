"""Captures are taken in unchanged, once, or not at all."""

import io
from pathlib import Path
from typing import Any

import pytest
from pelican.plugins.annotated_archive.capture_record import with_files
from pelican.plugins.annotated_archive.container_intake import (
    list_container,
    propose_slug,
    states,
    take_from,
)
from pelican.plugins.annotated_archive.containers import Contained
from pelican.plugins.annotated_archive.content_schemas import CAPTURE as CAPTURE_SCHEMA
from pelican.plugins.annotated_archive.errors import ArchiveError, Problem, Problems
from pelican.plugins.annotated_archive.fixity import sha256
from pelican.plugins.annotated_archive.intake import add_to, take_in
from pelican.plugins.annotated_archive.model import CaptureFile
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.plugins.annotated_archive.yaml_file import load_yaml
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from export_shapes import CAPTURES
from sites import CAPTURE, SAMPLE, add_item, copy_site, files_of, project_in, run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site(tmp_path, empty=True)


def test_a_capture_is_kept_byte_for_byte(site: Path) -> None:
    """The file in the archive has the bytes that were given, and their digest."""
    take_in(project_in(site), [CAPTURE], slug="item", source="https://a.example/b?c=1&d=2")
    folder = site / "content/captures/item"
    assert CAPTURE.read_bytes() == (folder / "capture.txt").read_bytes()
    assert sha256(CAPTURE.read_bytes()) in (folder / "capture.yaml").read_text()
    (edition,) = read_archive(project_in(site)).editions
    assert ("https://a.example/b?c=1&d=2", "America/New_York") == (
        edition.document.source,
        edition.document.time_zone,
    )


def test_the_slug_comes_from_the_file_or_the_title(site: Path) -> None:
    """A telling file name makes the slug, else the title does."""
    generic = site / "page.txt"
    generic.write_bytes(CAPTURE.read_bytes())
    taken = take_in(project_in(site), [generic])
    assert "state-department-to-twitter-keep-iranian-tweets-coming" == taken.slug


def test_an_item_is_never_overwritten(site: Path) -> None:
    """A slug that exists is refused, and nothing is written."""
    add_item(site, "item", "A title\n\nText.\n")
    before = (site / "content/captures/item/capture.txt").read_bytes()
    with pytest.raises(Problems, match="exists"):
        take_in(project_in(site), [CAPTURE], slug="item")
    assert before == (site / "content/captures/item/capture.txt").read_bytes()


@pytest.mark.parametrize("slug", ["CON", "con", "tag", "a/b", "..", "A-b", "ä", "a" * 101, "a--b"])
def test_slugs_that_do_not_carry_are_refused(site: Path, slug: str) -> None:
    """A slug that some file system or the site itself cannot have is refused."""
    with pytest.raises(ArchiveError):
        take_in(project_in(site), [CAPTURE], slug=slug)
    assert not (site / "content/captures").exists()


def test_every_fault_is_told_at_once(site: Path) -> None:
    """Bad files and bad options are reported together, and nothing is written."""
    empty, mixed = site / "e.txt", site / "m.txt"
    empty.write_bytes(b"")
    mixed.write_bytes(b"caf\xc3\xa9 \xff")
    result = run(
        site,
        "capture",
        "e.txt",
        "m.txt",
        "nofile",
        "--time-zone",
        "Mars",
        "--slug",
        "con",
        "--source",
        "ftp://x",
        "--captured",
        "yesterday",
    )
    codes = ("empty", "undecodable", "unreadable", "time-zone", "slug", "option")
    assert [1, *[True] * 6] == [
        result.returncode,
        *(f"archive.{c}]" in result.stderr for c in codes),
    ]
    assert "Traceback" not in result.stderr
    assert not (site / "content/captures").exists()


def test_several_files_make_one_item(site: Path) -> None:
    """Pages of one thread are joined: each comment once, in the order met."""
    head = "A title\n\nText.\n\n3 Comments\n"
    one = head + "  1. Ann\n\n    First.\n\n    June 3, 2010 at 5:04 pm |\n"
    two = (
        head
        + "  1. Ann\n\n    First.\n\n    June 3, 2010 at 5:04 pm |\n  2. Bo\n\n    Second.\n\n    June 3, 2010 at 5:04 pm |\n"
    )
    (site / "1.txt").write_text(one)
    (site / "2.txt").write_text(two)
    result = run(site, "capture", "1.txt", "2.txt", "--slug", "thread", "--time-zone", "UTC")
    assert 0 == result.returncode, result.stderr
    (edition,) = read_archive(project_in(site)).editions
    ids = [(c.id, c.author) for c in edition.document.comments]
    assert [("comment-20100603-1704", "Ann"), ("comment-20100603-1704-2", "Bo")] == ids
    assert 1 == edition.document.responses.missing


def test_a_changed_capture_is_noticed(site: Path) -> None:
    """A digest that does not match stops the item, by name."""
    add_item(site, "item", "A title\n\nText.\n")
    (site / "content/captures/item/capture.txt").write_bytes(b"A title\n\nOther.\n")
    archive = read_archive(project_in(site))
    assert [("fixity", ())] == [(p.code, archive.editions) for p in archive.problems]


def test_no_file_goes_missing_unsaid(site: Path) -> None:
    """A file that belongs to no item, or that no record lists, is a problem."""
    add_item(site, "item", "A title\n\nText.\n")
    (site / "content/captures/loose.txt").write_text("x")
    (site / "content/captures/item/more.txt").write_text("x")
    (site / "content/annotations/other.yaml").write_text("tags: []")
    (site / "content/captures/bare").mkdir()
    codes = {problem.code for problem in read_archive(project_in(site)).problems}
    assert {"stray-capture", "unlisted", "stray-annotations", "no-provenance"} == codes


def test_the_sample_is_the_capture_it_says(tmp_path: Path) -> None:
    """The sample in the project is the capture of record."""
    digest = "9b2f914e72e20981c4d79ef8823e7a6123aa4be6203076669114ff66e81350e7"
    assert digest == sha256(CAPTURE.read_bytes())
    assert SAMPLE in {
        e.document.slug for e in read_archive(project_in(CAPTURE.parents[3])).editions
    }


# exports, containers and further captures

EXPORT = CAPTURES / "wxr" / "wxr-11-german.xml"
needs_schema = pytest.mark.skipif(
    "container" not in CAPTURE_SCHEMA["properties"]["files"]["items"]["properties"],
    reason="the schema of capture.yaml does not have 'container' yet",
)


def record_of(site: Path, slug: str) -> Any:
    path = site / "content/captures" / slug / "capture.yaml"
    return load_yaml(path.read_bytes(), "capture.yaml").value


def warc_in(folder: Path, *pages: tuple[str, bytes]) -> Path:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for number, (address, body) in enumerate(pages, 10):
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address,
            "response",
            payload=io.BytesIO(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": f"2019-01-{number}T19:30:00Z"},
        )
        writer.write_record(record)
    path = folder / "crawl.warc.gz"
    path.write_bytes(buffer.getvalue())
    return path


def page(title: str, words: str) -> bytes:
    return f"<!DOCTYPE html><html><title>{title}</title><body><h1>{title}</h1><p>{words}</p></body></html>".encode()


def test_a_container_is_listed(site: Path) -> None:
    """The list shows all items with their proposed slugs, and says which are left out."""
    listing = list_container(project_in(site), EXPORT)
    assert "wxr" == listing.container
    assert [
        ("der-kahn-hat-jetzt-einen-namen", ""),
        ("fuer-die-familie", "password"),
        ("entwurf", "draft"),
        ("bald", "future"),
        ("nur-fuer-mich", "private"),
        ("impressum", ""),
    ] == [(one.slug, one.state) for one in listing.items]
    assert not (site / "content/captures").exists()
    assert ["impressum"] == [
        one.slug for one in list_container(project_in(site), EXPORT, "PRESS").items
    ]


def test_items_of_a_container_become_items(site: Path) -> None:
    """Each public item is kept byte for byte with where it came from; drafts are left out."""
    result = take_from(project_in(site), EXPORT)
    assert ["der-kahn-hat-jetzt-einen-namen", "impressum"] == [one.slug for one in result.taken]
    assert {"password": 1, "draft": 1, "future": 1, "private": 1} == states(result.skipped)
    assert [] == result.problems
    record = record_of(site, "impressum")
    data = (site / "content/captures/impressum/capture.xml").read_bytes()
    (file,) = record["files"]
    assert ("http://www.kahnwerft.example/impressum/", "wxr") == (record["source"], file["format"])
    assert (sha256(data), "2011-05-01T09:00:00+00:00") == (file["sha256"], file["captured"])
    assert {
        "name": "wxr-11-german.xml",
        "sha256": sha256(EXPORT.read_bytes()),
        "record": "item 8",
        "offset": EXPORT.read_bytes().rindex(b"<item>"),
    } == file["container"]
    assert (site / "content/annotations/impressum.yaml").exists()


def test_taking_twice_takes_nothing_twice(site: Path) -> None:
    """What is in the archive already is left out, and no file changes."""
    take_from(project_in(site), EXPORT)
    before = files_of(site / "content")
    again = take_from(project_in(site), EXPORT)
    assert ([], 2) == (again.taken, states(again.skipped)["in the archive already"])
    assert before == files_of(site / "content")


def test_slugs_are_unique_and_nothing_is_overwritten(site: Path) -> None:
    """Another item that would have the same name gets a number."""
    add_item(site, "impressum", "A title\n\nText.\n")
    before = files_of(site / "content/captures/impressum")
    result = take_from(project_in(site), EXPORT, "impressum")
    assert ["impressum-2"] == [one.slug for one in result.taken]
    assert before == files_of(site / "content/captures/impressum")


def test_what_is_left_out_can_be_asked_for(site: Path) -> None:
    """A draft is taken where everything is asked for."""
    result = take_from(project_in(site), EXPORT, "entwurf", everything=True)
    assert ["entwurf"] == [one.slug for one in result.taken]


def test_a_pattern_that_matches_nothing_is_an_error(site: Path) -> None:
    """Nothing is written, and the message says how to see what there is."""
    with pytest.raises(Problems, match="--list") as caught:
        take_from(project_in(site), EXPORT, "nowhere")
    assert ["no-match"] == [one.code for one in caught.value.problems]


def test_pages_of_one_address_become_captures_of_one_item(site: Path) -> None:
    """Later snapshots and comment pages of one article are captures of one item."""
    path = warc_in(
        site,
        ("http://a.example/rain/", page("Rain", "First snapshot.")),
        ("http://a.example/sun/", page("Sun", "Another article.")),
        ("http://www.a.example/rain/?utm_source=x", page("Rain", "Second snapshot.")),
        ("http://a.example/rain/comment-page-2/", page("Rain", "Second page.")),
        ("http://a.example/rain/", page("Rain", "First snapshot.")),
    )
    result = take_from(project_in(site), path)
    assert ["rain", "sun", "rain", "rain"] == [one.slug for one in result.taken]
    assert {"in the archive already": 1} == states(result.skipped)
    names = [one["name"] for one in record_of(site, "rain")["files"]]
    assert ["capture.html", "capture-2.html", "capture-3.html"] == names
    times = [one["captured"] for one in record_of(site, "rain")["files"]]
    assert ["2019-01-10T19:30:00Z", "2019-01-12T19:30:00Z", "2019-01-13T19:30:00Z"] == times
    assert (
        page("Sun", "Another article.") == (site / "content/captures/sun/capture.html").read_bytes()
    )


def test_a_container_without_titles_gives_one(site: Path) -> None:
    """An article that has no title is named by its address, so that it has a page."""
    path = CAPTURES / "disqus" / "disqus-ids.xml"
    take_from(project_in(site), path, "localhost")
    record = record_of(site, "entwurf")
    assert "http://localhost:1313/beitraege/entwurf/" == record["title"]


def test_a_container_is_no_capture(site: Path) -> None:
    """A file of many items is not taken as one; the message says how to choose."""
    with pytest.raises(Problems, match="--select") as caught:
        take_in(project_in(site), [EXPORT])
    assert ["container"] == [one.code for one in caught.value.problems]
    with pytest.raises(Problems, match="no captures of several"):
        list_container(project_in(site), CAPTURE)


def test_an_export_of_one_item_is_a_capture(site: Path) -> None:
    """Its format is known by its content; address and time that it gives go into the record."""
    data = EXPORT.read_bytes()
    last = data.rindex(b"<item>")
    one = site / "letzter.dat"
    one.write_bytes(data[: data.index(b"<item>")] + data[last:])
    taken = take_in(project_in(site), [one])
    record = record_of(site, "letzter")
    assert ("letzter", "Impressum") == (taken.slug, taken.title)
    assert ("capture.xml", "wxr") == (record["files"][0]["name"], record["files"][0]["format"])
    assert "http://www.kahnwerft.example/impressum/" == record["source"]
    assert "2011-05-01T09:00:00+00:00" == record["files"][0]["captured"]


def test_options_go_before_what_the_file_says(site: Path) -> None:
    """A person's word on source and time is written, not the file's."""
    data = EXPORT.read_bytes()
    one = site / "letzter.xml"
    one.write_bytes(data[: data.index(b"<item>")] + data[data.rindex(b"<item>") :])
    take_in(project_in(site), [one], source="https://b.example/", captured="2012-01-01")
    record = record_of(site, "letzter")
    assert ("https://b.example/", "2012-01-01") == (
        record["source"],
        record["files"][0]["captured"],
    )


def test_a_capture_is_added_to_an_item(site: Path) -> None:
    """The record keeps every byte that it has; the new entry stands after the last."""
    add_item(site, "item", "A title\n\nText.\n")
    path = site / "content/captures/item/capture.yaml"
    comment = "# a person's own words\noriginal-is-public: true  # yes\n"
    path.write_text(path.read_text() + comment)
    before = path.read_text()
    (site / "later.txt").write_text("A title\n\nOther text.\n")
    taken = add_to(project_in(site), "item", [site / "later.txt"], captured="2026-11-23")
    after = path.read_text()
    cut = before.index("# a person")
    assert (before[:cut], comment) == (after[:cut], after[-len(comment) :])
    assert ["capture.txt", "capture-2.txt"] == [
        one["name"] for one in record_of(site, "item")["files"]
    ]
    assert ["capture-2.txt", "capture.yaml"] == [one.name for one in taken.written]
    (edition,) = read_archive(project_in(site)).editions
    assert 2 == len(edition.document.files)


def test_the_same_bytes_are_refused_twice(site: Path) -> None:
    """A capture that the item has already is not added."""
    add_item(site, "item", "A title\n\nText.\n")
    (site / "again.txt").write_text("A title\n\nText.\n")
    before = files_of(site / "content")
    with pytest.raises(Problems) as caught:
        add_to(project_in(site), "item", [site / "again.txt"])
    assert ["same-file"] == [one.code for one in caught.value.problems]
    with pytest.raises(Problems) as caught:
        add_to(project_in(site), "nowhere", [site / "again.txt"])
    assert ["no-such-item"] == [one.code for one in caught.value.problems]
    assert before == files_of(site / "content")


@pytest.mark.parametrize(
    "text",
    [
        "files:\n- name: a.txt\n  format: text\n  sha256: {}\n",
        "files:\r\n    - name: a.txt\r\n      format: text\r\n      sha256: {}\r\n\r\n# end\r\ntitle: x\r\n",
        "\ufefffiles:\n  - name: a.txt\n    format: text\n    sha256: {}",
    ],
    ids=["no margin", "CRLF and wide", "mark and no end"],
)
def test_records_are_added_to_as_they_are_written(text: str) -> None:
    """Margins, line ends, marks and what follows the list stay as they are."""
    data = text.format("0" * 64).encode()
    result = with_files(data, "capture.yaml", [CaptureFile("b.txt", "text", "1" * 64)])
    value = load_yaml(result, "x").value
    assert isinstance(value, dict)
    assert ["a.txt", "b.txt"] == [one["name"] for one in value["files"]]  # type: ignore[index,union-attr,call-overload]
    places = range(len(data) + 1)
    assert any(result.startswith(data[:at]) and result.endswith(data[at:]) for at in places)


def test_a_list_that_is_not_written_in_lines_is_refused() -> None:
    """A record in another style is not touched; the message says what to write."""
    data = b"files: [{name: a.txt, format: text, sha256: 0}]\n"
    with pytest.raises(Problem, match="lines of its own"):
        with_files(data, "capture.yaml", [CaptureFile("b.txt", "text", "1" * 64)])


def test_comments_of_a_container_are_added_to_an_item(site: Path) -> None:
    """A Disqus thread can be a further capture of an item that has the article."""
    add_item(site, "barometer", "A barometer\n\nFor sale.\n")
    path = CAPTURES / "disqus" / "disqus-plain.xml"
    result = take_from(project_in(site), path, "barometer", item="barometer")
    assert ["barometer"] == [one.slug for one in result.taken]
    formats = [one["format"] for one in record_of(site, "barometer")["files"]]
    assert ["text", "disqus"] == formats


def test_progress_is_told(site: Path) -> None:
    """What is done and what there is are told in bytes, up to the end."""
    told: list[tuple[int, int, str]] = []
    take_from(project_in(site), EXPORT, progress=lambda *step: told.append(step))
    size = EXPORT.stat().st_size
    assert {(size, size, "computing its digest"), (size, size, "reading items")} <= set(told)


@needs_schema
def test_what_was_taken_from_a_container_has_a_page(site: Path) -> None:
    """Items of containers are read, verified and published like any other."""
    take_from(project_in(site), EXPORT)
    archive = read_archive(project_in(site))
    assert ((), {"der-kahn-hat-jetzt-einen-namen", "impressum"}) == (
        tuple(archive.problems),
        {one.document.slug for one in archive.editions},
    )


@pytest.mark.parametrize(
    ("title", "expected"), [("", "item"), ("404", "item-404"), ("Tag", "tag-item"), ("🌊", "item")]
)
def test_proposed_slugs_can_name_an_item(title: str, expected: str) -> None:
    """A slug is one that every file system and the site can have."""
    entry = Contained("🌊", "", title, None, "html", 0, bytes)
    assert expected == propose_slug(entry)
