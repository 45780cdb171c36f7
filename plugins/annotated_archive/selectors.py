"""Find the words that a selector means, or say why not; never guess.

A selector is a quote with what may stand before and after it (a TextQuoteSelector of the W3C Web
Annotation Data Model, section 4.2.4). Offsets count Unicode code points of the text as captured.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from .folding import needs_spaces
from .normal_form import Normal, normal_of, normalise

_TOKEN = re.compile(r"\S+")
_SIGNS = " .,:;!?'\"()[]-…"
SUGGEST_FROM = 12
"""Suggest nothing for a shorter quote: unrelated text resembles it too well."""
_SUGGEST_TO = 500
"""Suggest nothing for a longer one: its ends are the better quote, and to look takes long."""
_LEAST = ((48, 80), (24, 85), (SUGGEST_FROM, 90))
"""How like the quote words must be, in percent, from each length of quote on."""
_AHEAD, _BESIDE, _NEAREST = 10, 80, 24
"""By how much they must lead, and how like the context the nearest characters must be on one side."""
_CONTEXT = 64
"""How many characters of context at most are written on each side."""
_FEW = 50
"""Of more places than this, none is told from the others."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Hold a quote; *occurrence* is a number from 1, one as in ``2 of 3``, ``all``, or None.

    With ``2 of 3`` the words are found only while there are three; with None, while there is one.
    """

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


def _parts(fold: bool, *texts: str) -> list[str]:
    """Return normalised parts of a selector, without outer white space."""
    return [normalise(text, fold).text.strip() for text in texts]


def _places(quote: str, normal: Normal) -> Iterator[tuple[int, int, Span]]:
    """Yield where a normalised *quote* begins and ends in normalised text, and in the original."""
    at = normal.text.find(quote) if quote else -1
    while at >= 0:
        start, end = normal.original(at, False), normal.original(at + len(quote), True)
        if start is not None and end is not None:
            yield at, at + len(quote), Span(start, end)
        at = normal.text.find(quote, at + 1)


def _between(
    places: Iterable[tuple[int, int, Span]], normal: Normal, before: str, after: str
) -> Iterator[Span]:
    """Yield the places that stand between *before* and *after*; spaces at the seams are free."""
    text = normal.text
    for start, end, span in places:
        while before and start and text[start - 1].isspace():
            start -= 1
        while after and end < len(text) and text[end].isspace():
            end += 1
        if text.endswith(before, 0, start) and text.startswith(after, end):
            first = normal.original(start - len(before), False) if before else 0
            last = normal.original(end + len(after), True) if after else 0
            if first is not None and last is not None:
                yield span


def locate(selector: Selector, text: str) -> tuple[Span, ...] | Miss:
    """Return the span that *selector* means in *text* (or all, if it says so), or a `Miss`.

    Words are sought as they are written, then folded; white space around the quote means nothing.

    >>> locate(Selector("Foggy Bottom"), "The halls of Foggy\\nBottom")
    (Span(start=13, end=25),)
    >>> locate(Selector("a"), "a b a").remedy
    "add occurrence: 1 to 2, or context: 1: after: 'b'; 2: before: 'b'"
    """
    elsewhere = ""
    for fold in (False, True):
        normal = normal_of(text, fold)
        quote, before, after = _parts(fold, selector.quote, selector.before, selector.after)
        places = list(_places(quote, normal))
        spans = list(_between(places, normal, before, after))
        if spans:
            return _choose(selector, text, spans)
        elsewhere = " with that context" if places else ""
    fault = f"'{_short(selector.quote)}' does not occur{elsewhere}"
    return Miss(fault, _suggest(selector, text) or "copy the words from the page")


def _choose(selector: Selector, text: str, spans: list[Span]) -> tuple[Span, ...] | Miss:
    """Return those of *spans* that the selector's occurrence means."""
    if selector.occurrence == "all":
        return tuple(spans)
    several = len(spans) > 1
    fault = f"'{_short(selector.quote)}' occurs {f'{len(spans)} times' if several else 'once'}"
    if selector.occurrence is not None:
        number, _, count = str(selector.occurrence).partition(" of ")
        if int(count or len(spans)) == len(spans) and 1 <= int(number) <= len(spans):
            return (spans[int(number) - 1],)
        remedy = f"write occurrence: 1 to {len(spans)}" if several else "leave the occurrence out"
        return Miss(f"{fault}, not {count or number}", remedy)
    if not several:
        return (spans[0],)
    contexts = "before: or after:"
    if len(spans) <= _FEW:
        shown = enumerate(spans[:5], 1)
        contexts = "; ".join(f"{number}: {context(text, span, spans)}" for number, span in shown)
    return Miss(fault, f"add occurrence: 1 to {len(spans)}, or context: {contexts}")


def context(text: str, span: Span, spans: Sequence[Span]) -> str:
    """Return the shortest words on one side that tell *span* from the other *spans*.

    >>> context("one a two a", Span(4, 5), [Span(4, 5), Span(10, 11)])
    "before: 'one'"
    """
    before = text[max(span.start - 400, 0) : span.start].split()[-8:]
    after = text[span.end : span.end + 400].split()[:8]
    others = [one for one in spans if one != span]
    for count in range(1, 9):
        left, right = " ".join(before[-count:]), " ".join(after[:count])
        reach = 4 * max(len(left), len(right)) + 40
        if left and not any(_words(text, o.start - reach, o.start).endswith(left) for o in others):
            return f"before: '{left}'"
        if right and not any(_words(text, o.end, o.end + reach).startswith(right) for o in others):
            return f"after: '{right}'"
    return f"occurrence: {list(spans).index(span) + 1}"


