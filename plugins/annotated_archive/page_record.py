"""Remember which Markdown pages are as they would be composed again, so that they are not composed.

The cache holds one record: of each page the digest of its edition, and how its file stood.
"""

import json
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import time_ns

from .file_states import State, is_private, state_of
from .item_keys import code_digest
from .project import Project

NAME = "pages.json"


@dataclass
class PageRecord:
    """Know of each page, by its slug, the digest of the edition that it shows, and its file's state."""

    file: Path | None
    written: int = 0
    known: dict[str, tuple[str, State]] = field(default_factory=dict)
    changed: bool = False

    def holds(self, slug: str, digest: str, page: Path) -> bool:
        """Tell whether a page is known to be what the edition of a digest is composed to."""
        before, state = self.known.get(slug, ("", None))
        if not digest or before != digest or state is None:
            return False
        return state == state_of(page) and state.is_settled(self.written)

    def keep(self, slug: str, digest: str, page: Path) -> None:
        """Remember that a page is what an edition is composed to."""
        state = state_of(page)
        if digest and state is not None:
            self.known[slug] = digest, state
            self.changed = True

    def write(self, slugs: Collection[str]) -> None:
        """Write what is known of the pages of some items, if it has changed."""
        gone = self.known.keys() - slugs
        if self.file is None or not (self.changed or gone):
            return
        rows = {
            slug: [digest, state.size, state.changed, state.entered, state.number]
            for slug, (digest, state) in self.known.items()
            if slug not in gone
        }
        found = {"code": code_digest(), "written": time_ns(), "pages": rows}
        new = self.file.with_suffix(".new")
        with suppress(OSError):
            new.write_text(json.dumps(found, separators=(",", ":")), "utf-8")
            os.replace(new, self.file)


def read_page_record(project: Project) -> PageRecord:
    """Return what is known of a project's pages: nothing where that was written by another version."""
    cache = project.cache
    file = cache / NAME if cache and cache.is_dir() and is_private(cache) else None
    nothing = PageRecord(file)
    try:
        found = json.loads(file.read_bytes()) if file else {}
        if found["code"] != code_digest():
            return nothing
        known = {slug: (row[0], State(*row[1:])) for slug, row in found["pages"].items()}
        return PageRecord(file, int(found["written"]), known)
    except Exception:  # whatever is in the file, or nothing
        return nothing
