"""Hold a claim against what is known."""

from ..schema_parts import DATE, TEXT
from .base import LINKS, AnnotationKind

KIND = AnnotationKind(
    name="fact-check",
    label="Fact check",
    plural="Fact checks",
    purpose="Hold a claim against what is known.",
    motivation="assessing",
    fields={
        "claim": {**TEXT, "description": "What the words claim, in one sentence."},
        "verdict": {**TEXT, "description": "What is known of it: true, false, unverified …"},
        "sources": LINKS,
        "checked": {**DATE, "description": "When it was checked, as in 2026-11-23."},
        "review-by": {**DATE, "description": "When it is to be checked again; editors are warned."},
    },
)
