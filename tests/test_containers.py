"""A container gives its pages one by one, within bounds, and says what it cannot read."""

import base64
import gzip
import hashlib
import io
import json
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import brotli  # type: ignore[import-untyped,unused-ignore]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive.containers import (
    CONTAINERS,
    Contained,
    limits,
    recognise_container,
)
from pelican.plugins.annotated_archive.containers import ranges as ranges_module
from pelican.plugins.annotated_archive.containers.ranges import find_elements
from pelican.plugins.annotated_archive.errors import Problem
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from export_shapes import CAPTURES

PAGE = b"<!DOCTYPE html><title>Rain &amp; shine</title><p>Words.</p>"
WXR = CAPTURES / "wxr" / "wxr-10-english.xml"


def quiet(done: int, total: int, words: str) -> None:
    """Say nothing."""


def both(path: Path) -> tuple[list[Contained], list[Problem]]:
    """Return what a container holds, and what is wrong with it."""
    container = recognise_container(path)
    assert container is not None
    items: list[Contained] = []
    problems: list[Problem] = []
    try:
        for one in container.entries(path, quiet):
            if isinstance(one, Problem):
                problems.append(one)
            else:
                items.append(one)
    except Problem as problem:
        problems.append(problem)
    return items, problems


def items_of(path: Path) -> list[Contained]:
    items, problems = both(path)
    assert [] == problems
    return items


