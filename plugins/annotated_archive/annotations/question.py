"""Ask what the edition could not answer."""

from .base import AnnotationKind

KIND = AnnotationKind(
    name="question",
    label="Question",
    motivation="questioning",
)
