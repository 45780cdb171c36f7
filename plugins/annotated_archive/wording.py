"""Say in words what the page tells its reader about a capture: the same in every output."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import pairwise

from .folded_places import FOLDED, folded_places
from .model import Answer, CaptureFile, Comment, Document, Edition, Origin, Variant, Withholding

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def date_words(when: datetime) -> str:
    """Return a date in words that no locale changes.

    >>> date_words(datetime(2009, 6, 16))
    '16 June 2009'
    """
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month_words(when: datetime) -> str:
    """Return a month in words.

    >>> month_words(datetime(2009, 6, 16))
    'June 2009'
    """
    return f"{_MONTHS[when.month - 1]} {when.year}"


def time_words(when: datetime, is_day: bool = False) -> str:
    """Return a date and time with its offset in words, or the date where no time was captured.

    >>> from datetime import timezone, timedelta
    >>> time_words(datetime(2009, 6, 16, 21, 17, tzinfo=timezone(timedelta(hours=-4))))
    '16 June 2009, 21:17 (UTC−04:00)'
    """
    if is_day:
        return date_words(when)
    offset = when.strftime("%z")
    shown = f"UTC{offset[:3]}:{offset[3:5]}".replace("-", "−") if offset else "no offset"
    return f"{date_words(when)}, {when:%H:%M} ({shown})"


def plural(count: int, one: str, many: str = "") -> str:
    """Count things.

    >>> plural(1, "comment"), plural(27, "comment"), plural(2, "reply", "replies")
    ('1 comment', '27 comments', '2 replies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def author_words(comment: Comment) -> str:
    """Return the comment's author, or say that none was captured."""
    return comment.author or "No name captured"


def is_replacement(author: str, replacements: Collection[str]) -> bool:
    """Tell whether a name is a replacement of what is withheld, whole or in part.

    >>> is_replacement("A reader", {"A reader"}), is_replacement("Dr [A reader]", {"A reader"})
    (True, True)
    """
    return author.strip() in replacements or any(f"[{one}]" in author for one in replacements)


def known_name(author: str, replacements: Collection[str]) -> str:
    """Return a name as programs are told it: nobody's where it is a replacement.

    >>> known_name("Ann", {"A reader"}), known_name("A reader", {"A reader"})
    ('Ann', '')
    """
    return "" if is_replacement(author, replacements) else author


def known_authors(document: Document) -> tuple[str, ...]:
    """Return the names of an item's authors that are known, and not withheld."""
    named = (known_name(one, document.replacements) for one in document.authors)
    return tuple(one for one in named if one)


_KINDS = {"comment": "", "pingback": "Pingback", "trackback": "Trackback"}


def kind_words(comment: Comment) -> str:
    """Return what a comment is where it is none of a reader: a pingback or a trackback."""
    return _KINDS[comment.kind]


def origin_words(origins: Sequence[Origin], document: Document) -> str:
    """Say in which captures something stands, where some captures of the item lack it."""
    files = tuple(dict.fromkeys(origin.file for origin in origins))
    if len(document.files) < 2 or not files or len(files) == len(document.files):
        return ""
    return f"In {', '.join(files)} only."


def answer_words(answer: Answer) -> tuple[str, str]:
    """Say that a comment answers another: what stands before the other's name, and after it.

    >>> answer_words(Answer("a", "b", "machine", "@Cindy"))
    ('Perhaps in answer to', '(a guess by machine, from “@Cindy”)')
    >>> answer_words(Answer("a", "b", "editor"))
    ('In answer to', '(as the editors read it)')
    """
    if answer.by == "page":
        return "In answer to", "(as the page says)"
    if answer.by == "editor":
        return "In answer to", "(as the editors read it)"
    return "Perhaps in answer to", f"(a guess by machine, from “{answer.words}”)"


def variant_words(variant: Variant) -> str:
    """Say which captures have other words.

    >>> variant_words(Variant("b", (Origin("capture-2.html", 1),)))
    'capture-2.html has instead:'
    """
    files = tuple(dict.fromkeys(origin.file for origin in variant.origins))
    verb = "has" if len(files) == 1 else "have"
    author = f" under the name {variant.author}" if variant.author else ""
    return f"{', '.join(files)} {verb} instead{author}:"


def gap_words(document: Document) -> str:
    """Say how many responses the page declared, and what of them was captured."""
    gap = document.responses
    captured = f"{plural(gap.captured, 'comment')} captured"
    if gap.declared is None:
        return f"{captured}. The page does not say how many there were."
    declared = (
        f"The page declared {plural(gap.declared, 'response')}: {gap.captured:,} captured here"
    )
    if not gap.missing:
        return f"{declared}, none missing."
    pager = f" Its pager, “{gap.pager}”, shows that there were further pages." if gap.pager else ""
    return f"{declared}, {gap.missing:,} not captured.{pager}"


_WITHHELD = {
    "author": "A name is withheld",
    "quote": "Words are withheld",
    "comment": "A comment is withheld",
    "attribute": "An address is withheld",
    "term": "Words are withheld wherever they stood",
}


def withholding_words(one: Withholding) -> str:
    """Say what is withheld, since when and why, as far as the public is told.

    >>> withholding_words(Withholding("a-1", "author", "Name withheld", "At her request.", "2026-11-23", ()))
    'A name is withheld, and shown as “Name withheld”. At her request. Decided on 2026-11-23.'
    """
    parts = [f"{_WITHHELD[one.withheld]}, and shown as “{one.replacement}”.", one.public_note]
    parts.append(f"Decided on {one.date}." if one.date else "")
    return " ".join(part for part in parts if part)


def digest_words(file: CaptureFile) -> str:
    """Give the digest of a captured file, or say why it is not published."""
    if file.sha256:
        return f"SHA-256 {file.sha256}"
    if file.keyed_sha256:
        return f"keyed digest (HMAC-SHA256) {file.keyed_sha256}"
    return "digest not published, since it could confirm a guess at what is withheld"


def order_words(document: Document) -> str:
    """Say in which order the comments stand, if their times show one."""
    times = [comment.published for comment in document.comments if comment.published]
    if len(times) < 2 or times[0] == times[-1]:
        return ""
    pairs = tuple(pairwise(times))
    if all(first >= second for first, second in pairs):
        return "Newest first, as captured."
    if all(first <= second for first, second in pairs):
        return "Oldest first, as captured."
    return "In the order captured."


def summary_of(edition: Edition) -> str:
    """Return the editor's summary, else the beginning of the first paragraph that is not folded."""
    if edition.summary:
        return edition.summary
    folded = folded_places(edition)
    paragraphs = [block for block in edition.document.blocks if block.kind == "paragraph"]
    shown = (block.text for block in paragraphs if block.id not in folded)
    words = " ".join(next(shown, FOLDED if paragraphs else "").split())
    if len(words) <= 320:
        return words
    return words[:320].rsplit(" ", 1)[0] + " …"
