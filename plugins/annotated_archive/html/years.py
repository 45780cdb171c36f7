"""Read the year of a date: of two digits or four, and by the Buddhist era where a page is Thai."""

import re

from .calendar_words import language_of

_THAI = re.compile(r"[\u0e00-\u0e7f]|\bB\.\s?E\.|\bBE\b")
_THAI_ZONE = "+07:00"
_BUDDHIST = 543


def is_thai(text: str, language: str, zone: str = "") -> bool:
    """Tell whether the years of a date may count from the Buddha.

    So they may where its page or its zone is Thai, its words are, or it names that era.

    >>> is_thai("3/6/2553", "th"), is_thai("3 มิ.ย. 2553", "en"), is_thai("June 3, B.E. 2553", "en")
    (True, True, True)
    >>> is_thai("2553-06-03T17:04+07:00", "", "+07:00"), is_thai("May 3, 9999", "en")
    (True, False)
    """
    return language_of(language) == "th" or zone == _THAI_ZONE or bool(_THAI.search(text))


def read_year(text: str, is_buddhist: bool = False) -> int:
    """Return a year of our era; of two digits it is one of 1970 to 2069.

    >>> read_year("2010"), read_year("’10"), read_year("99"), read_year("2553", True)
    (2010, 2010, 1999, 2010)
    >>> read_year("9999"), read_year("2010", True)
    (9999, 2010)
    """
    year = int(text.lstrip("'’"))
    if is_buddhist and year > 2400:
        year -= _BUDDHIST
    return year if year > 99 else year + (1900 if year > 69 else 2000)
