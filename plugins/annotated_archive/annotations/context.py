"""Say what a reader should know around the words."""

from .base import LINKS, AnnotationKind

KIND = AnnotationKind(
    name="context",
    label="Context",
    plural="Context notes",
    purpose="Say what a reader should know around the words.",
    motivation="commenting",
    fields={
        "sources": LINKS,
    },
)
