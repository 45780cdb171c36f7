"""Keep what items were read as, so that an unchanged item is not read again.

One file an item, below the folder of the setting ``ARCHIVE_CACHE``: a line that says what it is, the
digest of all that follows, a header in JSON, and the item's record. A file that is not exactly that,
or was made of other content, is removed as soon as it is met. So is every file when the redactions
of the whole archive change. A cache that is missing, damaged or cannot be written costs time alone.
"""

import gc
import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import time_ns
from typing import Any

from .file_states import State, is_private
from .former_site import forget_all
from .item_keys import code_digest, digests_of, keys_of, states_of, wide_state
from .item_record import Standing, item_of, record_of
from .items import Item
from .project import Project, slug_fault

MAGIC = b"annotated-archive item 1\n"
SUFFIX, PART = ".item", ".search"
TAG = """Signature: 8a477f597d28d172789f06886806bc55
# This folder is a cache of annotated-archive; it may be deleted at any time.
"""
"""The text of CACHEDIR.TAG, by which programs that copy or back up know a cache."""


@dataclass(frozen=True, slots=True)
class Content:
    """Hold how an item's files stood before it was read, and their digests."""

    states: Mapping[str, State]
    digests: Mapping[str, str]


@dataclass(slots=True)
class ItemCache:
    """Look items up, and keep them; *folder* is None where nothing is kept.

    Where it is *sealed*, what is kept may be used, and nothing new is kept.
    """

    project: Project
    standing: Standing
    folder: Path | None
    wide: State | None = None
    sealed: bool = False
    contents: dict[str, Content] = field(default_factory=dict)

    def lookup(self, slug: str) -> Item | None:
        """Return an item that was kept, if it is still what its files and the rules say."""
        if self.folder is None or slug_fault(slug):
            return None
        kept = self._kept(slug)
        header, record = kept or ({}, b"")
        content = self._content(slug, header)
        if content is not None and header:
            keys = keys_of(self.project, slug, content.digests)
            item = None
            if keys[0] in header["keys"]:
                item = item_of(record, slug, self.project, self.standing)
            if item is not None:
                self._refresh(slug, item, header, record, content)
                return item
        if content is not None:
            self.contents[slug] = content
        self.forget(slug)
        return None

    def size(self, slug: str) -> int:
        """Return how many bytes an item is read from that was not found; 0 where that is unknown."""
        content = self.contents.get(slug)
        try:
            states = content.states if content else states_of(self.project, slug)
        except OSError:
            return 0
        return sum(max(one.size, 0) for one in states.values())

    def keep(self, item: Item, record: bytes | None = None) -> None:
        """Keep an item that `lookup` did not find, if it may be kept."""
        slug = item.edition.document.slug
        content = self.contents.pop(slug, None)
        if self.folder is None or self.sealed or content is None:
            return
        record = record or record_of(item, self.standing)
        if record is not None:
            self._write(slug, item, record, content)

    def part(self, slug: str, key: str) -> bytes | None:
        """Return what was kept of the search of an item, if it was made from the same."""
        try:
            with open(self._path(slug, PART), "rb") as file:
                if self.folder is None or _is_foreign(file.fileno()):
                    return None
                data = file.read()
        except (OSError, ValueError):
            return None
        rest = data[len(MAGIC) + 32 :]
        head = b"".join((MAGIC, hashlib.sha256(rest).digest()))
        wanted = _part_key(key)
        return rest[len(wanted) :] if data.startswith(head) and rest.startswith(wanted) else None

    def keep_part(self, slug: str, key: str, data: bytes) -> None:
        """Keep what was made of an item that is kept, and of no other."""
        if self.folder is None or self.sealed or not os.path.exists(self._path(slug)):
            return
        rest = _part_key(key) + data
        with suppress(OSError):
            _replace(self._path(slug, PART), MAGIC + hashlib.sha256(rest).digest() + rest)

    def forget(self, slug: str) -> None:
        """Remove what is kept of an item."""
        for suffix in (SUFFIX, PART) if self.folder is not None else ():
            with suppress(OSError):
                os.unlink(self._path(slug, suffix))

    def sweep(self, slugs: Collection[str]) -> None:
        """Remove what is kept of items that are no more, and what an interrupted run left."""
        if self.folder is None:
            return
        known = {f"{slug}{suffix}" for slug in slugs for suffix in (SUFFIX, PART)}
        for path in _files(self.folder):
            if path.name not in known:
                with suppress(OSError):
                    path.unlink()

    def _path(self, slug: str, suffix: str = SUFFIX) -> str:
        return f"{self.folder}{os.sep}items{os.sep}{slug}{suffix}"

    def _kept(self, slug: str) -> tuple[dict[str, Any], bytes] | None:
        """Return the header and the record of a file that is whole, and of these redactions."""
        try:
            with open(self._path(slug), "rb") as file:
                if _is_foreign(file.fileno()):
                    return None
                data = file.read()
            return self._parted(data)
        except Exception:  # whatever is in the file
            return None

    def _parted(self, data: bytes) -> tuple[dict[str, Any], bytes] | None:
        start = len(MAGIC) + 32
        rest = memoryview(data)[start:]
        if data[: len(MAGIC)] != MAGIC or hashlib.sha256(rest).digest() != data[start - 32 : start]:
            return None
        end = 4 + int.from_bytes(rest[:4], "big")
        header = json.loads(bytes(rest[4:end]))
        if header["wide"] != _listed(self.wide):
            return None
        if self.wide is not None and not self.wide.is_settled(header["written"]):
            return None
        return header, bytes(rest[end:])

    def _content(self, slug: str, header: Mapping[str, Any]) -> Content | None:
        """Return how the item's files stand now; None where that cannot be said."""
        try:
            known = {name: (State(*state), digest) for name, digest, *state in header["files"]}
            since = header["written"]
        except (KeyError, TypeError, ValueError):
            known, since = {}, 0
        try:
            states = states_of(self.project, slug)
            return Content(states, digests_of(self.project, slug, states, known, since))
        except OSError:
            return None

    def _refresh(
        self, slug: str, item: Item, header: Mapping[str, Any], record: bytes, content: Content
    ) -> None:
        """Write a file anew where the next run would have more to do than it must."""
        if self.sealed:
            return
        files = [_row(name, content) for name in content.states]
        settled = all(one.is_settled(header["written"]) for one in content.states.values())
        if header["glossary"] != self.standing.glossary:
            again = record_of(item, self.standing)
            if again is not None:
                self._write(slug, item, again, content)
        elif header["files"] != files or not settled:
            self._write(slug, item, record, content)

    def _write(self, slug: str, item: Item, record: bytes, content: Content) -> None:
        header = {
            "written": time_ns(),
            "wide": _listed(self.wide),
            "glossary": self.standing.glossary,
            "keys": keys_of(self.project, slug, content.digests, item.lock),
            "files": [_row(name, content) for name in content.states],
        }
        head = json.dumps(header).encode()
        rest = b"".join((len(head).to_bytes(4, "big"), head, record))
        data = b"".join((MAGIC, hashlib.sha256(rest).digest(), rest))
        path = self._path(slug)
        try:
            _replace(path, data)
        except OSError:  # the disk is full, or read-only
            self.sealed = True
            self.forget(slug)


