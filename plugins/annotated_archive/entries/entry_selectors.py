"""Say in an entry which words are meant, so that they and no others are found again."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from ..places import Places, find
from ..project import make_slug
from ..selectors import Miss, Selector, Span, describe
from ..yaml_file import Value

LONG = 160
"""A quote of more characters is written by its first and its last words."""
_CONTEXT = 99
Values = dict[str, Value]


def occurrences(
    quote: str,
    texts: Mapping[str, str],
    names: Sequence[str],
    look: Callable[[Selector, str], tuple[Span, ...] | Miss] = find,
) -> tuple[tuple[str, Span], ...]:
    """Return each place and span where *quote* occurs: as it is written, else folded.

    *look* is `find`, which knows shorthand, or `locate`, which takes every sign as it is.

    >>> occurrences("Rain", {"a": "rain", "b": "Rain"}, ["a", "b"])
    (('b', Span(start=0, end=4)),)
    """
    found = []
    for name in names:
        spans = look(Selector(quote, occurrence="all"), texts[name])
        found += [(name, span) for span in spans] if isinstance(spans, tuple) else []
    exact = [
        (name, s) for name, s in found if _plain(texts[name][s.start : s.end]) == _plain(quote)
    ]
    return tuple(exact or found)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def selection(places: Places, place: str, spans: Sequence[Span]) -> Values | None:
    """Return what an entry says of its place and words; None where it cannot say so."""
    values: Values = {"in": place} if place != "article" else {}
    if not spans:
        return values
    selector = selector_for(places.texts[place], spans)
    if selector is None:
        return None
    parts = {"quote": selector.quote, "before": selector.before, "after": selector.after}
    values |= {name: part for name, part in parts.items() if part}
    return values | ({"occurrence": selector.occurrence} if selector.occurrence else {})


def selector_for(text: str, spans: Sequence[Span]) -> Selector | None:
    """Return the shortest selector found that means just *spans* of a place's *text*, if there is one.

    >>> selector_for("one a two a", [Span(4, 5)]), selector_for("a b a", [Span(0, 1), Span(4, 5)])
    (Selector(quote='a', before='one', after='', occurrence=None), Selector(quote='a', before='', after='', occurrence='all'))
    """
    tried = _for_one(text, spans[0]) if len(spans) == 1 else _for_all(text, spans)
    return next((one for one in tried if find(one, text) == tuple(spans)), None)


def _for_one(text: str, span: Span) -> Iterator[Selector]:
    """Yield selectors of one span: in full, or by its ends where it is long or nothing else will do."""
    if span.end - span.start > LONG:
        yield from _by_ends(text, span)
    whole = describe(text, span)
    sides = {"before": _line(whole.before), "after": _line(whole.after)}
    yield replace(whole, quote=_line(whole.quote), **sides)
    yield whole
    yield from _by_ends(text, span)


def _by_ends(text: str, span: Span) -> Iterator[Selector]:
    """Yield selectors of a passage by its first and its last words, with context where it needs it."""
    words = list(re.finditer(r"\S+", text[span.start : span.end]))
    for count in (4, 6, 9, 13, 2, 1):
        if len(words) <= 2 * count:
            continue
        head = Span(span.start, span.start + words[count - 1].end())
        tail = Span(span.start + words[-count].start(), span.end)
        quote = f"{_line(text[head.start : head.end])} … {_line(text[tail.start : tail.end])}"
        yield Selector(quote)
        before, after = describe(text, head).before, describe(text, tail).after
        yield Selector(quote, _line(before), _line(after))


def _line(text: str) -> str:
    return re.sub(r"\s*[\r\n]\s*", " ", text).strip()


def _for_all(text: str, spans: Sequence[Span]) -> Iterator[Selector]:
    """Yield selectors of several spans: as they are written, or as they are alike when folded."""
    quotes = dict.fromkeys(_line(text[span.start : span.end]) for span in spans)
    first = next(iter(quotes))
    folded = (first.casefold(), first.upper(), first.swapcase(), f"{first[:1]}\u2060{first[1:]}")
    for quote in (*quotes, *folded):
        for before, after in _shared(text, spans):
            yield Selector(quote, before, after, "all")


def _shared(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """Yield what all *spans* have before and after them: nothing, few words, all that they share."""
    yield "", ""
    for case in (str, str.casefold):
        befores = [case(_line(text[max(s.start - _CONTEXT, 0) : s.start])) for s in spans]
        afters = [case(_line(text[s.end : s.end + _CONTEXT])) for s in spans]
        before = shared_start([one[::-1] for one in befores])[::-1].strip()
        after = shared_start(afters).strip()
        for count in (1, 2, 4, 8, 99):
            left = " ".join(before.split()[-count:])
            right = " ".join(after.split()[:count])
            yield from ((left, ""), ("", right), (left, right))
        yield from ((before, ""), ("", after), (before, after))


def shared_start(texts: Sequence[str]) -> str:
    """Return what all *texts* begin with.

    >>> shared_start(["abc", "abd", "abca"])
    'ab'
    """
    first, last = min(texts), max(texts)
    pairs = zip(first, last, strict=False)
    differs = (at for at, (one, other) in enumerate(pairs) if one != other)
    return first[: next(differs, min(len(first), len(last)))]


def free_id(words: str, taken: Collection[str]) -> str:
    """Return an id made of the first of *words*, with -2, -3 where it is *taken*.

    >>> free_id("Foggy Bottom", {"foggy-bottom"})
    'foggy-bottom-2'
    """
    base = "-".join(make_slug(" ".join(words.split()[:5])).split("-")[:5])[:48].strip("-") or "note"
    number = 1
    while (name := f"{base}-{number}" if number > 1 else base) in taken:
        number += 1
    return name
