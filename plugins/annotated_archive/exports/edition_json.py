"""Write the published record of an item, for researchers and for tests."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..annotations import KINDS
from ..answered import answers_of
from ..json_text import indented_json
from ..model import Answer, Block, Edition, Style, Variant

NAME = "edition.json"


def _time(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _figure(blocks: tuple[Block, ...], place: int) -> Mapping[str, Any]:
    block = blocks[place]
    after = (other.id for other in blocks[place:] if other.kind == "paragraph")
    return {
        "id": block.id,
        "before": next(after, None),
        "address": block.address,
        "caption": block.caption,
        "text": block.text,
    }


def _style(one: Style) -> Mapping[str, Any]:
    place = {"start": one.start, "end": one.end, "kind": one.kind}
    return {**place, "address": one.address} if one.address else place


def _variant(one: Variant) -> Mapping[str, Any]:
    captures = list(dict.fromkeys(origin.file for origin in one.origins))
    return {"text": one.text, "author": one.author or None, "captures": captures}


def _answer(one: Answer) -> Mapping[str, Any]:
    return {"to": one.to, "by": one.by, "words": one.words}


def edition_record(edition: Edition) -> Mapping[str, Any]:
    """Return the record of *edition* as ``docs/schemas/edition.schema.json`` describes it."""
    document = edition.document
    gap, ledger = document.responses, document.ledger
    answers = answers_of(edition)
    return {
        "slug": document.slug,
        "title": document.title,
        "source": document.source,
        "published": _time(document.published),
        "authors": list(document.authors),
        "tags": list(edition.tags),
        "filed_under": list(document.filed_under),
        "responses": {"declared": gap.declared, "captured": gap.captured, "missing": gap.missing},
        "language": document.language or None,
        "blocks": [
            {
                "id": b.id,
                "text": b.text,
                "styles": [_style(one) for one in b.styles],
                "variants": [_variant(one) for one in b.variants],
            }
            for b in document.blocks
            if b.kind == "paragraph"
        ],
        "figures": [
            _figure(document.blocks, place)
            for place, block in enumerate(document.blocks)
            if block.kind == "figure"
        ],
        "comments": [
            {
                "id": comment.id,
                "number": comment.number,
                "author": comment.author,
                "published": _time(comment.published),
                "text": comment.text,
                "kind": comment.kind,
                "reply_to": comment.reply_to or None,
                "language": comment.language or None,
                "answers": [_answer(one) for one in answers.get(comment.id, ())],
                "captures": list(dict.fromkeys(one.file for one in comment.origins)),
                "styles": [_style(one) for one in comment.styles],
                "variants": [_variant(one) for one in comment.variants],
            }
            for comment in document.comments
        ],
        "captures": [
            {
                "name": f.name,
                "sha256": f.sha256,
                "keyed_sha256": f.keyed_sha256,
                "format": f.format,
                "captured": f.captured,
            }
            for f in document.files
        ],
        "ledger": {
            "article": ledger.article,
            "comment": ledger.comment,
            "furniture": ledger.furniture,
            "remainder": ledger.remainder,
            "total": ledger.total,
        },
        "remainder": [passage.text for passage in document.remainder],
        "redactions": [
            {
                "id": one.id,
                "withheld": one.withheld,
                "replacement": one.replacement,
                "public_note": one.public_note,
                "date": one.date,
                "places": list(one.places),
            }
            for one in document.withheld
        ],
        "annotations": [
            {
                "id": one.id,
                "kind": one.kind,
                "motivation": KINDS[one.kind].motivation,
                "in": one.place,
                "targets": [
                    {"place": t.place, "start": t.start, "end": t.end} for t in one.targets
                ],
                "body": one.body,
                "fields": {name: list(values) for name, values in one.fields},
                "tags": list(one.tags),
                "by": one.by,
                "date": one.date,
            }
            for one in edition.annotations
        ],
        "notes": [
            {"code": note.code, "text": note.text, "comments": list(note.comments)}
            for note in document.notes
        ],
    }


def edition_json(edition: Edition) -> str:
    """Return the record as text, the same bytes for the same edition."""
    return indented_json(edition_record(edition)) + "\n"
