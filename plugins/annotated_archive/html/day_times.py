"""Read times of day: of 12 and of 24 hours, with the words and zones of many languages."""

import re
from datetime import timedelta

from .calendar_words import day_halves, fold, language_of

_ZONE = re.compile(
    r"(?:\b(?P<utc>UTC|GMT)\s*(?P<off>[+-]\s?\d{1,2}(?::?\d{2})?)\b|(?P<num>(?<![\d:-])[+-]\d{2}:?\d{2}\b)"
    r"|(?<![A-Za-z])(?P<name>UTC|GMT|[ECMP][SD]?T|CES?T|MESZ|MEZ|BST|WES?T|EES?T|JST|MSK|AE[SD]T)(?![A-Za-z]))"
)
CLOCK = re.compile(
    r"(?<![\d:.])(?P<h>\d{1,2})(?:\s?(?:[:.]|h(?:rs?)?\s?|時\s?|点\s?|시\s?|u\s?)(?P<m>\d{2})(?!\d)\s?(?:(?:[:.]|m|分\s?)(?P<s>\d{2})(?!\d))?)(?:\.\d+)?"
)
_HOUR = re.compile(r"(?<![\d:.])(?P<h>\d{1,2})\s?(?P<half>[ap])\.?\s?m\b")


def offset(zone: str) -> str:
    """Return an offset as ``+02:00``, or Z as it is."""
    zone = zone.strip().replace(" ", "").upper()
    if zone[:1] not in ("+", "-") or not zone:
        return zone
    digits = zone[1:].replace(":", "")
    digits = digits.zfill(2) + "00" if len(digits) <= 2 else digits.zfill(4)
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def zone_at(text: str, start: int) -> tuple[str, int]:
    """Return the zone printed right after a time, and where it ends."""
    found = _ZONE.search(text[start : start + 14])
    if not found or text[start : start + found.start()].strip(" ("):
        return "", start
    zone = offset(found["off"] or found["num"] or "") or (found["name"] or "").upper()
    zone = {"MEZ": "CET", "MESZ": "CEST"}.get(zone, zone)
    return zone, start + found.end()


def read_clock(folded: str, language: str, reach: int) -> tuple[int, int, timedelta] | None:
    """Return where a time of day stands in *folded*, and how long after midnight it is."""
    found = CLOCK.search(folded)
    if not found or found.start() > reach:
        found = _HOUR.search(folded)
        if not found or found.start() > reach:
            return None
    hour, minute = int(found["h"]), int(found.groupdict().get("m") or 0)
    second = int(found.groupdict().get("s") or 0)
    half, start, end = _half(folded, found, language)
    if half is not None and 1 <= hour <= 12:
        hour = hour % 12 + half
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute):
        return None
    return start, end, timedelta(hours=hour % 24, minutes=minute, seconds=second)


def find_clock(text: str, language: str) -> timedelta | None:
    """Return the time of day in a text without a date, or None.

    >>> find_clock("Ann Lee @ 5:57 pm", "en")
    datetime.timedelta(seconds=64620)
    """
    folded = fold(text)
    found = re.search(r"\d[:.h]\d\d|\d\s?[ap]m", folded)
    clock = read_clock(folded, language_of(language), 400) if found else None
    return clock[2] if clock else None


def _half(folded: str, found: re.Match[str], language: str) -> tuple[int | None, int, int]:
    """Return which half of the day is printed beside a time, and the extent of both."""
    start, end = found.span()
    if "half" in found.groupdict():
        return (12 if found["half"] == "p" else 0), start, end
    after, before = folded[end : end + 16].lstrip(), folded[max(start - 12, 0) : start].rstrip()
    for word, half in sorted(day_halves(language).items(), key=lambda one: -len(one[0])):
        if after.startswith(word) and not after[len(word) : len(word) + 1].isalpha():
            skip = len(folded[end : end + 16]) - len(after) + len(word)
            return half, start, end + skip + (folded[end + skip : end + skip + 1] == ".")
        if before.endswith(word) and not word.isascii():
            return half, folded.rfind(word, 0, start), end
    return None, start, end
