"""State what each content file may hold, as JSON Schema 2020-12."""

from .annotations import KINDS
from .schema_parts import DATE, ID, SHA256, TEXT, WHEN, Schema, described

CAPTURE = described(
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
        "title": {**TEXT, "description": "The title, where the capture itself has none."},
        "published": {
            **WHEN,
            "description": "When the post was published, where the capture does not say.",
        },
        "original-is-public": {
            "type": "boolean",
            "description": "Words that are withheld may stay in this repository's captures.",
        },
        "original-is-public-because": {**TEXT, "description": "Why they may."},
        "files": {
            "type": "array",
            "minItems": 1,
            "description": "The captured files, at least one.",
            "items": described(
                {
                    "name": {
                        "type": "string",
                        "pattern": r"^[^/\\\x00-\x1f]+$",
                        "description": "The file's name in this folder.",
                    },
                    "format": {**TEXT, "description": "The capture format that reads it."},
                    "captured": {**WHEN, "description": "When it was captured, if known."},
                    "sha256": {**SHA256, "description": "The digest of its bytes."},
                    "container": described(
                        {
                            "name": {**TEXT, "description": "The container's file."},
                            "sha256": {**SHA256, "description": "The digest of the container."},
                            "record": {**TEXT, "description": "The id of the record."},
                            "file": {**TEXT, "description": "The WARC within a WACZ."},
                            "offset": {
                                "type": "integer",
                                "minimum": 0,
                                "description": "Where the record begins, in bytes.",
                            },
                            "digest": {
                                "type": "string",
                                "enum": ["passed", "failed", "none"],
                                "description": "The verdict on the record's own digest.",
                            },
                            "charset": {**TEXT, "description": "What the server declared."},
                        },
                        ("name", "sha256"),
                        title="The container that the file came from",
                        description="The container that it came from; written by 'invoke capture'.",
                    ),
                    "original-keyed-sha256": {
                        **SHA256,
                        "description": "The keyed digest of the original that 'invoke redact' moved away.",
                    },
                },
                ("name", "format", "sha256"),
                title="A captured file",
            ),
        },
    },
    ("files",),
    title="Provenance of one item: content/captures/SLUG/capture.yaml",
)

_PLACE: Schema = {
    "type": "string",
    "pattern": r"^(article|title|page|comment-[0-9a-z-]+|commenter: ?.+)$",
    "description": "article, title, page, a comment's id, or 'commenter: NAME'.",
}
REDACTION = described(
    {
        "id": {
            **ID,
            "description": "Stable and public; it must not say what it withholds.",
        },
        "in": _PLACE,
        "withhold": {
            "type": "string",
            "enum": ["author", "quote", "comment", "attribute", "term"],
            "description": "What is withheld.",
        },
        "quote": {**TEXT, "description": "With withhold: quote, the words."},
        "term": {**TEXT, "description": "With withhold: term, the words, wherever they stand."},
        "also": {
            "type": "array",
            "items": TEXT,
            "description": "Further spellings, handles or forms that the editor has confirmed.",
        },
        "attribute": {
            "type": "string",
            "enum": ["source", "picture"],
            "description": "With withhold: attribute, the page's address or its pictures' addresses.",
        },
        "replacement": {**TEXT, "description": "The words shown instead."},
        "reason": {**TEXT, "description": "Why; for the editors, never published."},
        "requested-by": {**TEXT, "description": "Who asked; for the editors, never published."},
        "date": {**DATE, "description": "When it was decided, as in 2026-11-23."},
        "public-note": {**TEXT, "description": "What the reader is told."},
        "applied": {
            "type": "boolean",
            "description": "The capture itself is redacted already; written by 'invoke redact'.",
        },
        "allow": {
            "type": "array",
            "description": "Innocent occurrences of the same words, which stay.",
            "items": described(
                {
                    "in": _PLACE,
                    "quote": {**TEXT, "description": "The words with enough around them."},
                },
                ("in", "quote"),
            ),
        },
    },
    ("id", "withhold"),
    title="A redaction",
)
_REDACTIONS: Schema = {
    "type": ["array", "null"],
    "items": REDACTION,
    "description": "What is withheld.",
}

ARCHIVE_REDACTIONS = described(
    {"redactions": _REDACTIONS},
    title="What is withheld in the whole archive, or in one item: redactions.yaml",
)

