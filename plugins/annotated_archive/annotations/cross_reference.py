"""Lead to another place of this archive, or to an address."""

from .base import TEXT, AnnotationKind

KIND = AnnotationKind(
    name="cross-reference",
    label="Cross-reference",
    motivation="linking",
    fields={
        "to": TEXT,
    },
    required=("to",),
)
