"""Hold a claim against what is known."""

from .base import DATE, LINKS, TEXT, AnnotationKind

KIND = AnnotationKind(
    name="fact-check",
    label="Fact check",
    motivation="assessing",
    fields={
        "claim": TEXT,
        "verdict": TEXT,
        "sources": LINKS,
        "checked": DATE,
        "review-by": DATE,
    },
)
