"""Read what a page declares: how many comments it has, and where more of them are."""

import re

from .calendar_words import fold

_QUOTED = re.compile(r"[“\"«„‘「『《‹](?:[^”\"»“’」』》›]|’(?=\w)){0,400}[”\"»“’」』》›]")
_NUMBER = re.compile(
    r"(?<![\w.,#-])\d{1,3}(?:[., \u00a0\u202f'’]\d{3})+(?!\d)|(?<![.,#\d-])\d{1,7}(?![\d%]|[.,]\d)"
)
_ONE = frozenset(
    [
        "one",
        "a",
        "ein",
        "eine",
        "einen",
        "un",
        "une",
        "uno",
        "una",
        "um",
        "uma",
        "een",
        "én",
        "ett",
        "en",
        "yksi",
        "jeden",
        "jedna",
        "один",
        "одно",
        "одна",
        "один",
        "egy",
        "bir",
        "un'",
    ]
)
_NONE = frozenset(
    [
        "no",
        "zero",
        "keine",
        "kein",
        "aucun",
        "aucune",
        "pas",
        "ningun",
        "ninguno",
        "sin",
        "nessun",
        "nessuno",
        "nenhum",
        "geen",
        "ingen",
        "inga",
        "ei",
        "brak",
        "нет",
    ]
)
_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "no",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}


def count_in(text: str, title: str = "") -> int | None:
    """Return the count that a heading of comments declares, or None.

    >>> count_in("2 thoughts on “7 ways to fail”"), count_in("Comments (1,204)")
    (2, 1204)
    >>> count_in("Ein Kommentar"), count_in("Leave a comment")
    (1, None)
    """
    if len(text) > 600:
        return None
    bare = _QUOTED.sub(" ", text)
    if title:
        bare = bare.replace(title, " ")
    folded = fold(bare).strip()
    found = _NUMBER.search(folded)
    if found:
        return int(re.sub(r"\D", "", found.group()))
    words = re.findall(r"[^\W\d_]+", folded)
    if not words or len(words) > 12:
        return None
    if words[0] in _WORDS:
        return _WORDS[words[0]]
    if words[0] in _ONE and words[0] != "a" and len(words) > 1:
        return 1
    return 0 if words[0] in _NONE and len(words) > 1 else None
