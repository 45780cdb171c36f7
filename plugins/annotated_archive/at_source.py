"""Redact a capture at its source: a redacted copy takes its place, the original goes to a vault.

The vault is a folder outside the project. It keeps the original bytes, the redactions with the
words that they withhold, and the capture.yaml as it was. In the project the redactions stay as what
the public is told, marked ``applied: true``.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from .content_files import read_editorial, read_provenance, read_redactions
from .document import Provenance, join_captures
from .encoding import decode
from .errors import Problem, Problems
from .files import write_atomically
from .fixity import keyed_sha256, sha256
from .folding import find_terms, term_pattern
from .pipeline import CAPTURE_YAML, REDACTIONS_YAML, archive_key, read_captures
from .project import Project
from .redaction import Redacted, Redaction, redact
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
    document = join_captures(provenance, read_captures(project, folder, provenance))
    redacted = redact(document, redactions)
    copies = {
        file.name: _redacted_copy(folder / file.name, redacted, redactions)
        for file in provenance.files
    }
    _verify(provenance, copies, redacted)
    originals = {file.name: (folder / file.name).read_bytes() for file in provenance.files}
    key = archive_key(project)
    for name, data in originals.items():
        write_atomically(vault_folder / name, data)
    write_atomically(vault_folder / CAPTURE_YAML, (folder / CAPTURE_YAML).read_bytes())
    kept = [vault_folder / name for name in (*originals, CAPTURE_YAML)]
    for path in (annotations, private):
        if path.is_file():
            target = vault_folder / (REDACTIONS_YAML if path == private else path.name)
            write_atomically(target, path.read_bytes())
            kept.append(target)
    for name, data in copies.items():
        write_atomically(folder / name, data)
    record = (folder / CAPTURE_YAML).read_text("utf-8")
    for name, data in originals.items():
        keyed = f"\n    original-keyed-sha256: {keyed_sha256(key, data)}" if key else ""
        record = record.replace(f"sha256: {sha256(data)}", f"sha256: {sha256(copies[name])}{keyed}")
    write_atomically(folder / CAPTURE_YAML, record.encode())
    private.unlink(missing_ok=True)
    write_atomically(annotations, _applied(annotations, redactions).encode())
    return tuple(kept)


def _redacted_copy(path: Path, redacted: Redacted, redactions: Sequence[Redaction]) -> bytes:
    """Return the bytes of a captured text in which nothing withheld is left."""
    text, _ = decode(path.read_bytes())
    shown = {one.id: one for one in redactions}
    for secret in redacted.secrets:
        one = shown[secret.redaction]
        allowed = find_terms(text, term_pattern(secret.allowed)) if secret.allowed else []
        pattern = term_pattern([secret.words])
        for start, end in reversed(find_terms(text, pattern)):
            if not any(first <= start and end <= last for first, last in allowed):
                words = one.shown if one.withhold == "author" else f"[{one.shown}]"
                text = f"{text[:start]}{words}{text[end:]}"
    return text.encode()


def _verify(provenance: Provenance, copies: dict[str, bytes], redacted: Redacted) -> None:
    """Refuse where the redacted copies would not give the same comments under the same ids."""
    from .captures import read

    again = join_captures(
        provenance, [read(copies[file.name], file.format) for file in provenance.files]
    )
    before = [comment.id for comment in redacted.document.comments]
    if [comment.id for comment in again.comments] != before:
        fault = f"the redacted copy of '{provenance.slug}' would not read as the same comments"
        remedy = "keep the captures in a private folder instead, as docs/redaction.md says"
        raise Problems([Problem("at-source", fault, remedy=remedy)])


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
