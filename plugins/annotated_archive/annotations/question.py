"""Say what the edition could not answer."""

from .base import AnnotationKind

KIND = AnnotationKind(
    name="question",
    label="Question",
    plural="Questions",
    purpose="Say what the edition could not answer.",
    motivation="questioning",
)
