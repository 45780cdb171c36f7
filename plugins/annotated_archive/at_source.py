"""Redact a capture at its source: a redacted copy takes its place, the original goes to a vault.

The vault is a folder outside the project. It keeps the original bytes, the redactions with the
words that they withhold, and the capture.yaml as it was. In the project the redactions stay as what
the public is told, marked ``applied: true``.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from .anchor_lock import Pin
from .archive_rules import archive_key
from .content_files import read_editorial, read_provenance, read_redactions
from .document import Provenance, join_captures
from .encoding import decode
from .errors import Problem, Problems
from .files import write_atomically
from .fixity import keyed_sha256, sha256
from .folding import find_terms, term_pattern
from .items import CAPTURE_YAML, REDACTIONS_YAML, read_captures, read_item_lock
from .leaks import Gate
from .project import Project
from .redaction import Redacted, redact
from .resolution import Redaction
from .yaml_file import load_yaml


def redact_at_source(project: Project, slug: str, vault: Path) -> tuple[Path, ...]:
    """Redact the captures of one item in place; return the files that went to the vault.

    Raises `Problems` where anything is not as it must be; then nothing was changed.
    """
    folder = project.captures / slug
    vault_folder = vault / slug
    if vault.resolve().is_relative_to(project.root):
        remedy = "name a folder outside it, which is never published"
        raise Problem("vault-inside", f"the vault {vault} lies in the project", remedy=remedy)
    if not (folder / CAPTURE_YAML).is_file():
        raise Problem("no-item", f"there is no item '{slug}'", path=project.shown(folder))
    if vault_folder.exists():
        raise Problem(
            "vault-full",
            f"the vault has an item '{slug}' already",
            path=vault_folder,
            remedy="name another vault",
        )
    provenance = read_provenance(folder / CAPTURE_YAML, slug, project.shown(folder / CAPTURE_YAML))
    annotations = project.annotations / f"{slug}.yaml"
    private = folder / REDACTIONS_YAML
    redactions = [
        *read_editorial(annotations, project.shown(annotations)).redactions,
        *read_redactions(private, project.shown(private)),
    ]
    if not redactions:
        raise Problem(
            "no-redactions", f"the item '{slug}' has no redactions", path=project.shown(annotations)
        )
    pins = read_item_lock(project, slug).pins
    document = join_captures(provenance, read_captures(project, folder, provenance), pins)
    redacted = redact(document, redactions)
    originals = {file.name: (folder / file.name).read_bytes() for file in provenance.files}
    copies = {name: _redacted_copy(data, redacted, redactions) for name, data in originals.items()}
    record = _record(project, slug, originals, copies, provenance, redactions)
    public = _applied(annotations, redactions)
    is_unsourced = any(one.attribute == "source" for one in redactions)
    left = replace(provenance, source=None) if is_unsourced else provenance
    _verify(left, copies, redacted, (record, public), pins)
    kept = []
    for name, data in originals.items():
        write_atomically(vault_folder / name, data)
        kept.append(vault_folder / name)
    for path in (folder / CAPTURE_YAML, annotations, private):
        if path.is_file():
            write_atomically(vault_folder / path.name, path.read_bytes())
            kept.append(vault_folder / path.name)
    for name, data in copies.items():
        write_atomically(folder / name, data)
    write_atomically(folder / CAPTURE_YAML, record.encode())
    private.unlink(missing_ok=True)
    write_atomically(annotations, public.encode())
    return tuple(kept)


def _record(
    project: Project,
    slug: str,
    originals: Mapping[str, bytes],
    copies: Mapping[str, bytes],
    provenance: Provenance,
    redactions: Sequence[Redaction],
) -> str:
    """Return capture.yaml with the digests of the copies, and without an address that is withheld."""
    key = archive_key(project)
    record = (project.captures / slug / CAPTURE_YAML).read_text("utf-8")
    for name, data in originals.items():
        keyed = f"\n    original-keyed-sha256: {keyed_sha256(key, data)}" if key else ""
        record = record.replace(f"sha256: {sha256(data)}", f"sha256: {sha256(copies[name])}{keyed}")
    if any(one.attribute == "source" for one in redactions):
        record = re.sub(r"(?m)^source:.*$", "source: null", record)
    return record


def _redacted_copy(data: bytes, redacted: Redacted, redactions: Sequence[Redaction]) -> bytes:
    """Return the bytes of a captured text in which nothing withheld is left.

    A comment is found by its own lines. `_verify` holds the result against the redacted document.
    """
    text, _ = decode(data)
    shown = {one.id: one for one in redactions}
    whole: set[str] = set()
    for secret in redacted.secrets:
        one = shown[secret.redaction]
        allowed = find_terms(text, term_pattern(secret.allowed)) if secret.allowed else []
        for start, end in reversed(find_terms(text, term_pattern([secret.words]))):
            if any(first <= start and end <= last for first, last in allowed):
                continue
            words = one.shown if one.withhold == "author" else f"[{one.shown}]"
            if one.withhold == "comment" and one.id in whole:
                words = ""
            text = f"{text[:start]}{words}{text[end:]}"
            whole.add(one.id)
    return text.encode()


def _verify(
    provenance: Provenance,
    copies: Mapping[str, bytes],
    redacted: Redacted,
    texts: Sequence[str],
    pins: Sequence[Pin],
) -> None:
    """Refuse where the copies would not read as the redacted document, or a text would tell."""
    from .captures import read

    again = join_captures(
        provenance, [read(copies[file.name], file.format) for file in provenance.files], pins
    )
    before, after = (
        [
            one.title,
            one.authors,
            [(b.text, b.address, b.styles) for b in one.blocks],
            [(c.id, c.author, c.text, c.styles) for c in one.comments],
        ]
        for one in (redacted.document, again)
    )
    gate = Gate(redacted.secrets)
    tells = any(
        gate.search(text.encode(), "text") for text in (*texts, *map(_text_of, copies.values()))
    )
    # A copy's own address of which a part was replaced would lead elsewhere.
    misleads = (again.source or "").startswith("http") and again.source != redacted.document.source
    if before != after or tells or misleads:
        fault = f"the redacted copy of '{provenance.slug}' would not be the same edition without what is withheld"
        remedy = "keep the captures in a private folder instead, as docs/redaction.md says"
        raise Problems([Problem("at-source", fault, remedy=remedy)])


def _text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _applied(path: Path, redactions: Sequence[Redaction]) -> str:
    """Return the editor's file with its redactions reduced to what the public is told."""
    data = path.read_bytes() if path.is_file() else b""
    lines = data.decode("utf-8-sig").splitlines(keepends=True)
    file = load_yaml(data, str(path))
    tops = sorted((line, str(place[0])) for place, line in file.lines.items() if len(place) == 1)
    start = next((line for line, key in tops if key == "redactions"), None)
    if start is not None:
        end = next((line for line, _ in tops if line > start), len(lines) + 1)
        del lines[start - 1 : end - 1]
    block = ["redactions:\n"]
    for one in redactions:
        block.append(f"  - id: {one.id}\n    withhold: {one.withhold}\n    applied: true\n")
        place = "page" if one.place.startswith("commenter:") else one.place
        fields = {"in": place, "replacement": one.replacement, "public-note": one.public_note}
        block += [
            f"    {key}: {json.dumps(value, ensure_ascii=False)}\n"
            for key, value in fields.items()
            if value
        ]
        block.append(f"    date: {one.date}\n" if one.date else "")
    return "".join([*lines, *block])
