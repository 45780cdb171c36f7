"""Load the golden and the varied captures, and give what was read of them the fixtures' shape."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.plugins.annotated_archive.captures import read
from pelican.plugins.annotated_archive.document import Provenance, join_captures
from pelican.plugins.annotated_archive.exports.edition_json import edition_record
from pelican.plugins.annotated_archive.fixity import sha256
from pelican.plugins.annotated_archive.model import CaptureFile, Edition

FOLDER = Path(__file__).parent / "captures" / "text"
_FENCE = re.compile(r"^````(text|json)\r?\n(.*?)^````\r?$", re.MULTILINE | re.DOTALL)
_ZONE = re.compile(r"^time-zone: (\S+)\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Fixture:
    """Hold one capture and the record that a reader of it must give."""

    name: str
    data: bytes
    time_zone: str
    expected: dict[str, Any]


def golden() -> Iterator[Fixture]:
    """Yield the small captures that show one difficulty each."""
    for path in sorted((FOLDER / "golden").glob("*.md")):
        text = path.read_bytes().decode()
        parts = dict(_FENCE.findall(text))
        zone = _ZONE.search(text.partition("````")[0])
        data = parts["text"].encode()
        yield Fixture(
            path.stem, data, zone[1] if zone else "America/New_York", json.loads(parts["json"])
        )


def varied() -> Iterator[Fixture]:
    """Yield the whole pages of different blogs."""
    for path in sorted((FOLDER / "varied").glob("*.txt")):
        expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
        yield Fixture(path.stem, path.read_bytes(), expected.pop("time_zone"), expected)


def edition_of(fixture: Fixture) -> Edition:
    """Return the edition of a fixture's capture."""
    file = CaptureFile("capture.txt", "text", sha256(fixture.data))
    provenance = Provenance("item", (file,), time_zone=fixture.time_zone, title=None)
    return Edition(join_captures(provenance, [read(fixture.data, "text")]))


def shaped(fixture: Fixture) -> dict[str, Any]:
    """Return what was read of a fixture, with the keys that it expects."""
    record = dict(edition_record(edition_of(fixture)))
    record["blocks"] = [block["text"] for block in record["blocks"]]
    keys = ("number", "author", "published", "text")
    record["comments"] = [{key: c[key] for key in keys} for c in record["comments"]]
    return {key: record[key] for key in fixture.expected if key in record}
