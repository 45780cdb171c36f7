"""Make gloss annotations of the glossary's entries, wherever their terms occur."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

import ahocorasick_rs

from .folding import fold, needs_spaces
from .model import Annotation, Document, GlossaryEntry, Target
from .normal_form import normal_of
from .places import places_of

PREFIX = "glossary-"
"""What the ids of these annotations begin with."""


class Glossary:
    """Find the terms of all entries in one pass over a text, however many entries there are."""

    def __init__(self, entries: Sequence[GlossaryEntry]) -> None:
        self.entries = entries
        needles = [(fold(term), place) for place, one in enumerate(entries) for term in one.terms]
        self._owners = [place for _, place in needles]
        self._search = ahocorasick_rs.AhoCorasick(
            [_first_word(words) for words, _ in needles], store_patterns=False
        )
        self._patterns = [_pattern(one.terms) for one in entries]

    def __reduce__(self) -> tuple[type["Glossary"], tuple[Sequence[GlossaryEntry]]]:
        """Pickle the entries alone: another process makes its own of what finds them."""
        return Glossary, (self.entries,)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def annotations(
        self, document: Document, tags: Iterable[str], own: Sequence[Annotation] = ()
    ) -> tuple[Annotation, ...]:
        """Return a gloss for each entry whose scope holds and whose term occurs.

        Where an editor's *own* gloss of the item explains the same words, the entry keeps silent.
        """
        glossed = _glossed(own)
        scopes = {document.slug}, set(tags)
        found: dict[int, list[Target]] = {}
        for place, text in places_of(document).texts.items():
            if place == "title":
                continue
            for number in self._candidates(text):
                if _holds(self.entries[number], *scopes):
                    targets = found.setdefault(number, [])
                    targets += self._targets(number, place, text, glossed.get(place, ()))
        return tuple(
            _annotation(self.entries[number], targets)
            for number, targets in sorted(found.items())
            if targets
        )

    def _candidates(self, text: str) -> list[int]:
        """Return the numbers of the entries of which a term may stand in *text*."""
        hits = self._search.find_matches_as_indexes(fold(text), overlapping=True)
        return sorted({self._owners[pattern] for pattern, _, _ in hits})

    def _targets(
        self, number: int, place: str, text: str, glossed: Sequence[tuple[int, int]]
    ) -> Iterator[Target]:
        for found in self._patterns[number].finditer(text):
            start, end = found.span()
            if any(_cuts(text, at) for at in (start, end)):
                continue  # it would cut a letter from its accent
            if not any(first < end and start < last for first, last in glossed):
                yield Target(place, start, end)


def _cuts(text: str, at: int) -> bool:
    """Tell whether *at*, where a word begins or ends, cuts a character from what belongs to it."""
    return not text[at : at + 1].isascii() and normal_of(text, False).unit(at) != (at, at)


def _first_word(words: str) -> str:
    """Return the beginning of a folded term up to its first separator: what any form of it holds."""
    return re.split(r"[\W_]", words.strip(), maxsplit=1)[0] or words.strip()


def _pattern(terms: Sequence[str]) -> re.Pattern[str]:
    """Return what finds terms as whole words; one with a capital letter only as it is written.

    >>> _pattern(["US"]).findall("the US, not us"), _pattern(["vali"]).findall("Vali, valid")
    (['US'], ['Vali'])
    """
    options = []
    for term in sorted(terms, key=len, reverse=True):
        forms = dict.fromkeys(unicodedata.normalize(form, term) for form in ("NFC", "NFD"))
        words = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
        words = f"(?:{words})" if term != term.lower() else f"(?i:{words})"
        if needs_spaces(fold(term)):
            edges = [
                r"(?<!\w)" if term[:1].isalnum() else "",
                r"(?!\w)" if term[-1:].isalnum() else "",
            ]
            words = f"{edges[0]}{words}{edges[1]}"
        options.append(words)
    return re.compile("|".join(options))


def _holds(entry: GlossaryEntry, slugs: set[str], tags: set[str]) -> bool:
    if not entry.items and not entry.item_tags:
        return True
    return bool(slugs.intersection(entry.items) or tags.intersection(entry.item_tags))


def _glossed(own: Sequence[Annotation]) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Return where the item's own glosses stand, by place."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for one in own:
        for target in one.targets if one.kind == "gloss" else ():
            if target.span:
                spans.setdefault(target.place, []).append(target.span)
    return spans


def _annotation(entry: GlossaryEntry, targets: Sequence[Target]) -> Annotation:
    return Annotation(
        id=f"{PREFIX}{entry.id}",
        kind="gloss",
        place=targets[0].place,
        body=entry.body,
        tags=entry.tags,
        by=entry.by,
        date=entry.date,
        targets=tuple(targets) if entry.everywhere else (targets[0],),
        entry=entry.id,
    )
