"""Give the words in the language of the edition."""

from .base import TEXT, AnnotationKind

KIND = AnnotationKind(
    name="translation",
    label="Translation",
    motivation="describing",
    fields={
        "language": TEXT,
    },
)
