"""State the contract of an annotation kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..schema_parts import TEXT, Schema

ADDRESS: Schema = {
    "type": "string",
    "pattern": r"^https?://[^\s<>]+$",
    "description": "An address with http:// or https://.",
}
LINKS: Schema = {
    "type": "array",
    "items": {
        "type": ["string", "object"],
        "title": "A source",
        "minLength": 1,
        "properties": {
            "title": {**TEXT, "description": "What the source is called."},
            "address": {**ADDRESS, "description": "Where it is."},
            "archived": {**ADDRESS, "description": "Where a copy of it is kept."},
        },
        "required": ["title"],
        "dependentRequired": {"archived": ["address"]},
        "additionalProperties": False,
    },
    "description": "Each 'Title, https://…', or a mapping with title, address and archived.",
}


@dataclass(frozen=True, slots=True)
class AnnotationKind:
    """Hold a kind's *name* in content files, its *label* for readers, and its W3C *motivation*.

    *purpose* is what an editor reads when choosing it, *plural* names several of them. *fields* are
    its own fields with their JSON Schemas; the *required* ones must stand.
    """

    name: str
    label: str
    plural: str
    purpose: str
    motivation: str
    fields: Mapping[str, Schema] = field(default_factory=dict)
    required: tuple[str, ...] = ()
