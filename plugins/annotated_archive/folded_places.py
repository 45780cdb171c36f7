"""Know what content warnings fold: it is shown in its place alone, where the reader opens it."""

from collections.abc import Iterator, Set

from .model import Annotation, Edition

FOLDED = "Folded by a content warning."
"""What stands elsewhere instead of the words."""


def folds(one: Annotation) -> bool:
    """Tell whether an annotation folds what it is about."""
    return one.kind == "content-warning" and one.field("covers") != "nothing"


def folded_places(edition: Edition) -> frozenset[str]:
    """Return the ids of the paragraphs, figures and comments whose words are folded."""
    targets = [target for one in edition.annotations if folds(one) for target in one.targets]
    if any(one.span is None and one.place in ("article", "page") for one in targets):
        blocks = frozenset(block.id for block in edition.document.blocks)
    else:
        spans = [one.span for one in targets if one.span and one.place == "article"]
        blocks = frozenset(
            block
            for block, start, end in (_paragraphs(edition) if spans else ())
            if any(span[0] < end and span[1] > start for span in spans)
        )
    return blocks | {one.place for one in targets}


def folded_words(edition: Edition, places: Set[str]) -> frozenset[str]:
    """Return the ids of the annotations whose own words stand in one of some folded *places*."""
    if not places:
        return frozenset()
    folded = [(start, end) for block, start, end in _paragraphs(edition) if block in places]
    found = set[str]()
    for one in edition.annotations:
        target = one.targets[0] if one.targets else None
        if target is None or target.span is None:
            continue
        first, last = target.span
        in_article = target.place == "article" and any(
            first < end and last > start for start, end in folded
        )
        if in_article or target.place in places - {"article"}:
            found.add(one.id)
    return frozenset(found)


def _paragraphs(edition: Edition) -> Iterator[tuple[str, int, int]]:
    """Yield the id of each paragraph, and where it begins and ends in the article's text."""
    offset = 0
    for block in edition.document.blocks:
        if block.kind == "paragraph":
            end = offset + len(block.text)
            yield block.id, offset, end
            offset = end + 2
