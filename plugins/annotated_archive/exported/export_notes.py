"""Say what an export holds and its item does not, and what was amiss with its XML."""

from collections.abc import Iterator, Mapping

from ..model import Note
from .exported_xml import XmlText


def repair_notes(xml: XmlText) -> Iterator[Note]:
    """Yield what the export is written in, if not UTF-8, and what a strict parser would refuse."""
    if xml.encoding.upper() not in ("UTF-8", "US-ASCII"):
        yield Note("encoding", f"The capture's encoding is {xml.encoding}, not UTF-8.")
    flaws = xml.flaws.words()
    if flaws:
        text = f"The export is not sound XML ({flaws}). It was read all the same; its bytes stay."
        yield Note("export-repaired", text)


def left_out_note(left_out: Mapping[str, int]) -> Iterator[Note]:
    """Yield how many comments the export has that were not public.

    >>> [note.text for note in left_out_note({"comments in spam": 2})]
    ['2 comments of the export were not public and are left out: 2 in spam.']
    """
    total = sum(left_out.values())
    if not total:
        return
    kinds = ", ".join(
        f"{count:,} {name.removeprefix('comments ')}" for name, count in sorted(left_out.items())
    )
    were = "1 comment of the export was" if total == 1 else f"{total:,} comments of the export were"
    are = "is" if total == 1 else "are"
    yield Note("comments-not-approved", f"{were} not public and {are} left out: {kinds}.")
