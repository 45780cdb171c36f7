"""Remember how the site in the output folder was made, so that what is the same is not made again.

The cache holds one record for each output folder: of each file how it stood, its SHA-256, and the
key of what it was made from. A record that is missing, damaged or of another folder costs time
alone: the site is then made anew. Nothing that is withheld is in it: it tells of files that passed
the leak gate, and what they were searched for is there as a digest keyed with a secret of its own.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from .file_states import State, is_private, states_in
from .fixity import keyed_sha256, sha256
from .project import Project

MAGIC = b"annotated-archive site 1\n"
FOLDER = "sites"
_KEY = "key"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Made:
    """Say what a page was made from: the *names* that its template read, and the *key* of them all."""

    key: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Former:
    """Hold what is known of the site that stands in *folder*.

    *states* say how each file of it stood at the moment *written*, *digests* are their SHA-256,
    *searched* is the keyed digest of what the leak gate searched all of them for, *base* the digest of
    what all of it was made from, and its links were followed with. *inputs* is the digest of how the
    files stood that it was built from, of so many *items*: empty where there was anything to tell, or
    where the folder is not as it was left.
    """

    folder: Path
    states: Mapping[str, State] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Made] = field(default_factory=dict)
    searched: str = ""
    base: str = ""
    written: int = 0
    inputs: str = ""
    items: int = 0


def read_former(
    project: Project, folder: Path, shown: Mapping[str, str] = MappingProxyType({})
) -> Former:
    """Return what is known of the site in *folder*: how each file stands, and what made it.

    Where any file does not stand as it stood, none counts as searched, and no link as followed.
    Files that were *shown* first since then, by their digests, were searched, and lost no place.
    """
    before, path = Former(folder), _path(project, folder)
    with suppress(Exception):  # whatever is in the file, or nothing
        before = _parsed(path.read_bytes()) if path else before
    if before.folder != folder:
        before = Former(folder)
    states, digests = {}, {}
    for name, state in states_in(folder):
        is_same = before.states.get(name) == state and state.is_settled(before.written)
        digest = before.digests[name] if is_same else _digest(folder / name)
        if digest:
            states[name], digests[name] = state, digest
    same = {name for name, one in before.digests.items() if digests.get(name) == one}
    made = {name: one for name, one in before.made.items() if name in same}
    is_whole = all(
        name in same or digests.get(name, "") == shown.get(name) for name in before.digests
    )
    searched, base = (before.searched, before.base) if is_whole else ("", "")
    inputs = before.inputs if len(same) == len(before.digests) == len(digests) else ""
    known = (searched, base, before.written, inputs, before.items)
    return Former(folder, states, digests, made, *known)


def write_former(project: Project, former: Former) -> None:
    """Write what is known of a site; where that cannot be written, the next build makes it anew.

    What tells of folders that are gone, or were searched for something else, is removed: names of
    files may hold what is withheld now.
    """
    path = _path(project, former.folder)
    if path is None:
        return
    data = _listed(former)
    new = path.with_suffix(".new")
    try:
        new.write_bytes(MAGIC + hashlib.sha256(data).digest() + data)
        os.replace(new, path)
    except OSError:  # the disk is full, or read-only
        _remove(new, path)
    _remove(*(one for one in path.parent.glob("*.site") if not _holds(one, former.searched)))


def forget_all(cache: Path) -> None:
    """Remove from a cache what is known of sites, and its secret."""
    room = cache / FOLDER
    _remove(*room.glob("*.site"), *room.glob("*.new"), room / _KEY)
    with suppress(OSError):
        room.rmdir()


def _listed(former: Former) -> bytes:
    """Return what is known of a site as two lines of JSON: of the whole, and of each file."""
    reads: dict[tuple[str, ...], int] = {}
    made = {
        name: (one.key, reads.setdefault(one.names, len(reads)))
        for name, one in former.made.items()
    }
    states = [former.states[name] for name in former.digests]
    head = [str(former.folder), former.searched, former.base, former.written]
    files = {
        "built": [former.inputs, former.items],
        "names": [*former.digests],
        "digests": [*former.digests.values()],
        "states": [
            [one.size for one in states],
            [one.changed for one in states],
            [one.entered for one in states],
            [one.number for one in states],
        ],
        "reads": [*reads],
        "made": made,
    }
    return b"\n".join(json.dumps(one, separators=(",", ":")).encode() for one in (head, files))


def _parsed(data: bytes) -> Former:
    """Return what is known of a site; raise anything where that is damaged."""
    start = len(MAGIC) + 32
    rest = data[start:]
    if data[: len(MAGIC)] != MAGIC or data[len(MAGIC) : start] != hashlib.sha256(rest).digest():
        raise ValueError("damaged")
    head, files = map(json.loads, rest.split(b"\n"))
    folder, searched, base, written = head
    names, numbers = files["names"], zip(*files["states"], strict=True)
    states = {name: State(*one) for name, one in zip(names, numbers, strict=True)}
    digests = dict(zip(names, files["digests"], strict=True))
    reads = [tuple(one) for one in files["reads"]]
    made = {name: Made(key, reads[number]) for name, (key, number) in files["made"].items()}
    inputs, items = files["built"]
    known = (searched, base, int(written), str(inputs), int(items))
    return Former(Path(folder), states, digests, made, *known)


def _holds(path: Path, searched: str) -> bool:
    """Tell whether a record is of a folder that is there, searched for the same."""
    try:
        with path.open("rb") as file:
            file.seek(len(MAGIC) + 32)
            folder, found, *_ = json.loads(file.readline())
            return bool(found == searched and Path(folder).is_dir())
    except Exception:  # whatever is in the file
        return False


def _remove(*paths: Path) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def list_digest(project: Project, texts: Iterator[str]) -> str:
    """Return the digest of what a site is searched for, keyed with the cache's own secret.

    It is empty where there is no cache to keep the secret in: nothing then counts as searched.
    """
    room = _room(project)
    key = _secret(room / _KEY) if room else b""
    return keyed_sha256(key, "\0".join(texts).encode("utf-8", "surrogatepass")) if key else ""


def _secret(path: Path) -> bytes:
    """Return the secret of a cache; make it where there is none."""
    with suppress(OSError):
        key = path.read_bytes()
        if len(key) == _KEY_BYTES:
            return key
    key = secrets.token_bytes(_KEY_BYTES)
    try:
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
    except OSError:
        return b""
    return key


def _room(project: Project) -> Path | None:
    """Return the folder in the cache that tells of sites, made where it is not there; None where it is not this user's own."""
    if project.cache is None:
        return None
    room = project.cache / FOLDER
    try:
        room.mkdir(mode=0o700, parents=True, exist_ok=True)
        return room if all(map(is_private, (project.cache, room))) else None
    except OSError:
        return None


def _path(project: Project, folder: Path) -> Path | None:
    room = _room(project)
    return room / f"{sha256(str(folder).encode())[:16]}.site" if room else None


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; empty where it is none, or cannot be read."""
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
