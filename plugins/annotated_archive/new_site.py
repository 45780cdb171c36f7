"""Hold the site that is being built: what is made anew in a folder of its own, and what stays as it is.

A page that would be made from the same as last time is not made. One that was made and came out the
same is not kept twice. So files that did not change keep their place on the disk and their times.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import time_ns

from .file_states import states_in
from .former_site import Former, Made


@dataclass
class NewSite:
    """Hold a site as two folders: *staging* has what is new, the former site's what is *kept*.

    *base* is the digest of all that every page is made from. Where it is empty nothing is reused.
    """

    staging: Path
    former: Former
    base: str = ""
    made: dict[str, Made] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    fresh: dict[str, str] = field(default_factory=dict)

    def keeps(self, name: str, key_of: Callable[[tuple[str, ...]], str]) -> bool:
        """Keep a file if it would be made from the same again, and tell whether it is kept.

        *key_of* returns the key of the names that its template read last time; empty if it has none.
        """
        before = self.former.made.get(name) if self.base else None
        if before is None or name in self.fresh or before.key != (key_of(before.names) or None):
            return False
        self.made[name] = before
        self.kept.add(name)
        return True

    def key(self, *parts: str) -> str:
        """Return the key of a file that is made from some parts, beside what every file is made from."""
        text = "\0".join((self.base, *parts))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def remember(self, name: str, key: str, names: tuple[str, ...] = ()) -> None:
        """Remember what a file was made from."""
        if self.base and key:
            self.made[name] = Made(key, names)

    def written(self) -> Iterator[str]:
        """Yield each file that is there so far."""
        yield from self.kept
        yield from (name for name, _ in states_in(self.staging))

    def settle(self) -> None:
        """Take from the staging folder what is the same as in the former site."""
        for name, _ in list(states_in(self.staging)):
            with (self.staging / name).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if self.former.digests.get(name) == digest:
                self.kept.add(name)
                os.unlink(self.staging / name)
            else:
                self.kept.discard(name)
                self.fresh[name] = digest
        self.made = {name: one for name, one in self.made.items() if name in self}

    def add(self, name: str, data: bytes) -> None:
        """Add a file to a site that is settled, or keep the former one if it is the same."""
        digest = hashlib.sha256(data).hexdigest()
        if self.former.digests.get(name) == digest:
            self.kept.add(name)
            return
        path = self.staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.fresh[name] = digest

    def __contains__(self, name: str) -> bool:
        return name in self.kept or name in self.fresh

    def __iter__(self) -> Iterator[str]:
        yield from sorted((*self.kept, *self.fresh))

    def path(self, name: str) -> Path:
        """Return where a file of the site is now."""
        return (self.staging if name in self.fresh else self.former.folder) / name

    @property
    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of each file."""
        return {**{name: self.former.digests[name] for name in self.kept}, **self.fresh}

    def standing(self, searched: str, inputs: str, items: int) -> Former:
        """Return what is to be remembered of the site, now that it stands in the former one's place."""
        now, folder = time_ns(), self.former.folder
        states = dict(states_in(folder))
        digests = {name: one for name, one in self.digests.items() if name in states}
        return Former(folder, states, digests, self.made, searched, self.base, now, inputs, items)

    @property
    def replaced(self) -> Collection[str]:
        """Return the files of the former site that are not in this one as they were."""
        return self.former.states.keys() - self.kept


def plain_site(folder: Path) -> NewSite:
    """Return a site that is made in a folder, and of which nothing is reused."""
    return NewSite(folder, Former(folder))


def site_of(folder: Path) -> NewSite:
    """Return a folder as a site of which every file is new."""
    site = plain_site(folder)
    site.fresh = dict.fromkeys((name for name, _ in states_in(folder)), "")
    return site