class Warc:
    """Write WARC files by the field's own tool."""

    def __init__(self, is_gzip: bool = True) -> None:
        self.file = io.BytesIO()
        self.writer = WARCWriter(self.file, gzip=is_gzip)

    def page(
        self,
        address: str,
        body: bytes = PAGE,
        status: str = "200 OK",
        kind: str = "text/html",
        **fields: str,
    ) -> None:
        headers = [("Content-Type", kind)] if kind else []
        headers += [(name.replace("_", "-"), value) for name, value in fields.items()]
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        self.writer.write_record(
            self.writer.create_warc_record(
                address,
                "response",
                payload=io.BytesIO(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": "2019-01-13T19:30:00Z"},
            )
        )

    def revisit(self, address: str, digest: str, of: str, date: str) -> None:
        self.writer.write_record(
            self.writer.create_revisit_record(
                address,
                digest,
                of,
                date,
                StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"),
            )
        )

    def save(self, path: Path) -> Path:
        path.write_bytes(self.file.getvalue())
        return path


def warc_of(path: Path, *pages: tuple[str, bytes], is_gzip: bool = True) -> Path:
    warc = Warc(is_gzip)
    for address, body in pages:
        warc.page(address, body)
    return warc.save(path)


def raw_record(block: bytes, *fields: str) -> bytes:
    head = ["WARC/1.0", "WARC-Type: response", "WARC-Target-URI: http://a.example/", *fields]
    head.append(f"Content-Length: {len(block)}")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(body: bytes, *fields: str) -> bytes:
    head = ["HTTP/1.1 200 OK", "Content-Type: text/html", *fields]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


# WARC and ARC


@pytest.mark.parametrize("is_gzip", [True, False])
def test_pages_of_a_warc_are_listed_and_read(tmp_path: Path, is_gzip: bool) -> None:
    """Each page has its address, time, title, place and digest; its bytes are the payload's."""
    pages = [(f"http://a.example/{n}", PAGE + str(n).encode()) for n in range(20)]
    items = items_of(warc_of(tmp_path / "a.warc.gz", *pages, is_gzip=is_gzip))
    assert [address for address, _ in pages] == [one.address for one in items]
    assert [body for _, body in pages] == [one.read() for one in items]
    assert {("Rain & shine", "2019-01-13T19:30:00Z", "html", "")} == {
        (one.title, one.captured, one.format, one.state) for one in items
    }
    assert {"passed"} == {one.provenance["digest"] for one in items}
    assert len({one.provenance["offset"] for one in items}) == 20
    assert all(one.provenance["record"].startswith("urn:uuid:") for one in items)


def test_a_page_can_be_read_while_the_file_is_gone_through(tmp_path: Path) -> None:
    """Reading an item as it comes, or any later, gives the same bytes."""
    pages = [(f"http://a.example/{n}", PAGE * (n + 1)) for n in range(5)]
    path = warc_of(tmp_path / "a.warc.gz", *pages)
    container = recognise_container(path)
    assert container is not None
    entries = [one for one in container.entries(path, quiet) if isinstance(one, Contained)]
    again = [one.read() for one in container.entries(path, quiet) if isinstance(one, Contained)]
    assert [one.read() for one in reversed(entries)] == list(reversed(again))


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    """Requests, pictures, errors and redirects are no items."""
    warc = Warc()
    warc.page("http://a.example/x.png", b"\x89PNG", kind="image/png")
    warc.page("http://a.example/gone", PAGE, "404 Not Found")
    warc.page("http://a.example/feed", b"<rss/>", kind="application/rss+xml")
    warc.page("http://a.example/untyped", PAGE, kind="")
    warc.page("http://a.example/xhtml", PAGE, kind="application/xhtml+xml; charset=utf-8")
    items = items_of(warc.save(tmp_path / "a.warc.gz"))
    assert ["http://a.example/untyped", "http://a.example/xhtml"] == [one.address for one in items]


def test_redirects_are_followed_within_a_bound(tmp_path: Path) -> None:
    """A page knows the addresses that led to it; a loop ends."""
    warc = Warc()
    for n in range(30):
        warc.page(f"http://a.example/{n}", b"", "301 Moved", Location=f"/{n + 1}")
    warc.page("http://a.example/x", b"", "302 Found", Location="/y")
    warc.page("http://a.example/y", b"", "302 Found", Location="/x")
    warc.page("http://a.example/30")
    warc.page("http://a.example/x")
    last, loop = items_of(warc.save(tmp_path / "a.warc.gz"))
    assert tuple(f"http://a.example/{n}" for n in range(29, 19, -1)) == last.aliases
    assert limits.MAX_REDIRECTS == len(last.aliases)
    assert ("http://a.example/y",) == loop.aliases


def test_a_revisit_is_resolved_within_the_file(tmp_path: Path) -> None:
    """A revisit gives the bytes of what it repeats, and is left out unless it is asked for."""
    warc = Warc()
    warc.page("http://a.example/")
    digest = sha1(PAGE)
    warc.revisit("http://a.example/", digest, "http://a.example/", "2019-01-13T19:30:00Z")
    warc.revisit(
        "http://b.example/", "sha1:" + "A" * 32, "http://c.example/", "2001-01-01T00:00:00Z"
    )
    first, again, lost = items_of(warc.save(tmp_path / "a.warc.gz"))
    assert (PAGE, "", "revisit") == (again.read(), first.state, again.state)
    assert "revisit of what is elsewhere" == lost.state
    with pytest.raises(Problem):
        lost.read()


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (gzip.compress(PAGE), {"Content_Encoding": "gzip"}),
        (brotli.compress(PAGE), {"Content_Encoding": "br"}),
        (PAGE, {"Content_Encoding": "gzip"}),
        (PAGE, {"Content_Encoding": "br"}),
        (PAGE, {"Transfer_Encoding": "chunked"}),
        (
            b"5\r\n" + PAGE[:5] + b"\r\n%x\r\n" % len(PAGE[5:]) + PAGE[5:] + b"\r\n0\r\n\r\n",
            {"Transfer_Encoding": "chunked"},
        ),
        (gzip.compress(brotli.compress(PAGE)), {"Content_Encoding": "br, gzip"}),
    ],
    ids=["gzip", "brotli", "undone gzip", "undone brotli", "undone chunks", "chunks", "both"],
)
def test_codings_are_undone(tmp_path: Path, body: bytes, fields: dict[str, str]) -> None:
    """The page is what a browser would have got, whether or not the tool undid the coding already."""
    warc = Warc()
    warc.page("http://a.example/", body, **fields)
    (item,) = items_of(warc.save(tmp_path / "a.warc.gz"))
    assert (PAGE, "") == (item.read(), item.state)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (gzip.compress(PAGE)[:-9], ["Content-Encoding: gzip"]),
        (brotli.compress(PAGE)[:-3], ["Content-Encoding: br"]),
        (b"5\r\n<html", ["Transfer-Encoding: chunked"]),
        (PAGE, ["Content-Encoding: zstd"]),
        (PAGE, ["Content-Encoding: br, br, br, br"]),
        (gzip.compress(bytes(40 * 1024 * 1024)), ["Content-Encoding: gzip"]),
        (brotli.compress(bytes(40 * 1024 * 1024)), ["Content-Encoding: br"]),
    ],
    ids=["gzip", "brotli", "chunks", "unknown", "many", "gzip bomb", "brotli bomb"],
)
def test_a_page_that_cannot_be_unpacked_says_so(
    tmp_path: Path, body: bytes, fields: list[str]
) -> None:
    """A coding that breaks off, expands without end or is unknown marks the item, and no other."""
    path = tmp_path / "a.warc"
    path.write_bytes(raw_record(response(body, *fields)) + raw_record(response(PAGE)))
    broken, sound = items_of(path)
    assert broken.state in ("damaged", "too large")
    assert ("", PAGE) == (sound.state, sound.read())
    with pytest.raises(Problem):
        broken.read()


