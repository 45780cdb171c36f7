"""Lead to another place of this archive, or to an address."""

from ..schema_parts import TEXT
from .base import AnnotationKind

KIND = AnnotationKind(
    name="cross-reference",
    label="Cross-reference",
    plural="Cross-references",
    purpose="Lead to another place of this archive, or to an address.",
    motivation="linking",
    fields={
        "to": {
            **TEXT,
            "description": "article, a comment's id, note-ID, SLUG, SLUG#comment-…, SLUG#note-ID, or an address.",
        },
    },
    required=("to",),
)
