"""Give the words in the language of the edition."""

from ..schema_parts import TEXT
from .base import AnnotationKind

KIND = AnnotationKind(
    name="translation",
    label="Translation",
    plural="Translations",
    purpose="Give the words in the language of the edition.",
    motivation="describing",
    fields={
        "language": {**TEXT, "description": "The language of the words."},
    },
)
