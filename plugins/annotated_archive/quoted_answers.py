"""Guess whom a comment answers by the words that it quotes."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick_rs

from .discussion import Discussion, Guess
from .model import Comment, Document
from .normal_form import folded

LETTERS = 25
"""A quotation of fewer letters tells nothing."""
_SHINGLE = 24
_LONGEST = 400
_MOST = 12
"""So many quotations of one comment are looked for."""
_ALIKE = 8
_SHOWN = 60
_QUOTED = re.compile(
    r"“([^“”]{20,})”|„([^„“”]{20,})[“”]|«([^«»]{20,})»|»([^«»]{20,})«|「([^「」]{20,})」"
    r"|‘([^‘’]{20,})’(?!\w)|(?<!\w)\"([^\"\n]{20,})\"(?!\w)"
)
_MARK = re.compile('[“„«»「‘"]')
_LINE = re.compile(r"^[ \t]*(?:>|&gt;)+[ \t>]*(.+)$", re.MULTILINE)
_CUT = re.compile(r"…|\.{3,}|\[\.*\]|\n+")
_EDGES = " \t\n.,;:!?…-–—\"'“”‘’«»()[]"
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Passage:
    """Hold a passage that a comment quotes: as it stands there, and folded."""

    place: int
    words: str
    folded: str


def quoted_answers(discussion: Discussion) -> Iterator[Guess]:
    """Yield a guess for each passage that one earlier comment alone says, and the article does not.

    Who but quotes it as well does not say it.
    """
    document, ranks = discussion.document, discussion.ranks
    comments = document.comments
    hidden = [f"[{one.replacement}]" for one in document.withheld]
    passages = [
        passage
        for place in discussion.open
        for passage in _passages(place, comments[place])
        if not any(words in passage.words for words in hidden)
    ]
    sources = _sources({one.folded for one in passages}, document) if passages else {}
    for passage in passages:
        earlier = [one for one in sources[passage.folded] if ranks[one] < ranks[passage.place]]
        if len(earlier) == 1 and comments[earlier[0]].author != comments[passage.place].author:
            yield Guess(passage.place, earlier[0], _shortened(passage.words))


def _quotations(comment: Comment) -> tuple[str, ...]:
    """Return what a comment quotes: between quotation marks, in lines of ``>``, or set as a quote."""
    quoted = list(_between_marks(comment.text))
    quoted += [found[1] for found in _LINE.finditer(comment.text)]
    quoted += [comment.text[s.start : s.end] for s in comment.styles if s.kind == "quote"]
    return tuple(dict.fromkeys(quoted))[:_MOST]


def _between_marks(text: str) -> Iterator[str]:
    at = 0
    while mark := _MARK.search(text, at):
        found = _QUOTED.match(text, mark.start())
        if found:
            yield found.group(found.lastindex or 0)
        at = (found or mark).end()


def _passages(place: int, comment: Comment) -> Iterator[_Passage]:
    """Yield the passages that a comment quotes: the longest unbroken part of each."""
    for quotation in _quotations(comment):
        part = max(_CUT.split(quotation), key=len).strip(_EDGES)[:_LONGEST]
        if len(_LETTER.findall(part)) >= LETTERS:
            words = folded(part)
            if len(words) >= _SHINGLE:
                yield _Passage(place, part, words)


def _sources(passages: Collection[str], document: Document) -> Mapping[str, Sequence[int]]:
    """Return for each folded passage the places of the comments that say it; none if the article does.

    All are sought at once, by their beginnings: these are of one length, so that at most one ends
    at any place of a text. A beginning that many quotations share tells nothing.
    """
    by_start: dict[str, list[str]] = {}
    for passage in sorted(passages):
        by_start.setdefault(passage[:_SHINGLE], []).append(passage)
    starts = [start for start, group in by_start.items() if len(group) <= _ALIKE]
    search = ahocorasick_rs.AhoCorasick(starts)
    found: dict[str, list[int]] = {passage: [] for passage in passages}

    def said(text: str) -> Collection[str]:
        words = folded(text)
        tries: dict[int, int] = {}
        hits: set[str] = set()
        for number, at, _ in search.find_matches_as_indexes(words, overlapping=True):
            tries[number] = tries.get(number, 0) + 1
            if tries[number] <= _ALIKE:
                hits.update(p for p in by_start[starts[number]] if words.startswith(p, at))
        return hits

    for place, comment in enumerate(document.comments):
        hits = said(comment.text)
        if hits:
            quoted = [folded(words) for words in _quotations(comment)]
            for passage in hits:
                if not any(passage in words for words in quoted):
                    found[passage].append(place)
    article = [document.title, *(block.text for block in document.blocks)]
    return found | {passage: [] for text in article for passage in said(text)}


def _shortened(words: str) -> str:
    """Return the beginning of a passage, on one line.

    >>> _shortened("word " * 20)
    'word word word word word word word word word word word word …'
    """
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN + 1].rsplit(" ", 1)[0][:_SHOWN] + " …"
