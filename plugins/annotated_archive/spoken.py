"""Know in which language an article or a comment is, where its editor says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from .errors import Problem
from .model import Document
from .yaml_file import YamlFile


@dataclass(frozen=True, slots=True)
class Spoken:
    """Say that a *place*, article or a comment's id, is in a *language*, a tag of BCP 47."""

    place: str
    language: str
    path: str = ""
    line: int = 1


def spoken_of(file: YamlFile, value: Mapping[str, Any], shown: str) -> tuple[Spoken, ...]:
    """Return the entries of ``languages:`` in an annotations file."""
    return tuple(
        Spoken(place, language, shown, file.line(("languages", place)))
        for place, language in (value.get("languages") or {}).items()
    )


def spoken_faults(said: Sequence[Spoken], document: Document) -> Iterator[Problem]:
    """Yield a problem for each entry on a comment that the item does not have."""
    known = {"article", *(one.id for one in document.comments)} if said else set()
    for one in said:
        if one.place not in known:
            close = get_close_matches(one.place, known, 1, 0.8)
            remedy = f"did you mean '{close[0]}'?" if close else "see the ids in the page"
            fault = f"languages: there is no {one.place} in this item"
            yield Problem("language", fault, path=one.path, line=one.line, remedy=remedy)


def with_languages(document: Document, said: Sequence[Spoken]) -> Document:
    """Return the document with the languages that its editor says; they go before the page's."""
    if not said:
        return document
    languages = {one.place: one.language for one in said}
    return replace(
        document,
        language=languages.get("article", document.language),
        comments=tuple(
            replace(one, language=languages[one.id]) if one.id in languages else one
            for one in document.comments
        ),
    )
