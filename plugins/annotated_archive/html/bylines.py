"""Read a line such as "Posted by Ann Lee on June 3, 2010 | Filed under Rain"."""

import re

from .names import read_name
from .stamps import Clock, find_stamp

_BY = re.compile(
    r"(?:^(?:\w{3,20}\s+){0,2}|[\s|•·—–(,:>])(?:(?:posted|written|published|submitted|created|words|text|story|entry)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|przez|autor(?:e|a)?\s*:|author\s*:|автор\s*:?|от|опубликовал\w*|kirjoittanut|írta:?|yazan:?|geschrieben von"
    r"|soumis par|publi[ée] par|r[ée]dig[ée] par|[ée]crit par|publicado por|escrito por|enviado por|scritto da|inviato da|pubblicato da|pubblicata da"
    r"|geplaatst door|投稿者|著者|作者|文|記者|نوشته|توسط|بواسطة|بقلم|كتبه|מאת)\s*[::]?\s+"
    r"(?P<name>[^\s|•·—–(,@:][^|•·—–(@\n]{0,70}?)"
    r"(?=\s*(?:$|[|•·—–(@\n]|,\s|\.\s|\s(?:on|at|in|am|um|le|el|il|em|op|den|dans|en|unter|à|and is filed|under|with|filed|—)\s|\d))",
    re.IGNORECASE,
)  # fmt: skip
_CLASSIC = re.compile(r"[—–]\s*(?P<name>[^—–@|]{2,60}?)\s*@\s*\d{1,2}[:.]\d{2}")
_JAPANESE = re.compile(r"(?:投稿者|著者|作者)\s*[::]?\s*(?P<name>[^\s::|]{1,40})\s*[::|]")
_FROM = re.compile(r"^From\s+(?P<name>[^\s,|•:][^,|•:\n]{2,50})$")
_NO_NAME = re.compile(r"^(?:the|this|a|an|email|e-mail|category|tag|admin by|comments?)$", re.I)


def find_authors(text: str, clock: Clock, is_byline: bool = False) -> tuple[str, ...]:
    """Return the names that a short line gives as those of its writers.

    A line without a date must begin with the word for "by", unless it *is a byline* by its class.

    >>> find_authors("Posted by Ann Lee and Bo Quill on June 3, 2010", Clock("en"))
    ('Ann Lee', 'Bo Quill')
    >>> find_authors("Filed under: Rain — Ann Lee @ 5:57 pm", Clock("en"))
    ('Ann Lee',)
    """
    if len(text) > 260:
        return ()
    found = _CLASSIC.search(text) or _FROM.match(text) or _JAPANESE.search(text)
    if found is None:
        dated = find_stamp(text, clock)
        if dated and not dated.stamp.is_approximate and dated.start > 0:
            text = f"{text[: dated.start]}| {text[dated.end :]}"
            is_byline = True
        found = _BY.search(text)
        if found and not is_byline and found.start() > 1:
            return ()
    if found is None:
        return ()
    parts = re.split(r"\s+(?:and|und|et|y|e|en|och|og|&|и)\s+|\s*,\s+", found["name"])
    names = [read_name(part, clock, is_line=True) for part in parts]
    return tuple(
        name for name in names if name and not _NO_NAME.match(name) and _is_capital(name[0])
    )


def _is_capital(letter: str) -> bool:
    """Tell whether a name may begin with *letter*: a capital, or of a script without any."""
    return letter.isalpha() and not letter.islower()
