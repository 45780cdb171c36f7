"""Find the words that an annotation from outside means, or say why not; never guess.

A quote is sought as it is written, then folded: in the block that is named, else everywhere but in
the title. What stands around it elsewhere may be another page's furniture, so a context need agree
on one side only; but where it disagrees on both, or tells several places not apart, none is taken.
A count of characters is believed only within a block of our own, and not against a quote.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from urllib.parse import urlsplit

from ..entries.entry_selectors import occurrences, shared_start
from ..folding import fold, needs_spaces, squeeze
from ..places import Places
from ..selectors import Span, locate
from .web_annotations import Foreign, Part

ENOUGH = 6
"""So many letters of context that agree, nearest first, are no chance."""
AHEAD = 4
"""By how many letters the best place must agree more than any other."""
LONG = 48
"""A quote of so many letters, found once, needs no context."""
_REACH = 200
_TAG = re.compile(r"tag:[^:]+:(?P<slug>[a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Found:
    """Say where words stand; without spans all of *place* is meant. *reason* says why it is not known."""

    place: str
    spans: tuple[Span, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Ground:
    """Hold the *places* of an item where words are sought."""

    places: Places

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Return the letters of each place but the title."""
        texts = self.places.texts
        return letters_of({name: texts[name] for name in texts if name != "title"})

    def named(self, block: str) -> tuple[str, int, int] | None:
        """Return the place of a paragraph or comment, and where in the place's text it stands."""
        for name, first, last in self.places.blocks:
            if name == block:
                return "article", first, last
        if block.startswith("comment-") and block in self.places.texts:
            return block, 0, len(self.places.texts[block])
        return None


