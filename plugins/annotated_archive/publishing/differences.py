"""Say what publishing would change, file by file, against what is published."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import new as new_hash
from pathlib import Path

from ..errors import printable
from ..wording import plural
from .git import git, try_git

Files = Mapping[str, str]
"""The digest of each file, by its path below the site's folder."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Hold the paths that would be new, changed and gone, sorted, and how many would stay."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int


def compare(new: Files, old: Files) -> Differences:
    """Return what differs between a new site and an old one.

    >>> compare({"a": "1", "b": "2"}, {"b": "3", "c": "4"})
    Differences(added=('a',), changed=('b',), removed=('c',), same=0)
    """
    both = new.keys() & old.keys()
    changed = {name for name in both if new[name] != old[name]}
    return Differences(
        tuple(sorted(new.keys() - both)),
        tuple(sorted(changed)),
        tuple(sorted(old.keys() - both)),
        len(both) - len(changed),
    )


def files_of_folder(folder: Path, digest: Callable[[bytes], str]) -> dict[str, str]:
    """Return the digest of each file below a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in paths}


def branch_commit(root: Path, remote: str, branch: str) -> tuple[str, str]:
    """Return the commit of a published branch as it is known here, and its name; perhaps empty.

    What was fetched from the remote goes before the branch of this clone.
    """
    for name in (f"{remote}/{branch}", branch):
        kind = "remotes" if name != branch else "heads"
        commit = try_git(root, "rev-parse", "--verify", "--quiet", f"refs/{kind}/{name}")
        if commit:
            return commit, name
    return "", branch


def files_of_commit(root: Path, commit: str) -> dict[str, str]:
    """Return git's digest of each file of a commit."""
    listed = git(
        root, "ls-tree", "-r", "-z", "--full-tree", commit, remedy="see that it is a commit"
    )
    found = {}
    for entry in filter(None, listed.split("\0")):
        facts, _, name = entry.partition("\t")
        found[name] = facts.split()[2]
    return found


def blob_digest(root: Path) -> Callable[[bytes], str]:
    """Return what gives a file the digest that git gives it in this repository."""
    kind = try_git(root, "rev-parse", "--show-object-format") or "sha1"

    def digest(data: bytes) -> str:
        return new_hash(kind, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

    return digest


def listing(found: Differences, slugs: Iterable[str], against: str) -> str:
    """Return the differences in words: how many, then each item's files, then the others."""
    lines = [
        f"{len(found.added):,} added, {len(found.changed):,} changed, {len(found.removed):,} removed, "
        f"{found.same:,} unchanged, against {against}"
    ]
    marks = {"+": found.added, "~": found.changed, "-": found.removed}
    groups: dict[str, list[tuple[str, str]]] = {}
    known = frozenset(slugs)
    for mark, names in marks.items():
        for name in names:
            first = name.partition("/")[0]
            groups.setdefault(first if first in known else "", []).append((name, mark))
    for slug in sorted(groups, key=lambda slug: (slug == "", slug)):
        lines += _group(slug, groups[slug])
    return "\n".join(map(printable, lines))


def _group(slug: str, files: list[tuple[str, str]]) -> Iterator[str]:
    title = f"item {slug}" if slug else "indexes and everything else"
    yield f"{title}: {plural(len(files), 'file')}"
    for name, mark in sorted(files):
        yield f"  {mark} {name}"
