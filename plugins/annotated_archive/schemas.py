"""State what each file of the archive may hold, as JSON Schema 2020-12.

The schemas are the one source: they check content files here, give completion in editors, and are
written to ``docs/schemas/`` for both.
"""

import json
from collections.abc import Mapping
from typing import Any

from .annotations import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = Mapping[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_TIME: Schema = {
    "type": ["string", "null"],
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d)$",
    "description": "ISO 8601 with offset; null where the capture has no time.",
}
_WHEN: Schema = {
    "type": ["string", "null"],
    "pattern": r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?$",
    "description": "A date, 2026-11-23, or a date and time, 2026-11-23T09:30:00+01:00.",
}


def _object(properties: Schema, required: tuple[str, ...] = (), **more: Any) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


CAPTURE = _object(
    {
        "source": {
            "type": ["string", "null"],
            "pattern": "^https?://",
            "description": "Address of the original, if known.",
        },
        "time-zone": {
            "type": ["string", "null"],
            "minLength": 1,
            "description": "What the page's own clock means, as in America/New_York.",
        },
        "title": {**_TEXT, "description": "The title, where the capture itself has none."},
        "published": {
            **_WHEN,
            "description": "When the post was published, where the capture does not say.",
        },
        "original-is-public": {
            "type": "boolean",
            "description": "Words that are withheld may stay in this repository's captures.",
        },
        "original-is-public-because": {**_TEXT, "description": "Why they may."},
        "files": {
            "type": "array",
            "minItems": 1,
            "items": _object(
                {
                    "name": {
                        "type": "string",
                        "pattern": r"^[^/\\\x00-\x1f]+$",
                        "description": "The file's name in this folder.",
                    },
                    "format": {**_TEXT, "description": "The capture format that reads it."},
                    "captured": {**_WHEN, "description": "When it was captured, if known."},
                    "sha256": {**_SHA256, "description": "The digest of its bytes."},
                    "original-keyed-sha256": {
                        **_SHA256,
                        "description": "The keyed digest of the original that 'invoke redact' moved away.",
                    },
                },
                ("name", "format", "sha256"),
            ),
        },
    },
    ("files",),
    title="Provenance of one item: content/captures/<slug>/capture.yaml",
)

_PLACE: Schema = {
    "type": "string",
    "pattern": r"^(article|title|page|comment-[0-9a-z-]+|commenter: ?.+)$",
    "description": "article, title, page, a comment's id, or 'commenter: NAME'.",
}
REDACTION = _object(
    {
        "id": {
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "description": "Stable and public; it must not say what it withholds.",
        },
        "in": _PLACE,
        "withhold": {
            "type": "string",
            "enum": ["author", "quote", "comment", "attribute", "term"],
            "description": "What is withheld.",
        },
        "quote": {**_TEXT, "description": "With withhold: quote, the words."},
        "term": {**_TEXT, "description": "With withhold: term, the words, wherever they stand."},
        "also": {
            "type": "array",
            "items": _TEXT,
            "description": "Further spellings, handles or forms that the editor has confirmed.",
        },
        "attribute": {
            "type": "string",
            "enum": ["source", "picture"],
            "description": "With withhold: attribute, the page's address or its pictures' addresses.",
        },
        "replacement": {**_TEXT, "description": "The words shown instead."},
        "reason": {**_TEXT, "description": "Why; for the editors, never published."},
        "requested-by": {**_TEXT, "description": "Who asked; for the editors, never published."},
        "date": {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\d$",
            "description": "When it was decided, as in 2026-11-23.",
        },
        "public-note": {**_TEXT, "description": "What the reader is told."},
        "applied": {
            "type": "boolean",
            "description": "The capture itself is redacted already; written by 'invoke redact'.",
        },
        "allow": {
            "type": "array",
            "description": "Innocent occurrences of the same words, which stay.",
            "items": _object(
                {
                    "in": _PLACE,
                    "quote": {**_TEXT, "description": "The words with enough around them."},
                },
                ("in", "quote"),
            ),
        },
    },
    ("id", "withhold"),
)
_REDACTIONS: Schema = {"type": ["array", "null"], "items": REDACTION}

