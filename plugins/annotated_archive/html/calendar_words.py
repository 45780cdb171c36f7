"""Know the words of dates in many languages: months, halves of the day, and "3 days ago".

The words are those of the Unicode CLDR, as Babel gives them, and some that blogs print besides.
"""

import re
import unicodedata
from datetime import timedelta
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_timedelta

LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "sv", "da", "nb", "fi", "cs", "tr", "ja",
    "ko", "zh", "ar", "fa", "he", "uk", "hu", "ro", "el", "bg", "sk", "hr", "sr", "sl", "lt", "lv",
    "et", "ca", "eu", "gl", "vi", "id", "ms", "th", "hi", "bn", "ta", "is", "ga", "cy", "af", "sq",
    "mk", "az", "kk", "ka", "hy", "be", "bs", "ur", "nn", "fil", "sw",
)  # fmt: skip
"""Try these in this order where the page does not say its language."""

_EXTRA_MONTHS = {
    "en": {"sept": 9}, "de": {"jän": 1, "jänner": 1, "feber": 2, "mrz": 3}, "es": {"setiembre": 9, "set": 9},
    "nl": {"mrt": 3}, "ar": {"كانون الثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6,
    "تموز": 7, "آب": 8, "أيلول": 9, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12},
    "fa": {"ژانویه": 1, "فوریه": 2, "مارس": 3, "آوریل": 4, "می": 5, "ژوئن": 6, "ژوئیه": 7, "جولای": 7,
    "آگوست": 8, "اوت": 8, "سپتامبر": 9, "اکتبر": 10, "نوامبر": 11, "دسامبر": 12},
    "tr": {"agustos": 8}, "da": {"maj": 5}, "nb": {"mai": 5},
}  # fmt: skip
_Unit = Literal["year", "month", "week", "day", "hour", "minute", "second"]
_EXTRA_UNITS: dict[_Unit, tuple[str, ...]] = {
    "year": ("yr", "yrs", "y", "j", "a"), "month": ("mo", "mos", "mon"), "week": ("wk", "wks", "w"),
    "day": ("d",), "hour": ("hr", "hrs", "h", "std"), "minute": ("min", "mins", "m"), "second": ("sec", "secs", "s"),
}  # fmt: skip
_SPANS: dict[_Unit, timedelta] = {
    "year": timedelta(days=365), "month": timedelta(days=30.44), "week": timedelta(days=7),
    "day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}  # fmt: skip
_FILLERS = frozenset(
    [
        "about",
        "over",
        "almost",
        "nearly",
        "around",
        "ungefahr",
        "etwa",
        "circa",
        "ca",
        "zuvor",
        "her",
        "temu",
        "atras",
        "arriba",
        "hace",
        "environ",
        "plus",
        "de",
        "d'",
        "il",
        "y",
        "a",
        "some",
        "few",
        "geleden",
        "siden",
        "sedan",
        "sitten",
        "once",
        "önce",
        "ago",
        "vor",
        "fa",
        "back",
        "posted",
        "on",
        "at",
        "the",
    ]
)


def fold(text: str) -> str:
    """Return *text* in small letters, without accents, its digits and spaces plain.

    >>> fold("28\u00a0AOÛT ٢٠١٩")
    '28 aout 2019'
    """
    if text.isascii():
        return text.lower()
    decomposed = (
        unicodedata.normalize("NFKD", text)
        .lower()
        .replace("ı", "i")
        .replace("ي", "ی")
        .replace("ك", "ک")
    )
    plain = (
        str(unicodedata.digit(c)) if c.isdecimal() and not c.isascii() else c
        for c in decomposed
        if not unicodedata.combining(c) and c not in "\u200e\u200f\u202a\u202b\u202c\u200c\u00ad"
    )
    return "".join(plain)


def language_of(tag: str) -> str:
    """Return the language of a tag of BCP 47, as Babel names it, or nothing.

    >>> language_of("pt-BR"), language_of("x"), language_of("no")
    ('pt', '', 'nb')
    """
    language = re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
    language = {"no": "nb", "iw": "he", "in": "id", "tl": "fil", "fas": "fa"}.get(
        language, language
    )
    return language if _locale(language) else ""


@lru_cache(maxsize=256)
def _locale(language: str) -> Locale | None:
    if not re.fullmatch(r"[a-z]{2,3}", language):
        return None
    try:
        return Locale(language)
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=256)
def month_names(language: str) -> dict[str, int]:
    """Return the names of the months in a language, folded, with their numbers.

    >>> month_names("de")["marz"], month_names("fr")["aout"]
    (3, 8)
    """
    names: dict[str, int] = {}
    locale = _locale(language)
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in (locale.months[context][width] if locale else {}).items():
                names.setdefault(fold(name).strip(" ."), number)
                # Babel's "of" forms of Catalan and others: "d’agost", "de març"
                names.setdefault(re.sub(r"^d(?:e\s|['’])", "", fold(name)).strip(" ."), number)
    if language == "he":
        names |= {f"ב{name}": number for name, number in names.items()}
    for name, number in _EXTRA_MONTHS.get(language, {}).items():
        names.setdefault(fold(name), number)
    return {name: number for name, number in names.items() if not name.isdigit() and len(name) > 1
            and not re.match(r"\d", name)}  # fmt: skip


