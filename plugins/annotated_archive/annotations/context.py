"""Say what a reader should know around the words."""

from .base import LINKS, AnnotationKind

KIND = AnnotationKind(
    name="context",
    label="Context",
    motivation="commenting",
    fields={
        "sources": LINKS,
    },
)
