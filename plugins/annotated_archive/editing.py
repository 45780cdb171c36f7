"""Make the edition of a redacted document: its tags, its category, its annotations and glosses."""

from dataclasses import replace

from .anchoring import in_order
from .answers import answers
from .content_files import Editorial
from .glossary import Glossary
from .model import Annotation, Document, Edition
from .spoken import with_languages


def glossed(edition: Edition, glossary: Glossary | None) -> Edition:
    """Return an edition with the glosses of this glossary, in the place of those of an earlier one."""
    document = edition.document
    annotations = tuple(one for one in edition.annotations if not one.entry)
    if glossary:
        glosses = glossary.annotations(document, edition.tags, annotations)
        annotations = in_order((*annotations, *glosses), document)
    return replace(edition, annotations=annotations)


def edit(
    document: Document,
    editorial: Editorial,
    annotations: tuple[Annotation, ...] = (),
    glossary: Glossary | None = None,
) -> Edition:
    """Return the edition: the first "Filed under" entry is the category, the others are tags.

    The glossary's entries stand among the editor's own annotations. *document* is redacted, so what
    its comments answer rests on nothing that is withheld.
    """
    first, *others = document.filed_under or ("",)
    category = editorial.category or first
    if editorial.category and first and editorial.category != first:
        others = [first, *others]
    tags = dict.fromkeys((*others, *document.tags, *editorial.tags))
    if glossary:
        glosses = glossary.annotations(document, tags, annotations)
        annotations = in_order((*annotations, *glosses), document)
    return Edition(
        with_languages(document, editorial.languages),
        tuple(tags),
        category,
        editorial.summary,
        annotations,
        answers=answers(document, editorial.answers),
        item_type=editorial.item_type,
    )