def test_a_tampered_payload_is_noticed(tmp_path: Path) -> None:
    """A digest that does not match marks the item; one that is absent is none."""
    path = tmp_path / "a.warc"
    block = response(PAGE)
    records = [
        raw_record(block, f"WARC-Block-Digest: {sha1(block)}"),
        raw_record(block.replace(b"Words", b"Wards"), f"WARC-Block-Digest: {sha1(block)}"),
        raw_record(block, f"WARC-Payload-Digest: {sha1(PAGE)}"),
        raw_record(block.replace(b"Words", b"Wards"), f"WARC-Payload-Digest: {sha1(PAGE)}"),
        raw_record(block, "WARC-Payload-Digest: sha256:" + hashlib.sha256(PAGE).hexdigest()),
        raw_record(block),
        raw_record(block, "WARC-Truncated: length"),
    ]
    path.write_bytes(b"".join(records))
    items = items_of(path)
    verdicts = ["passed", "failed", "passed", "failed", "passed", "none", "none"]
    assert verdicts == [one.provenance["digest"] for one in items]
    states = ["", "digest failed", "", "digest failed", "", "", "cut off"]
    assert states == [one.state for one in items]


def test_a_truncated_gzip_is_noticed(tmp_path: Path) -> None:
    """At whatever byte a file is cut off, what stands before is read, and the damage is said."""
    pages = [(f"http://a.example/{n}", PAGE) for n in range(3)]
    whole = warc_of(tmp_path / "a.warc.gz", *pages).read_bytes()
    offsets = [int(one.provenance["offset"]) for one in items_of(tmp_path / "a.warc.gz")]
    for length in range(300, len(whole), 7):
        path = tmp_path / "cut.warc.gz"
        path.write_bytes(whole[:length])
        items, problems = both(path)
        at_edge = length in offsets
        assert (0 if at_edge else 1) == len(problems), length
        assert all(one.read() == PAGE for one in items if not one.state)


def test_a_member_with_a_wrong_check_sum_is_noticed(tmp_path: Path) -> None:
    """A flipped bit in a gzip trailer is damage."""
    data = bytearray(warc_of(tmp_path / "a.warc.gz", ("http://a.example/", PAGE)).read_bytes())
    data[-6] ^= 1
    (tmp_path / "b.warc.gz").write_bytes(data)
    items, problems = both(tmp_path / "b.warc.gz")
    assert ([PAGE], ["container-damaged"]) == (
        [i.read() for i in items],
        [p.code for p in problems],
    )


