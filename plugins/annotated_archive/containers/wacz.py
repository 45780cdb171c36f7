"""Find the pages in WACZ files (1.1.1): a ZIP of WARC files with a list of pages and of digests."""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ..captures.base import Guide
from ..errors import Problem
from .base import Contained, Container, Progress, damaged, refused
from .byte_source import ByteSource
from .limits import CHUNK, FREE_EXPANSION, MAX_EXPANSION, MAX_ZIP_ENTRIES, MAX_ZIP_TEXT
from .warc import pages_of

_FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, NotImplementedError,
    RuntimeError, ValueError, KeyError, OverflowError,
)  # fmt: skip
"""What the standard library raises for ZIP files that are not sound."""
_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")


@dataclass(slots=True)
class _Pages:
    """Hold the list of pages that a WACZ gives: which addresses are pages, with their titles."""

    titles: dict[str, str] = field(default_factory=dict)


def sniff(head: bytes) -> bool:
    """Tell a ZIP file; `entries` says whether it is a WACZ."""
    return head.startswith(b"PK\x03\x04")


def entries(path: Path, progress: Progress) -> Iterator[Contained | Problem]:
    """Yield the pages of all WARC files in a WACZ; raise a problem where it is none."""
    with _opened(path) as archive:
        infos, problems = _sound_entries(archive)
        yield from problems
        warcs = [one for name, one in infos.items() if _is_warc(name)]
        if "datapackage.json" not in infos or not warcs:
            raise damaged("this ZIP file is no WACZ", "unpack it, and give the captures in it")
        digests = yield from _digests(archive, infos)
        pages = _pages(archive, infos)
        done, total = 0, sum(one.compress_size for one in warcs)
        for info in warcs:
            verdict = _verify(archive, info, digests.get(info.filename, ""))
            yield from _entries_of(path, archive, info, verdict, pages, progress, (done, total))
            done += info.compress_size


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _FAULTS as error:
        raise damaged(f"it is no sound ZIP file: {error}") from None


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _sound_entries(
    archive: zipfile.ZipFile,
) -> tuple[Mapping[str, zipfile.ZipInfo], list[Problem]]:
    """Return the entries by name, and a problem for each that leaves the archive or comes twice."""
    listed = archive.infolist()
    if len(listed) > MAX_ZIP_ENTRIES:
        raise refused(f"it has more than {MAX_ZIP_ENTRIES:,} entries")
    found: dict[str, zipfile.ZipInfo] = {}
    problems = []
    for info in listed:
        fault = _name_fault(info, found)
        if fault:
            problems.append(damaged(f"its entry '{info.filename[:200]}' {fault}; it is not read"))
        elif not info.is_dir():
            found[info.filename] = info
    return found, problems


def _name_fault(info: zipfile.ZipInfo, found: Mapping[str, zipfile.ZipInfo]) -> str:
    """Say why an entry is not read, or return an empty string."""
    name = info.filename
    parts = PurePosixPath(name).parts
    if not parts:
        return "has no name"
    if name[0] == "/" or ".." in parts or "\\" in name or name[1:2] == ":":
        return "leads out of the archive"
    if name in found:
        return "is there twice"
    if info.flag_bits & 1:
        return "is encrypted"
    if info.file_size > max(FREE_EXPANSION, MAX_EXPANSION * info.compress_size):
        return f"expands more than {MAX_EXPANSION} times"
    return ""


def _text(archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo], name: str) -> bytes:
    """Return a short file of the archive; nothing where it is absent, too long or broken."""
    info = infos.get(name)
    if info is None or info.file_size > MAX_ZIP_TEXT:
        return b""
    try:
        with archive.open(info) as file:
            return file.read(MAX_ZIP_TEXT)
    except _FAULTS:
        return b""


def _json(data: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _digests(
    archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo]
) -> Generator[Problem, None, Mapping[str, str]]:
    """Yield a problem where the list of digests is not what its own digest says; return the list."""
    data = _text(archive, infos, "datapackage.json")
    own = _json(_text(archive, infos, "datapackage-digest.json")).get("hash", "")
    wanted = own[7:].lower() if isinstance(own, str) and own.startswith("sha256:") else ""
    if wanted and wanted != hashlib.sha256(data).hexdigest():
        yield damaged("datapackage.json is not what datapackage-digest.json says")
    resources = _json(data).get("resources", ())
    listed = (
        [one for one in resources if isinstance(one, dict)] if isinstance(resources, list) else []
    )
    return {str(one.get("path", "")): str(one.get("hash", "")) for one in listed}


def _pages(archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo]) -> _Pages:
    pages = _Pages()
    for name in _LISTS:
        for line in _text(archive, infos, name).splitlines():
            one = _json(line)
            if isinstance(one.get("url"), str):
                title = one.get("title")
                pages.titles.setdefault(one["url"], title if isinstance(title, str) else "")
    return pages


def _verify(archive: zipfile.ZipFile, info: zipfile.ZipInfo, digest: str) -> str:
    """Hold a WARC file against the digest that the data package gives: passed, failed or none."""
    name, _, wanted = digest.partition(":")
    if name not in ("sha256", "md5", "sha1") or not wanted:
        return "none"
    found = hashlib.new(name, usedforsecurity=False)
    try:
        with archive.open(info) as file:
            while data := file.read(CHUNK):
                found.update(data)
    except _FAULTS:
        return "failed"
    return "passed" if found.hexdigest() == wanted.lower() else "failed"


def _entries_of(
    path: Path,
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    verdict: str,
    pages: _Pages,
    progress: Progress,
    share: tuple[int, int],
) -> Iterator[Contained | Problem]:
    """Yield the pages of one WARC file within the archive."""
    try:
        with archive.open(info) as file:
            source = ByteSource(
                file, tick=lambda done: progress(share[0] + done, share[1], "reading records")
            )
            for one in pages_of(source, partial(_reopen, path, info.filename)):
                yield one if isinstance(one, Problem) else _placed(one, info, verdict, pages)
    except _FAULTS as error:
        yield damaged(f"its entry '{info.filename}' is damaged: {error}")


def _reopen(path: Path, name: str) -> IO[bytes]:
    return _opened(path).open(name)


def _read_soundly(read: Callable[[], bytes]) -> bytes:
    """Read a page; raise a problem where the archive is damaged there."""
    try:
        return read()
    except _FAULTS as error:
        raise damaged(f"the archive is damaged: {error}") from None


def _placed(one: Contained, info: zipfile.ZipInfo, verdict: str, pages: _Pages) -> Contained:
    """Add to a page what the archive says of it."""
    state = one.state
    if verdict == "failed":
        state = "digest failed"
    elif not state and pages.titles and one.address not in pages.titles:
        state = "part of a page"
    digest = verdict if verdict != "none" else one.provenance.get("digest", "none")
    digest = "failed" if one.provenance.get("digest") == "failed" else digest
    return replace(
        one,
        key=f"{info.filename} {one.key}",
        read=partial(_read_soundly, one.read),
        title=pages.titles.get(one.address) or one.title,
        state=state,
        provenance={**one.provenance, "file": info.filename, "digest": digest},
    )


CONTAINER = Container(
    "wacz",
    sniff,
    entries,
    Guide(
        about="A web archive in one zip file, as Browsertrix and ArchiveWeb.page write it",
        recognised="a zip file that holds `datapackage.json` or WARC files",
        reads=(
            "the WARC files within it, as above, held against the digests of `datapackage.json`",
        ),
        lacks=("what a WARC lacks; its own index and its list of pages are not needed",),
        make=("With ArchiveWeb.page: archive the page, then download as WACZ",),
    ),
)
