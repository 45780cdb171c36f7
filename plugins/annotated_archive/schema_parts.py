"""State what the schemas of several files share."""

from collections.abc import Mapping
from typing import Any

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
TIME: Schema = {
    "type": ["string", "null"],
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d)$",
    "description": "ISO 8601 with offset; null where the capture has no time.",
}
WHEN: Schema = {
    "type": ["string", "null"],
    "pattern": r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?$",
    "description": "A date, 2026-11-23, or a date and time, 2026-11-23T09:30:00+01:00.",
}


def described(properties: Schema, required: tuple[str, ...] = (), **more: Any) -> Schema:
    """Return the schema of a mapping that may hold these *properties* and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


DATE: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\d$",
    "description": "A day, as in 2026-11-23.",
}
ID: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
