"""Read the lines that say when, by whom and under what an article was published."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..lines import Line
from ..times import TIME, WHEN, read_stamp
from .languages import LANGUAGES, any_of, first_words, may_begin, pattern
from .languages import words as alternatives

_NOTE = pattern("note")
_ON = pattern("on")
_CREDITS = ("by", "author", "von", "par", "por", "di", "da", "door", "przez", "av", "автор")
_BY = any_of(_CREDITS)
_REST = (
    r"(?:(?:\d+|no|one|leave a|add a)\s+(?:comments?|responses?|views?|reply)|permalink|print|e-?mail|edit"
    r"|(?:filed\s+)?(?:in|under)[:\s].{1,120}|(?:last\s+)?(?:updated|modified).{0,60}|\d+\s*min(?:utes?)? read)[\s»|]*"
)
_NAME_AT = re.compile(rf"(?P<name>.+?)\s*(?:,|\bat\b|@)\s*(?P<time>{TIME})", re.IGNORECASE)
_TIME_LINE = re.compile(rf"(?:posted:?\s+|at\s+)?(?P<time>{TIME})", re.IGNORECASE)
_FILED = re.compile(
    r"(?:filed (?:under|in)|posted in|posted under|categor(?:y|ies)|categori[sz]ed(?: as| in)?)\s*:?\s+(?P<names>.+?)"
    rf"(?:\s*[—–-]+\s*(?P<author>[^@|—–]{{1,60}}?)\s*@\s*(?P<time>{TIME}))?"
    r"(?:\s*[|•·]\s*(?:tags?|tagged)(?: with)?\s*:\s*(?P<tags>.+?))?(?:\s*[|—–]\s*(?:\d+|no|one)?\s*(?:comments?|responses?|leave a comment).*)?",
    re.IGNORECASE,
)
_TAGS = re.compile(r"(?:tags?|tagged(?: with)?)\s*:?\s+(?P<tags>.+)", re.IGNORECASE)
_COUNTED = re.compile(
    r"[\s.|•·–—-]+(?:(?:read|view|see)\s+(?:the|all)\s+)?(?P<count>\d{1,9}|no|one)\s+(?:comments?|responses?|replies|thoughts?)\s*»?$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(r"^[A-Z][\w.]{1,20}['’]s\s+(?=[A-Z])")
_FROM = re.compile(
    r"from\s+(?P<name>(?-i:[A-Z])[\w.]{1,20}['’]s\s+(?-i:[A-Z]).{1,60})", re.IGNORECASE
)
_IN = re.compile(r"in\s+(?P<filed>[A-Z][^.!?]{1,80})")
_BY_WORDS = ("by ", "by:", "posted by", "written by", "published by", "author")
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\.?\s+){1,3}[^\W\d_][\w.'’-]*")
_DIGIT = re.compile(r"\d")
_BYLINE_WORDS = first_words(
    ["published", *_CREDITS, *(one for row in LANGUAGES.values() for one in alternatives(row.note))]
)


@cache
def _meta() -> re.Pattern[str]:
    """Return what matches a line of time, byline and category, in this order."""
    return re.compile(
        rf"(?:(?:published|added|created|entry posted|{_NOTE})?\s*:?\s*(?:at|date:|{_ON})?\s*)?(?:(?P<stamp>{WHEN}))?"
        rf"(?:\s*[|•·,–—-]?\s*(?:filed |{_NOTE}\s+)?{_BY}\s*:?\s+(?P<name>[^|•·»]{{1,80}}?)(?:,\s+(?P<role>[^|•·,]{{2,60}}))?)?"
        r"(?:\s+(?:in|under)\s+(?P<filed>[^|•·]{1,200}?))?"
        rf"(?:(?:\s*[|•·]|\s+[–—-])\s*(?P<rest>{_REST}))?",
        re.IGNORECASE,
    )


@cache
def _by_on() -> re.Pattern[str]:
    """Return what matches a byline that a time follows."""
    return re.compile(
        rf"(?:(?:published|{_NOTE})\s+)?{_BY}:?\s+(?P<name>.{{1,80}}?)\s*(?:,|\b{_ON}\b|\bat\b|[|•·–—-])\s*(?P<stamp>{WHEN})(?:\s*[|•·,–—-]?\s*(?:(?:filed )?(?:in|under):?\s+(?P<filed>[^|•·]{{1,200}})|(?P<rest>{_REST})))?",
        re.IGNORECASE,
    )


@cache
def _entry() -> re.Pattern[str]:
    """Return what matches a sentence on where and when an entry was filed."""
    return re.compile(
        rf"this (?:entry|post) was (?:posted|filed|published)(?:\s+on\s+(?P<first>{WHEN}))?"
        rf"(?:,?\s+(?:and\s+)?(?:is\s+)?(?:filed\s+)?(?:under|in)\s+(?P<names>.+?))?"
        rf"(?:,?\s+and\s+tagged(?:\s+with)?\s+(?P<tags>.+?))?(?:\s+on\s+(?P<second>{WHEN}))?"
        r"(?:\s+by\s+(?P<name>[^.]+))?\.(?:\s+.*)?",
        re.IGNORECASE,
    )


@dataclass(slots=True)
class Masthead:
    """Collect what the lines say, until all have been read; a first reading stands."""

    printed_date: str = ""
    printed_time: str = ""
    authors: tuple[str, ...] = ()
    role: str = ""
    filed_under: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    declared: int | None = None


def is_meta(words: str) -> bool:
    """Tell whether a line is one of date, time, byline or category."""
    return read_meta(words, Masthead())


def read_meta(words: str, masthead: Masthead) -> bool:
    """Read a line of date, time, byline or category into *masthead*; tell whether it is one."""
    if len(words) > 300:
        return False
    time = _TIME_LINE.fullmatch(words)
    if time:
        masthead.printed_time = masthead.printed_time or time["time"]
        return True
    words, declared = _without_count(words)
    credit = _FROM.fullmatch(words)
    if credit and not masthead.authors:
        masthead.authors = _authors(_ORGANISATION.sub("", credit["name"]))
        return True
    category = _IN.fullmatch(words) if masthead.authors and masthead.printed_date else None
    if category and not masthead.filed_under:
        masthead.filed_under = _listed(category["filed"])
        return True
    if not _DIGIT.search(words) and not words.lower().startswith(_BY_WORDS):
        return False
    found = _by_on().fullmatch(words) if may_begin(words, _BYLINE_WORDS) else None
    found = found or _meta().fullmatch(words)
    if not found:
        return False
    groups = found.groupdict()
    stamp, (name, time_of_day) = groups.get("stamp"), _name_and_time(groups.get("name") or "")
    if not stamp and not (name and words.lower().startswith(_BY_WORDS)):
        return False
    if (stamp and read_stamp(stamp) is None) or (name and not _is_name(name)):
        return False
    masthead.printed_time = masthead.printed_time or time_of_day
    if masthead.declared is None:
        masthead.declared = declared
    name = _ORGANISATION.sub("", name)
    masthead.printed_date = masthead.printed_date or stamp or ""
    if name and not masthead.authors:
        masthead.authors, masthead.role = _authors(name), (groups.get("role") or "").strip()
    masthead.filed_under = masthead.filed_under or _listed(groups.get("filed") or "")
    return True


def _without_count(words: str) -> tuple[str, int | None]:
    """Take a count of comments from the end of a line.

    >>> _without_count("in Walking, Weather. 3 Comments")
    ('in Walking, Weather', 3)
    """
    found = _COUNTED.search(words)
    if not found or not found.start():
        return words, None
    return words[: found.start()], int(found["count"]) if found["count"].isdigit() else None


def _name_and_time(text: str) -> tuple[str, str]:
    """Part a name from the time that follows it.

    >>> _name_and_time("Ann Lee at 7:45 AM")
    ('Ann Lee', '7:45 AM')
    """
    found = _NAME_AT.fullmatch(text.strip())
    return (found["name"], found["time"]) if found else (text.strip(" ,"), "")


def _is_name(text: str) -> bool:
    """Tell whether what follows "by" may be a name, or several, rather than a sentence."""
    words = text.split()
    if text[-1] in "!?:;" or (text.endswith(".") and len(words[-1]) > 4):
        return False
    if len(words) == 1:
        return True
    capitals = sum(word[0].isupper() for word in words)
    return capitals * 2 >= len(words) and len(words) <= 12


def _authors(text: str) -> tuple[str, ...]:
    """Split several names at "and" and "&".

    >>> _authors("Otis Farrow and Lena Quill")
    ('Otis Farrow', 'Lena Quill')
    """
    names = (name.strip(" ,") for name in re.split(r"\s+(?:and|&)\s+", text))
    return tuple(name for name in names if name)


def _listed(text: str) -> tuple[str, ...]:
    """Split a list of categories at its own separators; "and" may be part of a name.

    >>> _listed("Noir, Lost and found")
    ('Noir', 'Lost and found')
    """
    separators = [sign for sign in "•·|;," if sign in text]
    parts = text.split(separators[0]) if separators else [text]
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def is_time_line(words: str) -> bool:
    """Tell whether a line is a time of day alone."""
    return _TIME_LINE.fullmatch(words) is not None


def is_filed(words: str, below: bool = False) -> bool:
    """Tell whether a line says what the article is filed under; *below* it, not beside its byline.

    >>> is_filed("Filed under: Events — admin @ 7:12 pm")
    True
    """
    found = (
        _FILED.fullmatch(words) if words.lower().startswith(("filed under", "filed in")) else None
    )
    return found is not None and not (below and found["time"])


def read_classification(words: str, masthead: Masthead) -> None:
    """Read the categories and tags that a line of furniture names."""
    found = _entry().fullmatch(words) if may_begin(words, ("this",)) else None
    if found:
        masthead.filed_under = masthead.filed_under or _listed(found["names"] or "")
        masthead.tags = masthead.tags or _listed(found["tags"] or "")
        stamp = found["first"] or found["second"] or ""
        if not masthead.printed_date and stamp and read_stamp(stamp):
            masthead.printed_date = stamp
        if found["name"] and not masthead.authors and _is_name(found["name"].strip()):
            masthead.authors = _authors(found["name"].strip())
        return
    found = _FILED.fullmatch(words)
    if found:
        masthead.filed_under = _listed(found["names"])
        if found["author"] and not masthead.authors and _is_name(found["author"]):
            masthead.authors = _authors(found["author"])
        masthead.printed_time = masthead.printed_time or found["time"] or ""
        masthead.tags = masthead.tags or _listed(found["tags"] or "")
        return
    found = _TAGS.fullmatch(words)
    if found:
        masthead.tags = _listed(found["tags"])


def read_byline(lines: Sequence[Line], index: int, group: int, masthead: Masthead) -> bool:
    """Read a name and, on the next line, a role; tell whether the group of lines is that."""
    if masthead.authors or group - index > 2:
        return False
    name = lines[index].words
    role = lines[index + 1].words if group - index == 2 else ""
    known = name in masthead.filed_under
    if not _NAME.fullmatch(name) or len(name) > 60 or name.isupper():
        return False
    if not known and (not role or len(role) > 80 or role[-1] in '.!?:,;…"”'):
        return False
    capitals = all(
        word[0].isupper() or word.lower() in ("de", "van", "von", "bin", "al")
        for word in name.split()
    )
    if not capitals:
        return False
    masthead.authors, masthead.role = (name,), role
    return True