@lru_cache(maxsize=256)
def month_pattern(language: str) -> re.Pattern[str]:
    """Return what matches a month's name of a language, the longest first."""
    names = sorted(month_names(language), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?![^\W\d_])")


@lru_cache(maxsize=256)
def day_names(language: str) -> frozenset[str]:
    """Return the names of the days of the week in a language, folded, and those in English."""
    names: set[str] = set()
    for locale in (_locale(language), _locale("en")):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated", "short"):
                days = locale.days[context].get(width, {}) if locale else {}
                names.update(fold(name).strip(" .") for name in days.values())
    return frozenset(names)


@lru_cache(maxsize=256)
def day_halves(language: str) -> dict[str, int]:
    """Return the words for the halves of the day in a language: 0 before noon, 12 after."""
    halves = {"am": 0, "pm": 12, "a.m": 0, "p.m": 12, "a. m": 0, "p. m": 12, "a m": 0, "p m": 12}
    locale = _locale(language)
    for widths in (locale.day_periods if locale else {}).values():
        for periods in widths.values():
            for period in ("am", "pm"):
                word = fold(str(periods.get(period, ""))).strip(" .")
                if len(word) > 1 or (word and not word.isascii()):
                    halves.setdefault(word, 12 if period == "pm" else 0)
    return halves


@lru_cache(maxsize=256)
def past_phrases(language: str) -> tuple[dict[str, _Unit], frozenset[str]]:
    """Return the phrases of a language for what is past, ``#`` for the number, and words of its own.

    >>> past_phrases("de")[0]["vor # jahren"]
    'year'
    """
    phrases: dict[str, _Unit] = {}
    words: set[str] = set()
    for unit, span in _SPANS.items() if _locale(language) else ():
        for number in (1, 2, 3, 5, 11, 21):
            past, bare = (
                _phrase(-number * span, unit, language, is_past) for is_past in (True, False)
            )
            phrases.setdefault(past, unit)
            phrases.setdefault(past.replace(" ", ""), unit)
            words.update(past.replace(".", " ").split())
            phrases.setdefault(f"={bare.replace('#', '').strip(' .')}", unit)
    return phrases, frozenset(words)


def _phrase(delta: timedelta, unit: _Unit, language: str, is_past: bool) -> str:
    """Return how a language says a span of time, folded, ``#`` for the number."""
    try:
        phrase = format_timedelta(
            delta, granularity=unit, threshold=1000, add_direction=is_past, locale=language
        )
    except KeyError:
        return "#"
    return re.sub(r"\d+", "#", fold(phrase)).strip(" .")


def read_age(text: str, language: str) -> timedelta | None:
    """Return how long ago *text* says that something was, or None.

    >>> read_age("vor 2 Jahren", "de").days, read_age("3 days ago", "en").days
    (730, 3)
    >>> read_age("3 days of rain", "en") is None
    True
    """
    folded = fold(text).strip(" .,|·•–—-")
    found = re.findall(r"\d+", folded)
    if len(found) > 2 or len(folded) > 48:
        return None
    if not found:
        return _worded(folded)
    phrases, words = past_phrases(language)
    shape = re.sub(r"\s+", " ", re.sub(r"\d+", "#", folded))
    unit = phrases.get(shape)
    if unit is None:
        unit = _unit(shape, phrases, words)
    if unit is None or int(found[0]) > 100_000:
        return None
    return int(found[0]) * _SPANS[unit]


def _unit(shape: str, phrases: dict[str, _Unit], words: frozenset[str]) -> _Unit | None:
    """Return the unit of a phrase in another order of words ("2 Jahre zuvor", "hace 3 años")."""
    unit: _Unit | None = None
    said_past = False
    for word in re.sub(r"[#.,]", " ", shape).split():
        own = phrases.get(f"={word}") or next(
            (u for u, ws in _EXTRA_UNITS.items() if word in ws), None
        )
        if own is not None:
            unit = unit or own
        elif word in words or word in _FILLERS:
            named = next(
                (
                    u
                    for p, u in phrases.items()
                    if word in p.split() and len(word) > 3 and p[0] != "="
                ),
                None,
            )
            is_unit = named is not None and sum(word in p.split() for p in phrases) < 13
            unit = unit or (named if is_unit else None)
            said_past = said_past or not is_unit
        else:
            return None
    return unit if said_past else None


_WORDED = {
    "just now": 0, "now": 0, "a moment ago": 0, "today": 0, "heute": 0, "gerade eben": 0, "hoy": 0,
    "yesterday": 1, "gestern": 1, "hier": 1, "ayer": 1, "ieri": 1, "ontem": 1, "gisteren": 1,
    "a day ago": 1, "an hour ago": 0, "a minute ago": 0, "vor einem tag": 1, "vorgestern": 2,
    "a week ago": 7, "a month ago": 30, "a year ago": 365, "vor einem jahr": 365, "il y a un an": 365,
    "vor einem monat": 30, "vor einer woche": 7, "hace un ano": 365, "ha un anno": 365, "un anno fa": 365,
    "about a year ago": 365, "about a month ago": 30, "last year": 365, "last month": 30, "вчера": 1,
}  # fmt: skip


def _worded(folded: str) -> timedelta | None:
    days = _WORDED.get(re.sub(r"\s+", " ", folded))
    return None if days is None else timedelta(days=days)
