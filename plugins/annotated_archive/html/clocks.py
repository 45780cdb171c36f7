"""Find out how a page writes its dates: which comes first, the day or the month."""

import re
from datetime import datetime

from .index import Index
from .stamps import Clock, Order, order_of, read_iso

_NUMERIC = re.compile(r"(?<![\d/.:-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d:])")
_LONGEST = 120


def page_clock(index: Index, text: str, language: str, captured: str | None) -> Clock:
    """Return what is known of a page's dates, from all of them together."""
    when = read_iso(captured) if captured else None
    order = _order(index) if _NUMERIC.search(text) else None
    return Clock(language, order, when.local if when else None)


def _order(index: Index) -> Order | None:
    """Return the order that the page's dates in figures show: those of which one part is above 12,
    and those beside a machine's date.
    """
    votes = {"day-first": 0, "month-first": 0}
    for one in index.elements:
        if one.tag in ("script", "style"):
            continue
        for text in (one.text, one.tail):
            if not text or len(text) > _LONGEST:
                continue
            for found in _NUMERIC.finditer(text):
                first, second = int(found[1]), int(found[3])
                machine = one.get("datetime") or one.get("title") or ""
                own = order_of(first, second) or _beside(machine, first, second)
                if own:
                    votes[own] += 1
    if votes["day-first"] == votes["month-first"]:
        return None
    return "day-first" if votes["day-first"] > votes["month-first"] else "month-first"


def _beside(machine: str, first: int, second: int) -> Order | None:
    stamp = read_iso(machine)
    if stamp is None or first == second:
        return None
    local: datetime = stamp.local
    if (local.day, local.month) == (first, second):
        return "day-first"
    return "month-first" if (local.month, local.day) == (first, second) else None