def test_bombs_are_bounded(tmp_path: Path) -> None:
    """A few kilobytes that expand to gigabytes end soon, in little memory."""
    path = tmp_path / "bomb.warc.gz"
    head = raw_record(b"")[:-25] + b"Content-Length: 2147483648\r\n\r\n"
    with gzip.open(path, "wb") as file:
        file.write(head.replace(b"Content-Length: 0\r\n", b""))
        for _ in range(300):
            file.write(bytes(1024 * 1024))
    tracemalloc.start()
    start = time.perf_counter()
    _, problems = both(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {"container-limit"} >= {one.code for one in problems} or problems
    assert peak < 120 * 1024 * 1024
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("is_gzip", [True, False])
def test_a_header_line_of_50_megabytes_is_refused_at_once(tmp_path: Path, is_gzip: bool) -> None:
    """A header line has a bound, and reaching it takes no time."""
    data = raw_record(response(PAGE)) + b"WARC/1.0\r\nX: " + b"a" * 50_000_000 + b"\r\n\r\n"
    path = tmp_path / "a.warc"
    path.write_bytes(gzip.compress(data, 1) if is_gzip else data)
    start = time.perf_counter()
    items, problems = both(path)
    assert time.perf_counter() - start < 3
    assert (1, ["container-limit"]) == (len(items), [one.code for one in problems])


@pytest.mark.parametrize(
    "tail",
    [
        b"WARC/1.0\r\nX: y\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: -1\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"nonsense\r\n",
        b"\r\n" * 200_000 + b"nonsense",
        b"WARC/1.0\r\n" + b"a: b\r\n" * 5000 + b"\r\n",
        b"WARC/1.0\r\nContent-Length: 100\r\n\r\nabc",
    ],
)
def test_what_is_no_record_is_said(tmp_path: Path, tail: bytes) -> None:
    """Where no record begins, or one lacks its length, what stands before is read all the same."""
    path = tmp_path / "a.warc"
    path.write_bytes(raw_record(response(PAGE)) + tail)
    items, problems = both(path)
    assert (PAGE, 1) == (items[0].read(), len(problems))


@pytest.mark.parametrize("is_gzip", [True, False])
def test_arc_files_are_read(tmp_path: Path, is_gzip: bool) -> None:
    """The records of ARC files are pages too, with their time; an address may hold a space."""
    version = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    block = response(PAGE)
    records = [
        b"filedesc://a.arc 0.0.0.0 20090616170000 text/plain %d\n" % len(version) + version,
        b"http://a.example/a b 192.0.2.1 20090616175700 text/html %d\n" % len(block) + block,
        b"dns:a.example 192.0.2.1 20090616175700 text/dns 3\nabc",
        b"http://a.example/2 192.0.2.1 20090616175701 text/html %d\n" % len(block) + block,
    ]
    path = tmp_path / "a.arc"
    joined = [one + b"\n" for one in records]
    path.write_bytes(b"".join(map(gzip.compress, joined)) if is_gzip else b"".join(joined))
    items = items_of(path)
    assert ["http://a.example/a b", "http://a.example/2"] == [one.address for one in items]
    assert ["2009-06-16T17:57:00Z", "2009-06-16T17:57:01Z"] == [one.captured for one in items]
    assert [PAGE, PAGE] == [one.read() for one in reversed(items)]


def test_arc_files_of_the_second_version_are_read(tmp_path: Path) -> None:
    """The second version's lines have ten words."""
    version = b"2 0 InternetArchive\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length\n"
    block = response(PAGE)
    path = tmp_path / "a.arc"
    path.write_bytes(
        b"filedesc://a.arc 0.0.0.0 20090616170000 text/plain %d\n" % len(version) + version + b"\n"
        b"http://a.example/ 192.0.2.1 20090616175700 text/html 200 - - 0 a.arc %d\n"
        % len(block)
        + block
        + b"\n"
    )
    (item,) = items_of(path)
    assert (PAGE, "http://a.example/") == (item.read(), item.address)


def test_a_whole_file_may_be_one_gzip_member_or_many(tmp_path: Path) -> None:
    """Where members end has nothing to do with where records end."""
    plain = b"".join(raw_record(response(PAGE + bytes([65 + n]))) for n in range(9))
    path = tmp_path / "a.warc.gz"
    for size in (len(plain), 700, 64):
        pieces = [plain[at : at + size] for at in range(0, len(plain), size)]
        path.write_bytes(b"".join(map(gzip.compress, pieces)) + bytes(512))
        items = items_of(path)
        assert [PAGE + bytes([65 + n]) for n in range(9)] == [one.read() for one in items]


# WACZ


def wacz_of(path: Path, *, digest: str = "", entries: dict[str, bytes] | None = None) -> Path:
    warc = warc_of(
        path.with_suffix(".inner"), ("http://a.example/", PAGE), ("http://a.example/frame", PAGE)
    ).read_bytes()
    found = digest or "sha256:" + hashlib.sha256(warc).hexdigest()
    package = {"resources": [{"path": "archive/a.warc.gz", "hash": found}]}
    pages = (
        '{"format": "json-pages-1.0"}\n{"url": "http://a.example/", "title": "Its title"}\nnonsense'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/a.warc.gz", warc)
        archive.writestr("pages/pages.jsonl", pages)
        data = json.dumps(package).encode()
        archive.writestr("datapackage.json", data)
        own = json.dumps(
            {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(data).hexdigest()}
        )
        archive.writestr("datapackage-digest.json", own)
        for name, content in (entries or {}).items():
            archive.writestr(name, content)
    return path


def test_pages_of_a_wacz_are_listed_and_read(tmp_path: Path) -> None:
    """The list of pages gives titles and tells pages from their parts; digests are held against it."""
    page, frame = items_of(wacz_of(tmp_path / "a.wacz"))
    assert ("Its title", "", PAGE) == (page.title, page.state, page.read())
    assert ("part of a page", PAGE) == (frame.state, frame.read())
    assert ("archive/a.warc.gz", "passed") == (page.provenance["file"], page.provenance["digest"])


def test_a_wacz_that_was_tampered_with_is_noticed(tmp_path: Path) -> None:
    """A WARC file that is not what the data package says marks its pages."""
    items = items_of(wacz_of(tmp_path / "a.wacz", digest="sha256:" + "0" * 64))
    assert {"digest failed"} == {one.state for one in items}


@pytest.mark.parametrize(
    "name", ["../evil.warc.gz", "/etc/evil.warc.gz", "archive/../../x.warc", "C:\\evil", "a\\b"]
)
def test_paths_that_leave_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    """Such an entry is said and not read; nothing is ever written."""
    path = wacz_of(tmp_path / "a.wacz", entries={name: b"WARC/1.0\r\n"})
    before = sorted(tmp_path.iterdir())
    items, problems = both(path)
    assert (2, ["container-damaged"]) == (len(items), [one.code for one in problems])
    assert before == sorted(tmp_path.iterdir())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    """The second of two entries with one name is not read."""
    path = wacz_of(tmp_path / "a.wacz", entries={"archive/a.warc.gz": b"other"})
    items, problems = both(path)
    assert (2, 1) == (len(items), len(problems))
    assert "twice" in problems[0].fault


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    """An entry that expands beyond reason is not opened."""
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", "{}")
        with archive.open("archive/a.warc", "w", force_zip64=True) as file:
            for _ in range(200):
                file.write(bytes(1024 * 1024))
    items, problems = both(path)
    assert ([], True) == (items, any("expands" in one.fault for one in problems))


def test_any_other_zip_is_refused(tmp_path: Path) -> None:
    """A ZIP file without WARC files is no WACZ."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    assert ["container-damaged"] == [one.code for one in both(path)[1]]


# exports


def test_a_gzipped_export_is_read_as_it_is(tmp_path: Path) -> None:
    """An export that was downloaded gzipped gives the same items."""
    path = tmp_path / "export.xml.gz"
    path.write_bytes(gzip.compress(WXR.read_bytes()))
    plain, packed = items_of(WXR), items_of(path)
    assert [one.read() for one in plain] == [one.read() for one in packed]
    assert [one.provenance for one in plain] == [one.provenance for one in packed]


def test_an_export_that_breaks_off_says_so(tmp_path: Path) -> None:
    """The last item, which has no end, is marked."""
    data = WXR.read_bytes()
    path = tmp_path / "cut.xml"
    path.write_bytes(data[: data.index(b"Mine has been raining")])
    items, problems = both(path)
    assert (["", "cut off"], []) == ([one.state for one in items], problems)


def test_tags_in_cdata_and_comments_begin_no_item() -> None:
    """What stands in CDATA or in a comment is words; a tag may lie across two reads."""
    text = b"<item><c><![CDATA[</item><item>]]></c><!-- </item> --></item>"
    for pad in (0, limits.CHUNK - 30, limits.CHUNK - 10, limits.CHUNK):
        data = b"<a>" + b" " * pad + text + b" " * limits.CHUNK + text + b"</a>"
        found = list(find_elements(io.BytesIO(data), ["item"]))
        assert [text, text] == [one.data for one in found]
        assert [text, text] == [data[one.start : one.end] for one in found]


def test_an_item_beyond_the_bound_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large item is not kept, and the next is read."""
    monkeypatch.setattr(ranges_module, "MAX_ITEM", 1000)
    data = b"<r><item>" + b"x" * 3_000_000 + b"</item><item>y</item></r>"
    large, small = find_elements(io.BytesIO(data), ["item"])
    assert (None, b"<item>y</item>") == (large.data, small.data)
    assert 3_000_000 + 13 == large.end - large.start


def big_export(path: Path, megabytes: int) -> int:
    """Write an export of that size, and return how many posts it has."""
    data = WXR.read_bytes()
    start, end = data.index(b"<item>"), data.rindex(b"</item>") + len(b"</item>")
    posts = 0
    with path.open("wb") as file:
        file.write(data[:start])
        while file.tell() < megabytes * 1024 * 1024:
            file.write(data[start:end])
            posts += 3
        file.write(data[end:])
    return posts


MEASURED = """
import re, sys, time
from pathlib import Path
from pelican.plugins.annotated_archive.containers import recognise_container
path = Path(sys.argv[1])
container = recognise_container(path)
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = peak()
start, count, last = time.perf_counter(), 0, (0, 0)
def progress(done, total, words):
    global last
    last = done, total
for one in container.entries(path, progress):
    count += 1
    if count % 2000 == 0:
        assert one.read().endswith(b"</rss>\\n")
grown = peak() - before
print(count, grown, *last, time.perf_counter() - start)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_an_export_of_200_megabytes_is_listed_in_little_memory(tmp_path: Path) -> None:
    """Time grows with the length of an export, and memory does not."""
    path = tmp_path / "big.xml"
    posts = big_export(path, 200)
    command = [sys.executable, "-c", MEASURED, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    count, kilobytes, done, total, seconds = map(float, result.stdout.split())
    print(f"{count:.0f} items of 200 MB in {seconds:.1f} s, {kilobytes:.0f} kB more")
    assert posts == count
    assert kilobytes < 40 * 1024
    assert done == total == path.stat().st_size


@pytest.mark.slow
def test_a_warc_of_many_pages_is_listed_in_little_memory(tmp_path: Path) -> None:
    """Going through a large WARC keeps one page at a time."""
    path = tmp_path / "big.warc"
    record = raw_record(response(PAGE * 2000))
    count = 200 * 1024 * 1024 // len(record)
    with path.open("wb") as file:
        for _ in range(count):
            file.write(record)
    container = recognise_container(path)
    assert container is not None
    tracemalloc.start()
    start = time.perf_counter()
    met = sum(isinstance(one, Contained) for one in container.entries(path, quiet))
    took = time.perf_counter() - start
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{met} pages of 200 MB in {took:.1f} s, peak {peak:,} bytes")
    assert count == met
    assert peak < 20 * 1024 * 1024


# any bytes


def seeds(folder: Path) -> Iterator[bytes]:
    """Yield one small container of each kind."""
    yield warc_of(folder / "a.warc.gz", ("http://a.example/", PAGE)).read_bytes()
    yield warc_of(folder / "a.warc", ("http://a.example/", PAGE), is_gzip=False).read_bytes()
    yield wacz_of(folder / "a.wacz").read_bytes()
    yield WXR.read_bytes()
    yield (CAPTURES / "disqus" / "disqus-plain.xml").read_bytes()


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    which=st.integers(0, 4),
    at=st.integers(0, 20_000),
    piece=st.binary(max_size=9),
    cut=st.booleans(),
)
def test_any_damage_ends_in_items_and_problems(
    tmp_path: Path, which: int, at: int, piece: bytes, cut: bool
) -> None:
    """Whatever bytes are changed or cut off, a container gives items and problems, never a crash."""
    data = list(seeds(tmp_path))[which]
    at %= len(data)
    path = tmp_path / "damaged"
    path.write_bytes(data[:at] + piece + (b"" if cut else data[at + len(piece) :]))
    for container in CONTAINERS:
        try:
            for one in container.entries(path, quiet):
                if isinstance(one, Contained):
                    one.read()
        except Problem:
            continue
