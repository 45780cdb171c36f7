"""Note what a reader should know of how a page's comments were read."""

from collections.abc import Sequence

from ..model import Note
from .drafts import Comments
from .responses import Responses


def comment_notes(
    frames_found: Sequence[Comments], responses: Responses, is_date_ambiguous: bool
) -> tuple[Note, ...]:
    """Return the notes on lost pictures, uncertain days, and comments that are elsewhere."""
    notes: list[Note] = []
    images = sum(found.images for found in frames_found)
    if images:
        what = "1 picture" if images == 1 else f"{images} pictures"
        notes.append(
            Note("comment-images", f"The comments had {what} that the capture does not hold.")
        )
    unclear = tuple(one for found in frames_found for one in found.ambiguous)
    if unclear or is_date_ambiguous:
        text = "Day and month of some dates could be swapped; they are read as is usual in the page's language."
        notes.append(Note("day-month-ambiguous", text))
    relative = [words for found in frames_found for words in found.relative]
    if relative:
        shown = ", ".join(f"“{words}”" for words in list(dict.fromkeys(relative))[:5])
        text = f"The page says only how long ago some comments were ({shown}), and not when it was captured."
        notes.append(Note("time-relative", text))
    if responses.elsewhere:
        text = "The page's comments are kept by another service; the capture does not hold them."
        notes.append(Note("comments-elsewhere", text))
    if responses.pager:
        text = f"More comments are on other pages of the original (“{responses.pager}”)."
        notes.append(Note("comments-paged", text))
    return tuple(notes)
