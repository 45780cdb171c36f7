"""Say what should stand there; the captured words stay."""

from ..schema_parts import TEXT
from .base import AnnotationKind

KIND = AnnotationKind(
    name="correction",
    label="Correction",
    plural="Corrections",
    purpose="Say what should stand there; the captured words stay.",
    motivation="editing",
    fields={
        "was": {**TEXT, "description": "What stands there."},
        "now": {**TEXT, "description": "What should stand there."},
    },
)