ARCHIVE_REDACTIONS = _object(
    {"redactions": _REDACTIONS},
    title="What is withheld in the whole archive, or in one item: redactions.yaml",
)

ANNOTATION: Schema = {
    "type": "object",
    "properties": {
        "id": {
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "description": "Stable, never used again; the permanent link is #note-<id>.",
        },
        "kind": {"type": "string", "enum": list(KINDS), "description": "The kind of annotation."},
        "in": {
            "type": "string",
            "pattern": "^(article|title|page|comment-[0-9a-z-]+)$",
            "description": "article, title, page, or a comment's id; article unless given.",
        },
        "quote": {
            **_TEXT,
            "description": "The words; 'before [[the words]] after' and 'first … last' are understood.",
        },
        "before": {**_TEXT, "description": "What stands before the words."},
        "after": {**_TEXT, "description": "What stands after the words."},
        "occurrence": {
            "type": ["integer", "string"],
            "minimum": 1,
            "pattern": "^all$",
            "description": "Which of several, from 1; or all.",
        },
        "tags": {"type": "array", "items": _TEXT, "description": "The annotation's own tags."},
        "by": {**_TEXT, "description": "Who wrote it."},
        "date": {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\d$",
            "description": "When it was written.",
        },
        "status": {"type": "string", "enum": ["draft", "published"]},
        "body": {**_TEXT, "description": "The annotation, in Markdown."},
        **{name: schema for kind in KINDS.values() for name, schema in kind.fields.items()},
    },
    "required": ["id", "kind", "body"],
    "dependentRequired": {name: ["quote"] for name in ("before", "after", "occurrence")},
    "additionalProperties": False,
    "allOf": [
        {
            "if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]},
            "then": {
                "required": list(kind.required),
                "properties": {
                    name: {"not": {}}
                    for other in KINDS.values()
                    for name in other.fields
                    if name not in kind.fields
                },
            },
        }
        for kind in KINDS.values()
    ],
}

ANNOTATIONS = _object(
    {
        "tags": {
            "type": ["array", "null"],
            "items": _TEXT,
            "description": "The editor's tags of the item.",
        },
        "category": {**_TEXT, "description": "Instead of the first 'Filed under' entry."},
        "by": {**_TEXT, "description": "Who wrote the annotations that do not say so."},
        "status": {"type": "string", "enum": ["draft", "published"]},
        "annotations": {"type": ["array", "null"], "items": ANNOTATION},
        "redactions": _REDACTIONS,
        "summary": {
            **_TEXT,
            "description": "Instead of the article's first paragraph, in lists and feeds.",
        },
    },
    title="The editor's room of one item: content/annotations/<slug>.yaml",
)

