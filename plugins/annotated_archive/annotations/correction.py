"""Say what was changed in what we publish."""

from .base import TEXT, AnnotationKind

KIND = AnnotationKind(
    name="correction",
    label="Correction",
    motivation="editing",
    fields={
        "was": TEXT,
        "now": TEXT,
    },
)