def open_cache(project: Project, standing: Standing, sealed: bool = False) -> ItemCache:
    """Return the cache of a project, which keeps nothing where its folder is not this user's own."""
    folder = project.cache
    if folder is not None and not _is_own(folder):
        folder = None
    return ItemCache(project, standing, folder, wide_state(project), sealed)


def clear(folder: Path | None) -> None:
    """Remove everything that was kept, and nothing else."""
    if folder is None or not folder.is_dir() or folder.is_symlink():
        return
    for path in _files(folder):
        with suppress(OSError):
            path.unlink()
    forget_all(folder)
    for path in (*folder.glob("templates-*"), *folder.glob("pages.*")):
        with suppress(OSError):
            path.unlink()
    for name in ("CACHEDIR.TAG", ".gitignore"):
        path = folder / name
        with suppress(OSError):
            if path.read_text("utf-8") in (TAG, "*\n"):
                path.unlink()
    for empty in (folder / "items", folder):
        with suppress(OSError):
            empty.rmdir()


@contextmanager
def without_collection() -> Iterator[None]:
    """Do not look for garbage while many small objects are made that all stay: it takes a quarter."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that are this cache's own, by their names."""
    with suppress(OSError):
        for entry in list(os.scandir(folder / "items")):
            if entry.name.endswith((SUFFIX, PART, ".new")) and not entry.is_dir():
                yield Path(entry.path)


def _is_own(folder: Path) -> bool:
    """Tell whether a folder is this user's alone to write into; make it where there is none."""
    items = folder / "items"
    try:
        if not items.is_dir():
            is_new = not folder.exists()
            folder.mkdir(0o700, parents=True, exist_ok=True)
            items.mkdir(0o700, exist_ok=True)
            if is_new:
                (folder / "CACHEDIR.TAG").write_text(TAG, "utf-8")
                (folder / ".gitignore").write_text("*\n", "utf-8")
        return all(map(is_private, (folder, items)))
    except OSError:
        return False


def _is_foreign(number: int) -> bool:
    return os.name == "posix" and os.fstat(number).st_uid != os.geteuid()


def _part_key(key: str) -> bytes:
    return hashlib.sha256(f"{code_digest()} {key}".encode()).digest()


def _listed(state: State | None) -> list[int] | None:
    """Return a state as JSON has it; not the size, which tells of the words that are withheld."""
    return [state.changed, state.entered, state.number] if state else None


def _row(name: str, content: Content) -> list[Any]:
    one = content.states[name]
    return [name, content.digests[name], one.size, one.changed, one.entered, one.number]


def _replace(path: str, data: bytes) -> None:
    """Write a file in one step. It is not brought to the disk at once: its digest tells if it was."""
    new = f"{path}.new"
    with suppress(FileNotFoundError):
        os.unlink(new)
    try:
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
        os.replace(new, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(new)
        raise
