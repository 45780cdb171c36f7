"""State the contract of an annotation kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
DATE: Mapping[str, Any] = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
LINKS: Mapping[str, Any] = {
    "type": "array",
    "items": {"type": "string", "minLength": 1},
    "description": "Each an address, or words and an address: 'Title, https://…'.",
}


@dataclass(frozen=True, slots=True)
class AnnotationKind:
    """Hold a kind's *name* in content files, its *label* for readers, and its W3C *motivation*.

    *fields* are its own fields with their JSON Schemas; the *required* ones must stand.
    """

    name: str
    label: str
    motivation: str
    fields: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    required: tuple[str, ...] = ()
