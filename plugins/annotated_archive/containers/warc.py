"""Find the pages in WARC and ARC files, and resolve redirects and revisits within one file."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from pathlib import Path
from typing import IO
from urllib.parse import urljoin

from ..captures.base import Guide
from ..errors import Problem
from .base import Contained, Container, Progress, damaged, refused
from .byte_source import ByteSource, Place
from .digests import Verdict, check_digest
from .http_payload import Head, is_html, payload_of, read_head, read_limited
from .limits import MAX_PAYLOAD, MAX_REDIRECTS, MAX_REMEMBERED
from .records import Record, read_record, read_records

_HEAD = 64 * 1024
_TITLE = re.compile(rb"<title[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)
Reopen = Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True)
class _Page:
    """Hold one page as it was taken out of its record."""

    data: bytes
    verdict: Verdict
    charset: str
    fault: Problem | None = None


@dataclass(slots=True)
class _Known:
    """Remember, up to a bound, what later records may refer to."""

    redirects: dict[str, str] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    by_digest: dict[str, Place] = field(default_factory=dict)
    by_date: dict[tuple[str, str], Place] = field(default_factory=dict)

    def redirect(self, source: str, target: str) -> None:
        """Remember where an address led to."""
        if len(self.redirects) < MAX_REMEMBERED and source != target:
            self.redirects[source] = target
            self.sources.setdefault(target, []).append(source)

    def aliases(self, address: str) -> tuple[str, ...]:
        """Return the addresses that lead to *address*, over at most `MAX_REDIRECTS` steps."""
        found: dict[str, None] = {}
        waiting = [address]
        for _ in range(MAX_REDIRECTS):
            waiting = [s for one in waiting for s in self.sources.get(one, ()) if s not in found]
            waiting = [one for one in waiting if one != address][:100]
            found.update(dict.fromkeys(waiting))
        return tuple(found)

    def remember(self, record: Record) -> None:
        """Remember the place of a page."""
        if len(self.by_digest) < MAX_REMEMBERED:
            digest = record.fields.get("warc-payload-digest", "").lower()
            if digest:
                self.by_digest.setdefault(digest, record.place)
            self.by_date.setdefault((record.address, record.captured or ""), record.place)

    def original(self, record: Record) -> Place | None:
        """Return where the record is whose payload a revisit repeats."""
        address = record.fields.get("warc-refers-to-target-uri", "").strip("<>")
        date = re.sub(r"\.\d+Z$", "Z", record.fields.get("warc-refers-to-date", ""))
        found = self.by_date.get((address, date))
        return found or self.by_digest.get(record.fields.get("warc-payload-digest", "").lower())


class _Shelf:
    """Keep the page that was met last, so that reading it needs no second look at the file."""

    def __init__(self) -> None:
        self.place: Place = (-1, -1)
        self.data = b""

    def put(self, place: Place, data: bytes) -> None:
        self.place, self.data = place, data


def sniff(head: bytes) -> bool:
    r"""Tell a WARC or ARC file by its first record.

    >>> sniff(b"WARC/1.0\r\n"), sniff(b"filedesc://x.arc 0.0.0.0 ")
    (True, True)
    """
    return head.startswith((b"WARC/", b"filedesc://"))


def entries(path: Path, progress: Progress) -> Iterator[Contained | Problem]:
    """Yield the pages of a file, in its order."""
    total = path.stat().st_size
    with path.open("rb") as file:
        source = ByteSource(file, tick=lambda done: progress(done, total, "reading records"))
        yield from pages_of(source, lambda: path.open("rb"))


def pages_of(source: ByteSource, reopen: Reopen) -> Iterator[Contained | Problem]:
    """Yield the pages among the records of *source*; *reopen* opens the same bytes again."""
    known, shelf = _Known(), _Shelf()
    for record in read_records(source):
        if isinstance(record, Problem):
            yield record
        elif record.kind in ("response", "resource"):
            found = _page_entry(record, known, shelf, reopen)
            if found:
                yield found
        elif record.kind == "revisit":
            yield from _revisit_entry(record, known, shelf, reopen)


def _page_entry(record: Record, known: _Known, shelf: _Shelf, reopen: Reopen) -> Contained | None:
    start = record.body.read_up_to(_HEAD)
    head, kind = _head_of(record, start)
    if head and head.is_redirect:
        known.redirect(record.address, urljoin(record.address, head.fields["location"][:8192]))
    if (head and head.status != 200) or not is_html(kind, start[head.length if head else 0 :]):
        return None
    page = _read_page(record, start, head)
    known.remember(record)
    shelf.put(record.place, page.data)
    reading = partial(_read_again, reopen, record.place, record.arc, shelf)
    if page.fault:
        reading = partial(_fail, page.fault)
    return Contained(
        key=_key(record.place),
        address=record.address,
        title=title_of(page.data, page.charset),
        captured=record.captured,
        format="html",
        size=len(page.data),
        read=reading,
        provenance=_provenance(record, page),
        state=_state(record, page),
        aliases=known.aliases(record.address),
    )


def _head_of(record: Record, start: bytes) -> tuple[Head | None, str]:
    """Return the response's head, if it has one, and the type of what it carries."""
    try:
        head = read_head(start) if record.kind == "response" else None
    except Problem:
        return None, "unreadable"
    return head, (head or record).fields.get("content-type", "")


