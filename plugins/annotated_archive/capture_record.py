"""Write capture.yaml, and add a captured file to one that exists without touching anything else."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .document import Provenance
from .errors import Problem, Problems
from .model import CaptureFile
from .project import Project
from .yaml_file import load_yaml

ContainedIn = Mapping[str, str]
"""What capture.yaml says of the container that a file came from, by key."""
_NUMBERS = frozenset(["offset"])


def capture_yaml(
    project: Project, provenance: Provenance, containers: Sequence[ContainedIn] = ()
) -> str:
    """Return the text of an item's capture.yaml; *containers* stand beside the files, in order."""
    lines = [
        *schema_line(project, "capture.schema.json", "../../../docs/schemas"),
        f"source: {yaml_text(provenance.source)}",
        f"time-zone: {provenance.time_zone or 'null'}",
    ]
    if provenance.title:
        lines.append(f"title: {yaml_text(provenance.title)}")
    lines.append("files:")
    for place, file in enumerate(provenance.files):
        lines += file_lines(file, containers[place] if place < len(containers) else {})
    return "\n".join(lines) + "\n"


def file_lines(file: CaptureFile, container: ContainedIn) -> list[str]:
    """Return the lines of one entry of ``files:``."""
    lines = [
        f"  - name: {file.name}",
        f"    format: {file.format}",
        f"    captured: {yaml_text(file.captured)}",
        f"    sha256: {file.sha256}",
    ]
    if container:
        lines.append("    container:")
        for key, value in container.items():
            lines.append(f"      {key}: {value if key in _NUMBERS else yaml_text(value)}")
    return lines


def annotations_yaml(project: Project, slug: str) -> str:
    """Return the text of an annotations file to start from."""
    lines = [
        *schema_line(project, "annotations.schema.json", "../../docs/schemas"),
        f"# The editor's room for '{slug}'.",
        "tags: []",
    ]
    return "\n".join(lines) + "\n"


def schema_line(project: Project, name: str, folder: str) -> list[str]:
    """Return the line that tells an editor program of the schema, where the project has it."""
    if not (project.root / "docs" / "schemas" / name).is_file():
        return []
    return [f"# yaml-language-server: $schema={folder}/{name}"]


def yaml_text(text: str | None) -> str:
    """Return a text as YAML writes it between double quotes.

    >>> print(yaml_text("a: b"), yaml_text(None))
    "a: b" null
    """
    if text is None:
        return "null"
    # JSON leaves U+007F to U+009F as they are, which YAML forbids (1.2.2, 5.1)
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]", _escaped, quoted)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def with_files(
    data: bytes, shown: str, files: Sequence[CaptureFile], containers: Sequence[ContainedIn] = ()
) -> bytes:
    r"""Return the bytes of a capture.yaml with further entries at the end of ``files:``.

    >>> file = CaptureFile("b.txt", "text", "0" * 64)
    >>> print(with_files(b"files:\n  - name: a.txt\n# end\n", "x", [file]).decode()[:38])
    files:
      - name: a.txt
      - name: b.txt

    Raises `Problem` where the list is not written in lines.
    """
    lines = [line for line in re.split(r"(?<=\n)", data.decode("utf-8-sig")) if line]
    value = load_yaml(data, shown)
    end, margin = _end_of_files(lines, value.line(("files",)) - 1)
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    added: list[str] = []
    for place, file in enumerate(files):
        entry = file_lines(file, containers[place] if place < len(containers) else {})
        added += [f"{margin}{line[2:]}{ending}" for line in entry]
    if not lines[end - 1].endswith(("\n", "\r")):
        added.insert(0, ending)
    bom = data[:3] if data.startswith(b"\xef\xbb\xbf") else b""
    result = bom + "".join([*lines[:end], *added, *lines[end:]]).encode()
    if not _has_more(value.value, result, len(files)):
        fault, remedy = (
            "no file can be added to this record",
            "write each entry on lines of its own",
        )
        raise Problem("capture-record", fault, path=shown, remedy=remedy)
    return result


def _end_of_files(lines: Sequence[str], start: int) -> tuple[int, str]:
    """Return the line after the last entry of ``files:``, and the margin of entries."""
    entry = next((one for one in lines[start + 1 :] if one.strip() and one.lstrip()[0] != "#"), "")
    margin = entry[: len(entry) - len(entry.lstrip())] if entry.lstrip().startswith("-") else "  "
    last = start
    for at in range(start + 1, len(lines)):
        words = lines[at].strip()
        if not words or words.startswith("#"):
            continue
        if not lines[at].startswith((" ", "\t", "-")):
            break
        last = at
    return last + 1, margin


def _has_more(before: Any, result: bytes, count: int) -> bool:
    """Tell whether *result* says the same as *before*, and has *count* more files."""
    try:
        after: Any = load_yaml(result, "").value
    except Problems:
        return False
    files = after.get("files") if isinstance(after, dict) else None
    return isinstance(files, list) and {**after, "files": files[:-count]} == before


def digests_in(path: Path) -> frozenset[str]:
    """Return all digests that a record names; none where there is no record."""
    try:
        return frozenset(re.findall(r"\b[0-9a-f]{64}\b", path.read_text("utf-8", "replace")))
    except OSError:
        return frozenset()