TAG: Schema = {"type": "string", "pattern": "\\S", "description": "A word or a few."}
STATUS: Schema = {
    "type": "string",
    "enum": ["draft", "published"],
    "description": "A draft is on no page; published unless given.",
}
# doNotSuggest, enumDescriptions: what editors know beside JSON Schema; validators pass them over.
_ANOTHER_KIND: Schema = {"not": {}, "doNotSuggest": True}
ANNOTATION: Schema = {
    "type": "object",
    "title": "An annotation",
    "properties": {
        "id": {
            "type": "string",
            "pattern": "^(?!glossary-|from-)[a-z0-9]+(-[a-z0-9]+)*$",
            "description": "Stable, never used again; the permanent link is #note-ID. Not glossary-… or from-….",
        },
        "kind": {
            "type": "string",
            "enum": list(KINDS),
            "enumDescriptions": [kind.purpose for kind in KINDS.values()],
            "description": "The kind of annotation.",
        },
        "in": {
            "type": "string",
            "pattern": "^(article|title|page|comment-[0-9a-z-]+|commenter: ?.+)$",
            "description": "article, title, page, a comment's id, or 'commenter: NAME'; article unless given.",
        },
        "quote": {
            **TEXT,
            "description": "The words; 'before [[the words]] after' and 'first … last' are understood.",
        },
        "before": {**TEXT, "description": "What stands before the words."},
        "after": {**TEXT, "description": "What stands after the words."},
        "occurrence": {
            "type": ["integer", "string"],
            "minimum": 1,
            "pattern": "^(all|[1-9][0-9]* of [1-9][0-9]*)$",
            "examples": [1, "1 of 2", "all"],
            "description": "Which of several, from 1; '1 of 2' only while there are two; or all.",
        },
        "tags": {"type": "array", "items": TAG, "description": "The annotation's own tags."},
        "by": {**TEXT, "description": "Who wrote it."},
        "date": {**DATE, "description": "When it was written, as in 2026-11-23."},
        "status": STATUS,
        "body": {**TEXT, "pattern": r"\S", "description": "The annotation, in Markdown."},
        **{
            name: {"description": schema["description"], "doNotSuggest": True}
            for kind in KINDS.values()
            for name, schema in kind.fields.items()
        },
    },
    "required": ["id", "kind", "body"],
    "dependentRequired": {name: ["quote"] for name in ("before", "after", "occurrence")},
    "additionalProperties": False,
    "allOf": [
        {
            "if": {
                "type": "object",
                "properties": {"kind": {"const": kind.name}},
                "required": ["kind"],
            },
            "then": {
                "required": list(kind.required),
                "properties": {
                    name: kind.fields.get(name, _ANOTHER_KIND)
                    for other in KINDS.values()
                    for name in other.fields
                },
            },
        }
        for kind in KINDS.values()
    ],
}

_COMMENT: Schema = {"type": "string", "pattern": "^comment-[0-9a-z-]+$"}
ANSWER = described(
    {
        "comment": {**_COMMENT, "description": "The id of the comment that answers another."},
        "to": {
            "type": "string",
            "pattern": "^(comment-[0-9a-z-]+|nothing)$",
            "description": "The id of the comment that it answers; nothing, where it answers none.",
        },
    },
    ("comment", "to"),
    title="Which comment another answers, as the editor reads it",
)

ANNOTATIONS = described(
    {
        "tags": {
            "type": ["array", "null"],
            "items": TAG,
            "description": "The editor's tags of the item.",
        },
        "category": {**TEXT, "description": "Instead of the first 'Filed under' entry."},
        "by": {**TEXT, "description": "Who wrote the annotations that do not say so."},
        "date": {**DATE, "description": "When those were written that do not say so."},
        "status": STATUS,
        "annotations": {
            "type": ["array", "null"],
            "items": ANNOTATION,
            "description": "Notes beside the captured words.",
        },
        "answers": {
            "type": ["array", "null"],
            "items": ANSWER,
            "description": "Which comment answers which, where the page does not say so.",
        },
        "item-type": {
            "type": "string",
            "enum": ["blogPosting", "newsArticle"],
            "description": "What the item is, instead of what ARCHIVE_ITEM_TYPE says.",
        },
        "languages": {
            "type": ["object", "null"],
            "propertyNames": {"pattern": "^(article|comment-[0-9a-z-]+)$"},
            "additionalProperties": {
                "type": "string",
                "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$",
            },
            "description": "The language of the article or of a comment, as in fa or pt-BR.",
        },
        "redactions": _REDACTIONS,
        "summary": {
            **TEXT,
            "description": "Instead of the article's first paragraph, in lists and feeds.",
        },
    },
    title="The editor's room of one item: content/annotations/SLUG.yaml",
)

