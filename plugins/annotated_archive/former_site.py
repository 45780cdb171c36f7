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
from typing import Any

from .file_states import State, states_in
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
    what all of it was made from, and its links were followed with.
    """

    folder: Path
    states: Mapping[str, State] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Made] = field(default_factory=dict)
    searched: str = ""
    base: str = ""
    written: int = 0


def read_former(project: Project, folder: Path) -> Former:
    """Return what is known of the site in *folder*, of the files that still stand as they stood."""
    nothing = Former(folder)
    path = _path(project, folder)
    if path is None:
        return nothing
    try:
        found = _parsed(path.read_bytes())
    except Exception:  # whatever is in the file, or nothing
        return nothing
    if found["folder"] != str(folder):
        return nothing
    names = found["names"]
    reads = [tuple(one) for one in found["reads"]]
    states = {}
    digests = {}
    now = dict(states_in(folder))
    for name, digest, *numbers in zip(names, found["digests"], *found["states"], strict=True):
        state = now.get(name)
        if state is None:
            continue
        is_same = state == State(*numbers) and state.is_settled(found["written"])
        if is_same or (state.size == numbers[0] and _digest(folder / name) == digest):
            states[name], digests[name] = state, digest
    made = {
        name: Made(key, reads[number])
        for name, (key, number) in found["made"].items()
        if name in digests
    }
    return Former(folder, states, digests, made, found["searched"], found["base"], found["written"])


def write_former(project: Project, former: Former) -> None:
    """Write what is known of a site; where that cannot be written, the next build makes it anew."""
    path = _path(project, former.folder)
    if path is None:
        return
    reads: dict[tuple[str, ...], int] = {}
    made = {
        name: (one.key, reads.setdefault(one.names, len(reads)))
        for name, one in former.made.items()
    }
    states = [former.states[name] for name in former.digests]
    found = {
        "folder": str(former.folder),
        "written": former.written,
        "searched": former.searched,
        "base": former.base,
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
    rest = json.dumps(found, separators=(",", ":")).encode()
    new = path.with_suffix(".new")
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.write_bytes(MAGIC + hashlib.sha256(rest).digest() + rest)
        os.replace(new, path)


def forget_former(project: Project, folder: Path) -> None:
    """Forget what is known of the site in *folder*."""
    path = _path(project, folder)
    if path is not None:
        with suppress(OSError):
            path.unlink()


def list_digest(project: Project, texts: Iterator[str]) -> str:
    """Return the digest of what a site is searched for, keyed with the cache's own secret.

    It is empty where there is no cache to keep the secret in: nothing then counts as searched.
    """
    if project.cache is None:
        return ""
    key = _secret(project.cache / FOLDER / _KEY)
    return keyed_sha256(key, "\0".join(texts).encode("utf-8", "surrogatepass")) if key else ""


def _secret(path: Path) -> bytes:
    """Return the secret of a cache; make it where there is none."""
    with suppress(OSError):
        key = path.read_bytes()
        if len(key) == _KEY_BYTES:
            return key
    key = secrets.token_bytes(_KEY_BYTES)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
    except OSError:
        return b""
    return key


def _path(project: Project, folder: Path) -> Path | None:
    if project.cache is None:
        return None
    return project.cache / FOLDER / f"{sha256(str(folder).encode())[:16]}.site"


def _parsed(data: bytes) -> dict[str, Any]:
    start = len(MAGIC) + 32
    rest = data[start:]
    if data[: len(MAGIC)] != MAGIC or data[len(MAGIC) : start] != hashlib.sha256(rest).digest():
        raise ValueError("damaged")
    return dict(json.loads(rest))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
