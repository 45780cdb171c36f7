"""Warn of what the words say; the reader opens them."""

from .base import AnnotationKind

KIND = AnnotationKind(
    name="content-warning",
    label="Content warning",
    motivation="moderating",
)
