"""Show an edited item at once, before the build that makes everything else again.

Only what can be shown so is: an edit of one item that changes neither its front matter, which other
pages show too, nor what is withheld, and takes away no place that others may link to. Whatever is wrong
with the item, the build says.
"""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from ..exchange import move_in
from ..file_states import states_in
from ..fixity import sha256
from ..item_reading import read_one
from ..memory import Memory
from ..model import Edition
from ..pages import front_matter
from ..project import Project

_ID = re.compile(rb'\sid="([^"]*)"')


def slug_of(changed: Iterable[Path], project: Project) -> str:
    """Return the one item that some files belong to, or an empty string."""
    slugs = set()
    for path in changed:
        for room in (project.annotations, project.captures):
            if path.is_relative_to(room):
                slugs.add(path.relative_to(room).parts[0].removesuffix(".yaml"))
                break
        else:
            return ""
    return slugs.pop() if len(slugs) == 1 else ""


def show_first(project: Project, memory: Memory, slug: str, staging: Path) -> bool:
    """Put an item's own pages in place as its files say now; tell whether that could be done.

    Of an item of very many comments only those pages are made whose comments have changed.
    """
    edition = _edition(project, memory, slug)
    if edition is None or memory.gate is None:
        return False
    shutil.rmtree(staging, ignore_errors=True)
    try:
        again = {name.removeprefix(f"{slug}/") for name in memory.shown}
        pages = memory.pages.write(edition, staging, again)
        if set(pages) != {path.name for path in (project.output / slug).glob("*.html")}:
            return False
        names = sorted(name for name, _ in states_in(staging))
        texts = {name: (staging / name).read_bytes() for name in names}
        if any(memory.gate.search(text, name) for name, text in texts.items()):
            return False
        if any(_ids(project.output / name) - _ids(staging / name) for name in names):
            return False
        memory.shown |= {name: sha256(text) for name, text in texts.items()}
        move_in(staging, project.output, names)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return True


def _edition(project: Project, memory: Memory, slug: str) -> Edition | None:
    """Return an item's edition as its files say now, if its pages are all that it changes first."""
    before, read = memory.editions.get(slug), memory.items.get(slug)
    if before is None or read is None or memory.rules is None or _is_wide(project, slug):
        return None
    item = read_one(project, slug, memory.rules, memory.document).item
    if item is None or item.secrets != read.item.secrets or item.digests != read.item.digests:
        return None
    if front_matter(item.edition) != front_matter(before) or item.images != read.item.images:
        return None
    return item.edition.referred_to(before.references)


def _ids(page: Path) -> set[bytes]:
    """Return the ids of a page."""
    return set(_ID.findall(page.read_bytes()))


def _is_wide(project: Project, slug: str) -> bool:
    """Tell whether an item's annotations may be about commenters of other items."""
    files = [project.annotations / f"{slug}.yaml", *(project.annotations / slug).glob("*.md")]
    return any(b"commenter:" in path.read_bytes() for path in files if path.is_file())