EDITION = _object(
    {
        "slug": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "title": _TEXT,
        "source": {"type": ["string", "null"]},
        "published": _TIME,
        "authors": {"type": "array", "items": {"type": "string"}},
        "tags": {"type": "array", "items": {"type": "string"}, "description": "The editor's tags."},
        "filed_under": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Categories as the page printed them.",
        },
        "responses": _object(
            {
                "declared": {"type": ["integer", "null"], "minimum": 0},
                "captured": {"type": "integer", "minimum": 0},
                "missing": {"type": "integer", "minimum": 0},
            },
            ("declared", "captured", "missing"),
        ),
        "blocks": {
            "type": "array",
            "description": "The article's paragraphs; text as captured.",
            "items": _object({"id": _TEXT, "text": {"type": "string"}}, ("id", "text")),
        },
        "figures": {
            "type": "array",
            "description": "Pictures that were not captured: where each stood, its address, its caption.",
            "items": _object(
                {
                    "id": _TEXT,
                    "before": {
                        "type": ["string", "null"],
                        "description": "The block that follows.",
                    },
                    "address": {"type": "string"},
                    "caption": {"type": "string"},
                    "text": {"type": "string"},
                },
                ("id", "before", "address", "caption", "text"),
            ),
        },
        "comments": {
            "type": "array",
            "description": "In the order captured; paragraphs apart by a blank line, line breaks a newline.",
            "items": _object(
                {
                    "id": {"type": "string", "pattern": "^comment-"},
                    "number": {"type": ["integer", "null"]},
                    "author": {"type": "string"},
                    "published": _TIME,
                    "text": {"type": "string"},
                },
                ("id", "number", "author", "published", "text"),
            ),
        },
        "captures": {
            "type": "array",
            "items": _object(
                {
                    "name": _TEXT,
                    "sha256": {
                        **_SHA256,
                        "type": ["string", "null"],
                        "description": "Null where something is withheld: it would confirm guesses.",
                    },
                    "keyed_sha256": {
                        **_SHA256,
                        "type": ["string", "null"],
                        "description": "HMAC-SHA256 with the archive's key, instead.",
                    },
                    "format": _TEXT,
                    "captured": {"type": ["string", "null"]},
                },
                ("name", "sha256", "format", "captured"),
            ),
        },
        "ledger": _object(
            {
                name: {"type": "integer", "minimum": 0}
                for name in ("article", "comment", "furniture", "remainder", "total")
            },
            ("article", "comment", "furniture", "remainder", "total"),
            description="Characters of the captures, by what they belong to.",
        ),
        "remainder": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Captured text that was not understood.",
        },
        "annotations": {
            "type": "array",
            "description": "The editors' annotations, in order of their places.",
            "items": _object(
                {
                    "id": _TEXT,
                    "kind": {"type": "string", "enum": list(KINDS)},
                    "motivation": {
                        "type": "string",
                        "description": "Its motivation in the W3C Web Annotation vocabulary.",
                    },
                    "in": _TEXT,
                    "anchors": {
                        "type": "array",
                        "description": "Where its words stand, in code points: of a comment's text, of the title, or of the blocks' texts joined by a blank line. Empty where the whole place is meant.",
                        "items": _object(
                            {
                                "start": {"type": "integer", "minimum": 0},
                                "end": {"type": "integer", "minimum": 1},
                            },
                            ("start", "end"),
                        ),
                    },
                    "body": {**_TEXT, "description": "Markdown."},
                    "fields": {
                        "type": "object",
                        "additionalProperties": {"type": "array", "items": {"type": "string"}},
                    },
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "by": {"type": "string"},
                    "date": {"type": "string"},
                },
                (
                    "id",
                    "kind",
                    "motivation",
                    "in",
                    "anchors",
                    "body",
                    "fields",
                    "tags",
                    "by",
                    "date",
                ),
            ),
        },
        "redactions": {
            "type": "array",
            "description": "What is withheld, and what the public is told of it.",
            "items": _object(
                {
                    "id": _TEXT,
                    "withheld": _TEXT,
                    "replacement": {"type": "string"},
                    "public_note": {"type": "string"},
                    "date": {"type": "string"},
                    "places": {"type": "array", "items": {"type": "string"}},
                },
                ("id", "withheld", "replacement", "public_note", "date", "places"),
            ),
        },
        "notes": {
            "type": "array",
            "items": _object(
                {
                    "code": _TEXT,
                    "text": _TEXT,
                    "comments": {"type": "array", "items": {"type": "string"}},
                },
                ("code", "text", "comments"),
            ),
        },
    },
    (
        "slug",
        "title",
        "published",
        "authors",
        "tags",
        "filed_under",
        "responses",
        "blocks",
        "comments",
        "captures",
        "ledger",
        "notes",
    ),
    title="The published record of one item: output/<slug>/edition.json",
)

SCHEMAS: Mapping[str, Schema] = {
    "capture.schema.json": CAPTURE,
    "annotations.schema.json": ANNOTATIONS,
    "redactions.schema.json": ARCHIVE_REDACTIONS,
    "edition.schema.json": EDITION,
}


def schema_text(name: str) -> str:
    """Return the text of one schema's file in ``docs/schemas/``."""
    return json.dumps({"$schema": DIALECT, **SCHEMAS[name]}, indent=2) + "\n"
