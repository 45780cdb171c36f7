"""Explain a word, a name or an abbreviation."""

from .base import AnnotationKind

KIND = AnnotationKind(
    name="gloss",
    label="Gloss",
    motivation="describing",
)