def letters_of(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Return the folded letters of each text: a quote whose letters are not there is not looked for."""
    return {name: squeeze(fold(text)) for name, text in texts.items()}


def find_foreign(one: Foreign, ground: Ground) -> tuple[Found, ...]:
    """Return where each target of an annotation is; those of our own export, joined to one."""
    if one.lost:
        return (Found(one.place or "article", reason="its words were lost where it comes from"),)
    if one.kind and not any(part.exact or part.start is not None for part in one.parts):
        return (_whole(one.place, ground),)
    if not one.parts:
        return (Found("page", reason="it does not say what it is about"),)
    if not one.kind:
        return tuple(_find(part, ground) for part in one.parts)
    groups = [list(group) for _, group in groupby(one.parts, key=lambda part: part.target)]
    joined = [_joined([_find(part, ground) for part in group]) for group in groups]
    failed = [found for found in joined if found.reason]
    places = {found.place for found in joined}
    if failed or len(places) > 1:
        return tuple(failed[:1] or joined)
    return (Found(joined[0].place, tuple(span for found in joined for span in found.spans)),)


def _whole(place: str, ground: Ground) -> Found:
    name = place.removeprefix("commenter:").strip() if place.startswith("commenter:") else ""
    if place in ("page", *ground.places.texts) or name in ground.places.authors:
        return Found(place)
    return Found("page", reason=f"there is no {place or 'such place'} in this item")


def _joined(found: Sequence[Found]) -> Found:
    """Return the parts of one target, which follow each other, as one span."""
    failed = [one for one in found if one.reason]
    spans = [span for one in found for span in one.spans]
    if failed or len(spans) < len(found) or len({one.place for one in found}) > 1:
        return (*failed, Found(found[0].place, reason="its parts do not make one passage"))[0]
    return Found(found[0].place, (Span(spans[0].start, spans[-1].end),))


def _find(part: Part, ground: Ground) -> Found:
    """Return where the words of a part stand."""
    named = ground.named(part.block)
    if part.block.startswith("comment-") and named is None:
        return Found("page", reason=f"there is no {part.block} in this item")
    if not part.exact:
        return _without_quote(part, named)
    if named:
        place, first, last = named
        texts = {place: ground.places.texts[place][first:last]}
        inner = [span for _, span in _everywhere(part.exact, texts, letters_of(texts))]
        spans = [Span(span.start + first, span.end + first) for span in inner]
        counted = Span(first + (part.start or 0), first + (part.end or 0))
        if counted in spans and _weight(part, ground.places.texts[place], counted) is not None:
            return Found(place, (counted,))
        if spans or place != "article":
            return _chosen(part, [(place, span) for span in spans], ground)
    letters = ground.letters if not named else {"article": ground.letters["article"]}
    return _chosen(part, _everywhere(part.exact, ground.places.texts, letters), ground)


def _everywhere(
    quote: str, texts: Mapping[str, str], letters: Mapping[str, str]
) -> tuple[tuple[str, Span], ...]:
    """Return where a quote occurs in those of *texts* that have its *letters*."""
    wanted = squeeze(fold(quote))
    return occurrences(quote, texts, [name for name in letters if wanted in letters[name]], locate)


def _without_quote(part: Part, named: tuple[str, int, int] | None) -> Found:
    if part.start is None or part.end is None:
        if part.unknown:
            kinds = ", ".join(part.unknown)
            return Found("page", reason=f"how it says where it belongs is not understood: {kinds}")
        if named and named[0] == "article":
            return Found("article", (Span(*named[1:]),))
        return Found(named[0] if named else "page")
    if named is None:
        return Found(
            "page", reason="it counts characters of a text that is not known, and quotes none"
        )
    place, first, last = named
    if not 0 <= part.start < part.end <= last - first:
        return Found(place, reason="its characters are not within the block that it names")
    return Found(place, (Span(first + part.start, first + part.end),))


def _chosen(part: Part, found: Sequence[tuple[str, Span]], ground: Ground) -> Found:
    """Return the one place that is certain among those where the words occur."""
    place = {name for name, _ in found}
    where = place.pop() if len(place) == 1 else "page"
    if not found:
        return Found("page", reason="its words do not occur here")
    weights = [_weight(part, ground.places.texts[name], span) for name, span in found]
    ranked = sorted((w for w in weights if w is not None), reverse=True)
    if len(found) == 1 and (ranked or len(squeeze(fold(part.exact))) >= LONG):
        return Found(where, (found[0][1],))
    if not ranked:
        reason = "where its words occur, other words stand around them than it says"
        return Found(where, reason=reason)
    second = ranked[1] if len(ranked) > 1 else None
    if ranked[0] > 0 and (second is None or ranked[0] >= max(second + AHEAD, ENOUGH)):
        name, span = found[weights.index(ranked[0])]
        return Found(name, (span,))
    reason = f"its words occur {len(found)} times, and it does not tell them apart"
    return Found(where, reason=reason)


def _weight(part: Part, text: str, span: Span) -> int | None:
    """Return how many letters of context agree; None where it cannot be this place."""
    before, after = text[max(span.start - _REACH, 0) : span.start], text[span.end :][:_REACH]
    words = text[span.start : span.end]
    if _cuts(before, words, part.prefix[-1:]) or _cuts(words, after, part.suffix[:1]):
        return None
    left = _side(part.prefix[-_REACH:][::-1], before[::-1], before.rpartition("\n\n")[2])
    right = _side(part.suffix[:_REACH], after, after.partition("\n\n")[0])
    if left is None or right is None:
        return (left or right) if (left or right or 0) >= ENOUGH else None
    return left + right


def _cuts(before: str, after: str, given: str) -> bool:
    """Tell whether a word is cut here, and *given*, the nearest character of context, does not say so."""
    around = before[-1:] + after[:1]
    is_cut = len(around) == 2 and around.isalnum() and needs_spaces(fold(around))
    return is_cut and not given.isalnum()


def _side(given: str, own: str, block: str) -> int | None:
    """Return how many letters agree from the quote on, or None where the context is another.

    A context may go on otherwise where our block ends.

    >>> _side(" of the rain", " of the rail", " of the rail"), _side("a b", "c", "c")
    (8, None)
    """
    theirs, ours = squeeze(fold(given)), squeeze(fold(own))
    count = len(shared_start([theirs, ours]))
    in_block = len(squeeze(fold(block)))
    return count if count >= min(len(theirs), len(ours), ENOUGH, in_block) else None


def other_subject(source: str, slug: str, address: str | None, is_ours: bool = False) -> str:
    """Say why a target is not about the item *slug*, whose original is at *address*, if it is not.

    >>> other_subject("http://www.a.example/b/", "b2", "https://a.example/b")
    ''
    >>> other_subject("tag:archive.invalid,2026:c", "b", None)
    "it is about the item 'c'"
    """
    tag = _TAG.match(source)
    ends = _address(source)[1].removesuffix("/index.html").removesuffix(".html").rpartition("/")[2]
    name = tag["slug"] if tag else ends
    if not source or name == slug or (address and _address(source) == _address(address)):
        return ""
    if tag or is_ours:
        return f"it is about the item '{name}'"
    return "it is about another address" if address else ""


def _address(text: str) -> tuple[str, str]:
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", text
    return host, parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
