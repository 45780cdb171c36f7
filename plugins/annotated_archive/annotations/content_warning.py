"""Warn of what the words say; the reader opens them."""

from .base import AnnotationKind

KIND = AnnotationKind(
    name="content-warning",
    label="Content warning",
    plural="Content warnings",
    purpose="Warn of what the words say; the reader opens them.",
    motivation="moderating",
    fields={
        "covers": {
            "type": "string",
            "enum": ["place", "nothing"],
            "description": "place: the paragraph or comment starts folded, unless given; nothing: it does not.",
        },
    },
)