def _read_page(record: Record, start: bytes, head: Head | None) -> _Page:
    """Return the page of a record of which *start* has been read."""
    limit = MAX_PAYLOAD + (head.length if head else 0) - len(start)
    rest = read_limited(record.body.read, limit) if limit >= 0 else None
    if rest is None:
        return _Page(b"", "none", "", refused(f"the page has more than {MAX_PAYLOAD:,} bytes"))
    block = start + rest
    body, fields = (block[head.length :], head.fields) if head else (block, {})
    verdict = _verdict(record, block, body)
    try:
        return _Page(payload_of(body, fields), verdict, head.charset if head else "")
    except Problem as problem:
        return _Page(b"", verdict, "", problem)


def _verdict(record: Record, block: bytes, body: bytes) -> Verdict:
    """Hold the block against its digest; where it has none, the payload against that of its own.

    Tools disagree on whether the digest of a payload counts its transfer coding (RFC 9112, 7).
    """
    whole = check_digest(record.fields.get("warc-block-digest", ""), block)
    if whole != "none":
        return whole
    digest = record.fields.get("warc-payload-digest", "")
    if check_digest(digest, body) != "failed":
        return check_digest(digest, body)
    try:
        return check_digest(digest, payload_of(body, {"transfer-encoding": "chunked"}))
    except Problem:
        return "failed"


def _state(record: Record, page: _Page) -> str:
    if page.fault:
        return "too large" if page.fault.code == "container-limit" else "damaged"
    if page.verdict == "failed":
        return "digest failed"
    return "cut off" if record.fields.get("warc-truncated") else ""


def _provenance(record: Record, page: _Page) -> Mapping[str, str]:
    given = {
        "record": record.fields.get("warc-record-id", "").strip("<>"),
        "offset": str(record.place[0]),
        "digest": page.verdict,
        "charset": page.charset,
    }
    return {name: value for name, value in given.items() if value}


def _key(place: Place) -> str:
    return f"{place[0]}" if not place[1] else f"{place[0]}+{place[1]}"


def title_of(data: bytes, charset: str = "") -> str:
    """Return a page's title for a list; the capture format reads it properly.

    >>> title_of(b"<title>Rain &amp; shine</title>")
    'Rain & shine'
    """
    found = _TITLE.search(data[:_HEAD])
    if not found:
        return ""
    for codec in (charset or "utf-8", "utf-8", "cp1252"):
        try:
            return " ".join(unescape(found[1].decode(codec)).split())
        except (UnicodeDecodeError, LookupError):
            continue
    return ""


def _revisit_entry(
    record: Record, known: _Known, shelf: _Shelf, reopen: Reopen
) -> Iterator[Contained]:
    """Yield a revisit of a page, if what it repeats is in this file, or if it says nothing of it."""
    head, _ = _head_of(record, record.body.read_up_to(_HEAD))
    if head and (
        head.status not in (200, 304)
        or not is_html(head.fields.get("content-type", "text/html"), b"")
    ):
        return
    place = known.original(record)
    fault = damaged(
        "the record that this one repeats is not in the file", "give the file that has it"
    )
    yield Contained(
        key=_key(record.place),
        address=record.address,
        title="",
        captured=record.captured,
        format="html",
        size=0,
        read=partial(_read_again, reopen, place, 0, shelf) if place else partial(_fail, fault),
        provenance=_provenance(record, _Page(b"", "none", "")),
        state="revisit" if place else "revisit of what is elsewhere",
    )


def _fail(fault: Problem) -> bytes:
    raise fault


def _read_again(reopen: Reopen, place: Place, arc: int, shelf: _Shelf) -> bytes:
    """Return the page of the record at *place*."""
    if shelf.place == place:
        return shelf.data
    with reopen() as file:
        source = ByteSource(file, place)
        record = read_record(source, arc)
        if record is None:
            raise damaged(f"no record begins at byte {place[0]:,} any more")
        start = record.body.read_up_to(_HEAD)
        page = _read_page(record, start, _head_of(record, start)[0])
    if page.fault:
        raise page.fault
    return page.data


CONTAINER = Container(
    "warc",
    sniff,
    entries,
    Guide(
        about="The pages that a crawler kept: WARC and ARC, gzipped or not",
        recognised="`WARC/` or `filedesc:` at its start, after unpacking",
        reads=(
            "responses with status 200 that hold HTML, each with address, time, and the verdict on its digest",
            "revisits and redirects, resolved within the file",
            "content and transfer encodings: gzip, deflate, brotli, chunked",
        ),
        lacks=(
            "pictures, scripts, styles and everything else that is no page",
            "payloads packed with zstd",
        ),
        make=(
            "With wget: `wget --warc-file=rain https://blog.example/rain`",
            "With a browser: ArchiveWeb.page, download as WARC",
        ),
    ),
)
