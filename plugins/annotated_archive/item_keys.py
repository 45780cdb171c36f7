"""Name an item's content: the digests of every file that it is read from, and of what reads it.

A file whose size, times and number are as they were is not read again to know its digest, unless it
was changed so shortly before that a later change may bear the same time.
"""

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from .file_states import State
from .items import lock_path
from .project import Project


def states_of(project: Project, slug: str) -> dict[str, State]:
    """Return how each file stands that an item may be read from; raise `OSError` if that is unknown.

    The names begin with the room. A folder counts as a file without a size.
    """
    found: dict[str, State] = {}
    for room, folder in (
        ("captures", project.captures / slug),
        ("notes", project.annotations / slug),
    ):
        try:
            names = os.listdir(folder)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for name in sorted(names):
            found[f"{room}/{name}"] = _state(f"{folder}{os.sep}{name}")
    for room, path in (
        ("annotations", project.annotations / f"{slug}.yaml"),
        ("lock", lock_path(project, slug)),
    ):
        try:
            found[room] = _state(str(path))
        except FileNotFoundError:
            continue
    return found


def path_of(project: Project, slug: str, name: str) -> Path:
    """Return the file that `states_of` has under a name."""
    room, _, rest = name.partition("/")
    if room == "captures":
        return project.captures / slug / rest
    if room == "notes":
        return project.annotations / slug / rest
    return lock_path(project, slug) if room == "lock" else project.annotations / f"{slug}.yaml"


def _state(path: str) -> State:
    one = os.stat(path)
    size = one.st_size if S_ISREG(one.st_mode) else -1
    if size < 0 and not S_ISDIR(one.st_mode):
        raise OSError(f"{path} is neither a file nor a folder")
    return State(size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino)


def digests_of(
    project: Project,
    slug: str,
    states: Mapping[str, State],
    known: Mapping[str, tuple[State, str]] | None = None,
    since: int = 0,
) -> dict[str, str]:
    """Return the digest of each file, out of what was *known* at the moment *since* where that holds.

    Raises `OSError` where a file cannot be read.
    """
    digests = {}
    for name, state in states.items():
        before = known.get(name) if known else None
        if before and before[0] == state and state.is_settled(since):
            digests[name] = before[1]
        elif state.size < 0:
            digests[name] = "folder"
        else:
            with open(path_of(project, slug, name), "rb") as file:
                digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return digests


def keys_of(
    project: Project, slug: str, digests: Mapping[str, str], lock: str | None = None
) -> Sequence[str]:
    """Return the key of an item's content; with *lock*, also that with this text for its lock file.

    An item that was read, and whose lock file is then written, is read from other files as the same.
    """
    locks = [digests.get("lock", "")]
    locks += [hashlib.sha256(lock.encode()).hexdigest()] if lock else []
    rest = [f"{name} {digest}" for name, digest in sorted(digests.items()) if name != "lock"]
    where = [slug, project.shown(project.captures), project.shown(project.annotations)]
    given = "\0".join([code_digest(), *where, *rest])
    return tuple(hashlib.sha256(f"{given}\0{one}".encode()).hexdigest() for one in locks)


def wide_state(project: Project) -> State | None:
    """Return how the file stands that withholds words in the whole archive; None where there is none.

    Its digest is never kept: with the public words beside it, it would let anyone test a guess.
    """
    try:
        return _state(str(project.redactions)) if project.redactions else None
    except FileNotFoundError:
        return None


@lru_cache(1)
def code_digest() -> str:
    """Return the digest of the program that reads: its source files, and its libraries' versions."""
    said = [".".join(map(str, sys.version_info[:3])), *_libraries("annotated-archive")]
    digest = hashlib.sha256("\0".join(said).encode())
    root = str(Path(__file__).parent)
    for folder, names, files in os.walk(root):
        names.sort()
        for file in sorted(files):
            if file.endswith(".py"):
                path = f"{folder}{os.sep}{file}"
                shown = path[len(root) + 1 :].replace(os.sep, "/")
                digest.update(f"\0{shown}\0".encode())
                with open(path, "rb") as source:
                    digest.update(source.read())
    return digest.hexdigest()


def _libraries(program: str) -> Iterator[str]:
    """Yield the name and the version of each library that the *program* needs and that is there."""
    for one in _stated(program, "Requires-Dist"):
        if "extra ==" not in one:
            name = one.partition(">")[0].partition("[")[0].strip()
            yield from (f"{name} {version}" for version in _stated(name, "Version"))


def _stated(name: str, field: str) -> Iterator[str]:
    """Yield what the head of a distribution's metadata states in a *field*.

    `importlib.metadata` parses the long description too, which takes most of its time.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution(name)
    except PackageNotFoundError:
        return
    text = found.read_text("METADATA") or found.read_text("PKG-INFO") or ""
    for line in text.partition("\n\n")[0].splitlines():
        if line.startswith(f"{field}: "):
            yield line.partition(": ")[2]
