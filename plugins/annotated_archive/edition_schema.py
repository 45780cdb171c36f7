"""State what the published record of an item holds, as JSON Schema 2020-12."""

from .annotations import KINDS
from .schema_parts import SHA256, TEXT, TIME, Schema, described

STYLES: Schema = {
    "type": "array",
    "description": "How characters of the text were set: links, emphasis, quotes, items of lists.",
    "items": described(
        {
            "start": {"type": "integer", "minimum": 0},
            "end": {"type": "integer", "minimum": 1},
            "kind": TEXT,
            "address": TEXT,
        },
        ("start", "end", "kind"),
    ),
}
VARIANTS: Schema = {
    "type": "array",
    "description": "What other captures have instead, and which.",
    "items": described(
        {
            "text": {"type": "string"},
            "author": {"type": ["string", "null"]},
            "captures": {"type": "array", "items": TEXT},
        },
        ("text", "author", "captures"),
    ),
}

ANSWERS: Schema = {
    "type": "array",
    "description": "The comments that it answers: as the page says, as an editor reads it, or as a machine guesses.",
    "items": described(
        {
            "to": {
                "type": "string",
                "pattern": "^comment-",
                "description": "The comment answered.",
            },
            "by": {"type": "string", "enum": ["page", "editor", "machine"]},
            "words": {"type": "string", "description": "The words that a guess rests on."},
        },
        ("to", "by", "words"),
    ),
}

EDITION = described(
    {
        "slug": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "title": TEXT,
        "source": {"type": ["string", "null"]},
        "published": TIME,
        "authors": {"type": "array", "items": {"type": "string"}},
        "tags": {"type": "array", "items": {"type": "string"}, "description": "The editor's tags."},
        "filed_under": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Categories as the page printed them.",
        },
        "responses": described(
            {
                "declared": {"type": ["integer", "null"], "minimum": 0},
                "captured": {"type": "integer", "minimum": 0},
                "missing": {"type": "integer", "minimum": 0},
            },
            ("declared", "captured", "missing"),
        ),
        "language": {"type": ["string", "null"], "description": "A tag of BCP 47."},
        "blocks": {
            "type": "array",
            "description": "The article's paragraphs; text as captured.",
            "items": described(
                {"id": TEXT, "text": {"type": "string"}, "styles": STYLES, "variants": VARIANTS},
                ("id", "text"),
            ),
        },
        "figures": {
            "type": "array",
            "description": "Pictures that were not captured: where each stood, its address, its caption.",
            "items": described(
                {
                    "id": TEXT,
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
            "items": described(
                {
                    "id": {"type": "string", "pattern": "^comment-"},
                    "number": {"type": ["integer", "null"]},
                    "author": {"type": "string"},
                    "published": TIME,
                    "text": {"type": "string"},
                    "kind": {"type": "string", "enum": ["comment", "pingback", "trackback"]},
                    "reply_to": {
                        "type": ["string", "null"],
                        "description": "The comment that it answers, where the page says so.",
                    },
                    "answers": ANSWERS,
                    "language": {"type": ["string", "null"], "description": "A tag of BCP 47."},
                    "captures": {
                        "type": "array",
                        "items": TEXT,
                        "description": "The captured files that have it.",
                    },
                    "styles": STYLES,
                    "variants": VARIANTS,
                },
                ("id", "number", "author", "published", "text"),
            ),
        },
        "captures": {
            "type": "array",
            "items": described(
                {
                    "name": TEXT,
                    "sha256": {
                        **SHA256,
                        "type": ["string", "null"],
                        "description": "Null where something is withheld: it would confirm guesses.",
                    },
                    "keyed_sha256": {
                        **SHA256,
                        "type": ["string", "null"],
                        "description": "HMAC-SHA256 with the archive's key, instead.",
                    },
                    "format": TEXT,
                    "captured": {"type": ["string", "null"]},
                },
                ("name", "sha256", "format", "captured"),
            ),
        },
        "ledger": described(
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
            "items": described(
                {
                    "id": TEXT,
                    "kind": {"type": "string", "enum": list(KINDS)},
                    "motivation": {
                        "type": "string",
                        "description": "Its motivation in the W3C Web Annotation vocabulary.",
                    },
                    "in": TEXT,
                    "targets": {
                        "type": "array",
                        "description": "What it is about. Offsets count code points of a comment's text, of the title, or of the blocks' texts joined by a blank line; null where the whole place is meant. Empty where it is no longer anchored.",
                        "items": described(
                            {
                                "place": TEXT,
                                "start": {"type": ["integer", "null"], "minimum": 0},
                                "end": {"type": ["integer", "null"], "minimum": 1},
                            },
                            ("place", "start", "end"),
                        ),
                    },
                    "body": {**TEXT, "description": "Markdown."},
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
                    "targets",
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
            "items": described(
                {
                    "id": TEXT,
                    "withheld": TEXT,
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
            "items": described(
                {
                    "code": TEXT,
                    "text": TEXT,
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