def _words(text: str, start: int, end: int) -> str:
    return " ".join(text[max(start, 0) : end].split())


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 60 else f"{words[:57]}…"


def _suggest(selector: Selector, text: str) -> str:
    """Ask whether words were meant that resemble the quote, if no others do nearly as well."""
    quote, before, after = _parts(True, selector.quote, selector.before, selector.after)
    quote, normal = quote.strip(_SIGNS), normal_of(text, True)
    least = next((share for length, share in _LEAST if len(quote) >= length), None)
    found = _likest(quote, normal.text, least) if least and len(quote) <= _SUGGEST_TO else None
    if found is None or not _is_beside(before, after, normal.text, *found[1:]):
        return ""
    score, start, end = found
    rivals = (normal.text[:start], normal.text[end:])
    if any(_likest(quote, rival, score - _AHEAD + 0.01) for rival in rivals):
        return ""
    while (first := normal.original(start, False)) is None:
        start -= 1
    while (last := normal.original(end, True)) is None:
        end += 1
    beside = _words(text, first - 40, first) or _words(text, last, last + 40)
    return f"did you mean '{_words(text, first, last)}'?{f' (… {beside} …)' if beside else ''}"


def _likest(quote: str, text: str, least: float) -> tuple[float, int, int] | None:
    """Return how like *quote* the likest words of *text* are, in percent, and where they stand."""
    from rapidfuzz import fuzz

    def score(start: int, end: int) -> float:
        return fuzz.ratio(quote, text[start:end].strip(_SIGNS))

    found = fuzz.partial_ratio_alignment(quote, text, score_cutoff=least - 20)
    if found is None:
        return None
    start, end = found.dest_start, found.dest_end
    words = list(_TOKEN.finditer(text, max(start - _NEAREST, 0), end + _NEAREST))
    starts = [at for at in (*(word.start() for word in words), start) if not _cuts(text, at)]
    ends = [at for at in (*(word.end() for word in words), end) if not _cuts(text, at)]
    end = max((at for at in ends if at > start), key=lambda at: score(start, at), default=end)
    start = max((at for at in starts if at < end), key=lambda at: score(at, end), default=start)
    return (score(start, end), start, end) if score(start, end) >= least else None


def _is_beside(before: str, after: str, text: str, start: int, end: int) -> bool:
    """Tell whether on one side there is nearly what should be; true, if nothing should."""
    from rapidfuzz import fuzz

    before, after = before.strip(_SIGNS)[-_NEAREST:], after.strip(_SIGNS)[:_NEAREST]
    left, right = text[max(start - 99, 0) : start].strip(_SIGNS), text[end : end + 99].strip(_SIGNS)
    scores = (fuzz.ratio(before, left[-len(before) :]), fuzz.ratio(after, right[: len(after)]))
    given = [score for part, score in zip((before, after), scores, strict=True) if part]
    return not given or max(given) >= _BESIDE


def describe(text: str, span: Span) -> Selector:
    """Return the selector that means *span* and nothing else in *text*: the inverse of `locate`.

    The span is widened where it cuts what readers see as one character; outer white space is left
    out. Context is the shortest that will do: whole words of one block, on one side if it can be.

    >>> describe("one a two a", Span(4, 5))
    Selector(quote='a', before='one ', after='', occurrence=None)
    >>> describe("a\\n\\na", Span(3, 4))
    Selector(quote='a', before='', after='', occurrence='2 of 2')
    """
    normal = normal_of(text, False)
    words = text[span.start : span.end]
    start = normal.unit(span.end - len(words.lstrip()))[0]
    end = normal.unit(span.start + len(words.rstrip()))[1]
    span, quote = Span(start, end), text[start:end]
    places = list(_places(_parts(False, quote)[0], normal))
    for before, after in dict.fromkeys(_sides(text, span, n) for n in range(_CONTEXT + 1)):
        for sides in ((before, ""), ("", after), (before, after)):
            if [*islice(_between(places, normal, *_parts(False, *sides)), 2)] == [span]:
                return Selector(quote, *sides)
    spans = [place[2] for place in places]
    number = f"{spans.index(span) + 1} of {len(spans)}" if spans else None
    return Selector(quote, occurrence=number)


def _sides(text: str, span: Span, length: int) -> tuple[str, str]:
    """Return the whole words of the block on each side of *span*, up to *length* characters."""
    start, end = max(span.start - length, 0), min(span.end + length, len(text))
    while start < span.start and _cuts(text, start):
        start += 1
    while end > span.end and _cuts(text, end):
        end -= 1
    before, after = text[start : span.start], text[span.end : end]
    return before.rpartition("\n\n")[2], after.partition("\n\n")[0]


def _cuts(text: str, at: int) -> bool:
    """Tell whether a word is cut at an offset, where words have spaces between them."""
    around = text[at - 1 : at + 1] if at else ""
    return len(around) == 2 and around.isalnum() and needs_spaces(around)
