"""Explain a word, a name or an abbreviation."""

from .base import AnnotationKind

KIND = AnnotationKind(
    name="gloss",
    label="Gloss",
    plural="Glosses",
    purpose="Explain a word, a name or an abbreviation.",
    motivation="describing",
)