NOTE: Schema = {
    **{key: value for key, value in ANNOTATION.items() if key != "properties"},
    "properties": {
        name: schema for name, schema in ANNOTATION["properties"].items() if name != "body"
    },
    "required": ["kind"],
    "title": "The front matter of one long annotation: content/annotations/SLUG/ID.md",
}

EDITORS = described(
    {
        "editors": {
            "type": ["array", "null"],
            "description": "Those whom annotations name in 'by'.",
            "items": described(
                {
                    "name": {**TEXT, "description": "The name, as annotations give it in 'by'."},
                    "role": {**TEXT, "description": "What the editor is or does."},
                    "address": {
                        "type": "string",
                        "pattern": r"^(https?://|mailto:)\S+$",
                        "description": "A public address, https:// or mailto:.",
                    },
                },
                ("name",),
                title="An editor",
            ),
        },
    },
    title="Who writes the annotations: content/editors.yaml",
)

GLOSSARY = described(
    {
        "by": {**TEXT, "description": "Who wrote the entries that do not say so."},
        "date": {**DATE, "description": "When those were written that do not say so."},
        "status": STATUS,
        "entries": {
            "type": ["array", "null"],
            "description": "The terms, each with its explanation.",
            "items": described(
                {
                    "id": {**ID, "description": "Stable, never used again; part of its address."},
                    "term": {
                        **TEXT,
                        "description": "The term; where it has a capital letter, case counts.",
                    },
                    "variants": {
                        "type": "array",
                        "items": TEXT,
                        "description": "Other forms of the term, which are found as well.",
                    },
                    "body": {
                        **TEXT,
                        "pattern": r"\S",
                        "description": "The explanation, in Markdown.",
                    },
                    "scope": described(
                        {
                            "items": {
                                "type": "array",
                                "items": ID,
                                "minItems": 1,
                                "description": "Slugs of items.",
                            },
                            "tags": {
                                "type": "array",
                                "items": TEXT,
                                "minItems": 1,
                                "description": "Tags of items.",
                            },
                        },
                        description="Only items of these slugs, or with one of these tags.",
                    ),
                    "occurrence": {
                        "type": "string",
                        "enum": ["first", "all"],
                        "description": "Where on a page it is explained; first unless given.",
                    },
                    "tags": {"type": "array", "items": TAG, "description": "The entry's tags."},
                    "by": {**TEXT, "description": "Who wrote it."},
                    "date": {**DATE, "description": "When it was written."},
                    "status": STATUS,
                },
                ("id", "term", "body"),
                title="A glossary entry",
            ),
        },
    },
    title="Glosses of the whole archive: content/glossary.yaml",
)

REDIRECTS = described(
    {
        "redirects": {
            "type": ["array", "null"],
            "description": "Old addresses, and where they lead.",
            "items": described(
                {
                    "from": {
                        "type": "string",
                        "pattern": r"^/[^\s?#*:\\]+$",
                        "description": "The old address below the site's own, as in /2009/06/rain/.",
                    },
                    "to": {
                        "type": "string",
                        "pattern": r"^[^\s?:\\]+$",
                        "description": "An item's slug, or a page of the site, as in tag/rain.html.",
                    },
                },
                ("from", "to"),
                title="A redirect",
            ),
        },
    },
    title="Old addresses that lead on: content/redirects.yaml",
)

LOCK = described(
    {
        "version": {"type": "integer", "enum": [1]},
        "comments": {**TEXT, "description": "Lines of: id, number in its file, time, file."},
        "annotations": {
            **TEXT,
            "description": "Lines of: id, number, count, place, block, start, end, and five digests.",
        },
    },
    ("version",),
    title="Where annotations were, and the ids of comments: content/annotations/SLUG.lock.yaml",
)
