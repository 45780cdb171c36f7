"""Find the posts and pages in a WordPress export, however large, with the comments of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..captures.base import Guide
from ..captures.wxr import OPAQUE, ItemFacts, is_page, item_facts, items_of, sniff
from ..errors import Problem
from ..exported.exported_xml import scan
from .base import Contained, Container, Progress, refused
from .limits import MAX_HEADER
from .opened import opened
from .ranges import Range, find_elements, read_range

END = b"\n</channel>\n</rss>\n"
_COMMENT = re.compile(rb"<(?:\w+:)?comment>")
_DECLARATION = re.compile(rb"[^<]{0,16}<\?xml[^>]{0,300}\?>")


@dataclass(frozen=True, slots=True)
class _Export:
    """Hold what every item of an export shares: its *header*, the bytes before the first item."""

    path: Path
    header: bytes

    def facts(self, data: bytes) -> ItemFacts:
        """Return what an item says of itself, before its comments."""
        comment = _COMMENT.search(data)
        declaration = _DECLARATION.match(self.header)
        head = data[: comment.start()] if comment else data
        xml = scan((declaration[0] if declaration else b"") + head, OPAQUE)
        items = items_of(xml)
        return item_facts(xml, items[0]) if items else ItemFacts("", "damaged", "", "", "")

    def read(self, start: int, end: int) -> bytes:
        """Return one item as an export of its own: the header, the item's own bytes, and the end."""
        with opened(self.path, lambda done, total, words: None) as file:
            return self.header + read_range(file, start, end) + END


def entries(path: Path, progress: Progress) -> Iterator[Contained | Problem]:
    """Yield the posts and pages of an export, in its order."""
    with opened(path, progress) as file:
        total = file.seek(0, 2)
        file.seek(0)
        export = None
        shelf = _Shelf()
        found = find_elements(file, ["item"], lambda done: progress(done, total, "reading items"))
        for number, item in enumerate(found, 1):
            export = export or _Export(path, _header(path, item.start, progress))
            entry = _entry(export, item, number, shelf)
            if entry:
                yield entry


def _header(path: Path, end: int, progress: Progress) -> bytes:
    if end > MAX_HEADER:
        raise refused(f"the export's header has {end:,} bytes, more than {MAX_HEADER:,}")
    with opened(path, progress) as file:
        return file.read(end)


class _Shelf:
    """Keep the item that was met last, so that reading it needs no second look at the file."""

    start = -1
    data = b""


def _entry(export: _Export, item: Range, number: int, shelf: _Shelf) -> Contained | None:
    facts = export.facts(item.data) if item.data is not None else None
    if facts and not is_page(facts):
        return None
    shelf.start, shelf.data = item.start, item.data or b""
    state = "too large" if facts is None else facts.state
    return Contained(
        key=f"item {number}",
        address=facts.link if facts and facts.link.startswith(("http://", "https://")) else "",
        title=facts.title if facts else "",
        captured=None,
        format="wxr",
        size=len(export.header) + item.end - item.start + len(END),
        read=partial(_read, export, item.start, item.end, shelf),
        provenance={"record": f"item {number}", "offset": str(item.start)},
        state=state if item.is_whole else "cut off",
        slug=facts.slug if facts else "",
    )


def _read(export: _Export, start: int, end: int, shelf: _Shelf) -> bytes:
    if shelf.start == start and shelf.data:
        return export.header + shelf.data + END
    return export.read(start, end)


def is_container(head: bytes) -> bool:
    """Tell a WordPress export."""
    return sniff(head)


CONTAINER = Container(
    "wxr",
    is_container,
    entries,
    Guide(
        about="A WordPress export of many posts",
        recognised="as the format of one post",
        reads=("each published post and page, whose own bytes become its capture",),
        lacks=("drafts, private and protected posts, unless `--everything` is given; attachments",),
        make=("In WordPress: Tools, Export, All content",),
    ),
)
