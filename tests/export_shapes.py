"""Give what is read of exports the shape of the fixtures' records, and hold it against them."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from pelican.plugins.annotated_archive.containers import Contained, Container
from pelican.plugins.annotated_archive.errors import Problem
from pelican.plugins.annotated_archive.model import Capture, CapturedComment, Stamp, Style
from pelican.plugins.annotated_archive.times import zone_of

CAPTURES = Path(__file__).parent / "captures"
PUBLIC = Path(os.environ.get("ARCHIVE_PUBLIC_CAPTURES", "absent")) / "exports"
"""Real exports that others publish; they are not part of the project."""


def fixtures(folder: str) -> list[Path]:
    """Return the exports of a folder of fixtures that have a record beside them."""
    return [
        path
        for path in sorted((CAPTURES / folder).glob("*.xml"))
        if path.with_suffix(".json").exists()
    ]


def record(path: Path) -> dict[str, Any]:
    """Return the record that was written down for a fixture."""
    value: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return value


def contained(container: Container, path: Path) -> list[Contained]:
    """Return what a container holds; a problem is an error."""
    entries = list(container.entries(path, lambda done, total, words: None))
    assert [] == [one for one in entries if isinstance(one, Problem)]
    return [one for one in entries if isinstance(one, Contained)]


def accounted(capture: Capture) -> bool:
    """Tell whether the entries cover the capture from its first character to its last, once each."""
    end = 0
    for entry in capture.entries:
        if entry.start != end or entry.end <= entry.start:
            return False
        end = entry.end
    return end == capture.characters


def told(capture: Capture) -> str:
    """Return all words that a capture holds, wherever they stand."""
    return json.dumps(asdict(capture), default=str, ensure_ascii=False)


def shown(text: str, styles: Sequence[Style]) -> str:
    """Return a text with the signs that the fixtures give quotations and items of lists."""
    lines, start = [], 0
    for line in text.split("\n"):
        kinds = {one.kind for one in styles if one.start <= start < one.end}
        sign = "> " if "quote" in kinds and line else "- " if "item" in kinds else ""
        lines.append(sign + line)
        start += len(line) + 1
    return "\n".join(lines)


def local_time(stamp: Stamp | None) -> str | None:
    """Return a stamp's time on its own clock."""
    return stamp.local.isoformat() if stamp else None


def gmt_agrees(stamp: Stamp | None, gmt: str | None) -> bool:
    """Tell whether a stamp's offset leads to the time that the export gives for Greenwich."""
    if stamp is None or gmt is None:
        return (stamp.zone if stamp else "") == ""
    zone = zone_of(stamp.zone)
    offset = zone.utcoffset(None) if zone else None
    there = stamp.local - (offset or timedelta())
    return abs((there - stamp.local.fromisoformat(gmt)).total_seconds()) <= 60


def parents(comments: Sequence[CapturedComment]) -> Mapping[str, str]:
    """Return whom each comment answers, by their ids."""
    return {one.source_id: one.reply_to for one in comments if one.reply_to}


def depth(comments: Sequence[CapturedComment]) -> int:
    """Return how deep the longest thread goes."""
    above = parents(comments)

    def level(own: str) -> int:
        return 1 + level(above[own]) if own in above else 1

    return max((level(one.source_id) for one in comments), default=0)


def mutations(data: bytes, places: Sequence[tuple[int, bytes]]) -> Iterator[bytes]:
    """Yield *data* with the given bytes written over it, cut off there, and without what follows."""
    for place, piece in places:
        at = place % (len(data) + 1)
        yield data[:at] + piece + data[at + len(piece) :]
        yield data[:at] + piece + data[at:]
        yield data[:at] + piece
