"""Find the words that a selector means, or say why not; never guess.

A selector is a quote with what may stand before and after it (a TextQuoteSelector of the W3C Web
Annotation Data Model, section 4.2.4). Offsets count Unicode code points of the text as captured.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_QUOTES = str.maketrans("‘’‚‛′`´“”„‟″«»‹›‐‑‒–—−", "'''''''\"\"\"\"\"\"\"''------")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
SUGGEST_FROM = 12
"""Suggest nothing for a shorter quote: unrelated text resembles it too well."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Hold a quote; *occurrence* is a number from 1, ``all``, or None where it must be the only one."""

    quote: str
    before: str = ""
    after: str = ""
    occurrence: int | str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Hold where words stand: from *start* up to *end*."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Miss:
    """Say why a selector means no words: *fault* and *remedy*, as a person needs them."""

    fault: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Normal:
    """Hold normalised text, and the span of the original that each of its characters stands for."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def _normalise(text: str, fold: bool) -> _Normal:
    """Return *text* in NFC with a line break as a space; folded, also as `_QUOTES` and case say."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    index = 0
    while index < len(text):
        end = index + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        cluster = unicodedata.normalize("NFC", text[index:end])
        if cluster in ("\n", "\r") or (fold and cluster.isspace()):
            cluster = " "
        if fold:
            cluster = "" if cluster in _INVISIBLE else cluster.translate(_QUOTES).casefold()
        both_spaces = cluster == " " and out and out[-1] == " "
        if both_spaces and (fold or text[index] in "\r\n"):
            ends[-1] = end
        else:
            for char in cluster:
                out.append(char)
                starts.append(index)
                ends.append(end)
        index = end
    return _Normal("".join(out), starts, ends)


def _matches(quote: str, normal: _Normal) -> list[int]:
    """Return where *quote* stands in normalised text."""
    found, at = [], normal.text.find(quote)
    while quote and at >= 0:
        found.append(at)
        at = normal.text.find(quote, at + 1)
    return found


def _spans(selector: Selector, text: str, fold: bool) -> list[Span]:
    """Return each place that the selector's quote and context mean, at one tier."""
    normal = _normalise(text, fold)
    quote, before, after = (
        _normalise(part, fold).text for part in (selector.quote, selector.before, selector.after)
    )
    quote = quote.strip() if fold else quote
    spans = []
    for at in _matches(quote, normal):
        end = at + len(quote)
        if before and not normal.text[:at].rstrip().endswith(before.strip()):
            continue
        if after and not normal.text[end:].lstrip().startswith(after.strip()):
            continue
        spans.append(Span(normal.starts[at], normal.ends[end - 1]))
    return spans


def locate(selector: Selector, text: str) -> tuple[Span, ...] | Miss:
    """Return the span that *selector* means in *text* (or all, if it says so), or a `Miss`.

    >>> locate(Selector("Foggy Bottom"), "The halls of Foggy\\nBottom")
    (Span(start=13, end=25),)
    >>> locate(Selector("a"), "a b a").remedy
    "add occurrence: 1 to 2, or context: 1: after: 'b'; 2: before: 'b'"
    """
    for fold in (False, True):
        spans = _spans(selector, text, fold)
        if spans:
            return _choose(selector, text, spans)
    return Miss(f"'{_short(selector.quote)}' does not occur", _suggest(selector.quote, text))


def _choose(selector: Selector, text: str, spans: list[Span]) -> tuple[Span, ...] | Miss:
    if selector.occurrence == "all":
        return tuple(spans)
    if isinstance(selector.occurrence, int):
        if 1 <= selector.occurrence <= len(spans):
            return (spans[selector.occurrence - 1],)
        fault = f"'{_short(selector.quote)}' occurs {len(spans)} times, not {selector.occurrence}"
        return Miss(fault, f"write occurrence: 1 to {len(spans)}")
    if len(spans) == 1:
        return (spans[0],)
    contexts = "; ".join(
        f"{number}: {context(text, span, spans)}" for number, span in enumerate(spans[:5], 1)
    )
    fault = f"'{_short(selector.quote)}' occurs {len(spans)} times"
    return Miss(fault, f"add occurrence: 1 to {len(spans)}, or context: {contexts}")


def context(text: str, span: Span, spans: Sequence[Span]) -> str:
    """Return the shortest words on one side that tell *span* from the other *spans*.

    >>> context("one a two a", Span(4, 5), [Span(4, 5), Span(10, 11)])
    "before: 'one'"
    """
    before, after = text[: span.start].split(), text[span.end :].split()
    others = [one for one in spans if one != span]
    for count in range(1, 9):
        left, right = " ".join(before[-count:]), " ".join(after[:count])
        if left and not any(" ".join(text[: o.start].split()).endswith(left) for o in others):
            return f"before: '{left}'"
        if right and not any(" ".join(text[o.end :].split()).startswith(right) for o in others):
            return f"after: '{right}'"
    return f"occurrence: {list(spans).index(span) + 1}"


def _suggest(quote: str, text: str) -> str:
    """Return what the editor may have meant, where something resembles it well enough."""
    from rapidfuzz import fuzz

    least = {True: 90, len(quote) >= 24: 85, len(quote) >= 48: 80}[True]
    if len(quote) < SUGGEST_FROM:
        return "copy the words from the page"
    found = fuzz.partial_ratio_alignment(quote, text, score_cutoff=least)
    if found is None:
        return "copy the words from the page"
    start, end = found.dest_start, found.dest_end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    words = " ".join(text[start:end].split())
    return f"did you mean '{words}'? (… {' '.join(text[max(start - 40, 0) : start].split())} …)"


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 60 else f"{words[:57]}…"


def describe(text: str, span: Span) -> Selector:
    """Return the selector that means *span* and nothing else in *text*: the inverse of `locate`.

    >>> describe("one a two a", Span(4, 5))
    Selector(quote='a', before='one ', after='', occurrence=None)
    """
    quote = text[span.start : span.end]
    if locate(Selector(quote), text) == (span,):
        return Selector(quote)
    for length in range(1, 65):
        before = text[max(span.start - length, 0) : span.start]
        after = text[span.end : span.end + length]
        for selector in (
            Selector(quote, before),
            Selector(quote, "", after),
            Selector(quote, before, after),
        ):
            whole = not (selector.before and _cuts(text, span.start - length)) and not (
                selector.after and _cuts(text, span.end + length)
            )
            if whole and locate(selector, text) == (span,):
                return selector
    found = locate(Selector(quote, occurrence="all"), text)
    spans = found if isinstance(found, tuple) else ()
    return Selector(quote, occurrence=spans.index(span) + 1 if span in spans else None)


def _cuts(text: str, at: int) -> bool:
    """Tell whether a word is cut at an offset."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
