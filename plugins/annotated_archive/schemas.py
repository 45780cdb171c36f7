"""Know the schema of each file of the archive, and write them to ``docs/schemas/``.

The schemas are the one source: they check content files here, and give completion in editors.
"""

import json
from collections.abc import Mapping

from .content_schemas import (
    ANNOTATIONS,
    ARCHIVE_REDACTIONS,
    CAPTURE,
    EDITORS,
    GLOSSARY,
    LOCK,
    NOTE,
    REDIRECTS,
)
from .edition_schema import EDITION
from .schema_parts import DIALECT, Schema

SCHEMAS: Mapping[str, Schema] = {
    "capture.schema.json": CAPTURE,
    "annotations.schema.json": ANNOTATIONS,
    "note.schema.json": NOTE,
    "lock.schema.json": LOCK,
    "redactions.schema.json": ARCHIVE_REDACTIONS,
    "editors.schema.json": EDITORS,
    "glossary.schema.json": GLOSSARY,
    "redirects.schema.json": REDIRECTS,
    "edition.schema.json": EDITION,
}


def schema_text(name: str) -> str:
    """Return the text of one schema's file in ``docs/schemas/``."""
    return json.dumps({"$schema": DIALECT, **SCHEMAS[name]}, indent=2) + "\n"
