"""Read Pelican's settings, and know from them where the rooms are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from ..errors import Problem
from ..project import Project


def load_settings(path: Path, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Return Pelican's settings of the file *path*, *overrides* going before them.

    Raises `Problem` where the file, which is Python, does not run, or Pelican refuses it.
    """
    try:
        settings: dict[str, Any] = read_settings(str(path), override=dict(overrides))
    except Exception as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        fault = f"{type(error).__name__}: {error}"
        raise Problem(
            "settings", fault, path=path, line=line, remedy="correct the settings"
        ) from error
    return settings


def project_of(settings: Mapping[str, Any], settings_file: Path) -> Project:
    """Return where the rooms are: beside Pelican's PATH, unless settings say otherwise.

    Raises `Problem` where captures or annotations lie where Pelican would publish them.
    """
    content = Path(settings["PATH"]).resolve()
    root = settings_file.resolve().parent
    captures = root / settings.get("ARCHIVE_CAPTURES", content.parent / "captures")
    annotations = root / settings.get("ARCHIVE_ANNOTATIONS", content.parent / "annotations")
    first = next(iter(settings["ARTICLE_PATHS"]), "") or "articles"
    for name, folder in (("ARCHIVE_CAPTURES", captures), ("ARCHIVE_ANNOTATIONS", annotations)):
        if folder.resolve().is_relative_to(content):
            fault = f"{folder} lies in PATH, where Pelican publishes what it finds"
            remedy = f"set {name} to a folder outside {content}"
            raise Problem("inside-path", fault, path=settings_file, remedy=remedy)
    return Project(
        root=root,
        settings=settings_file.resolve(),
        captures=captures,
        annotations=annotations,
        pages=content / settings.get("ARCHIVE_PAGES", first),
        output=Path(settings["OUTPUT_PATH"]).resolve(),
        redactions=root / settings.get("ARCHIVE_REDACTIONS", content.parent / "redactions.yaml"),
        key_file=_key_file(settings, root, settings_file),
        editors=annotations.parent / "editors.yaml",
        glossary=annotations.parent / "glossary.yaml",
    )


def _key_file(settings: Mapping[str, Any], root: Path, settings_file: Path) -> Path | None:
    """Return where the key for digests is; raise `Problem` where it would be published or kept in git."""
    given = settings.get("ARCHIVE_KEY_FILE")
    if not given:
        return None
    path = (root / Path(given).expanduser()).resolve()
    if path.is_relative_to(root):
        remedy = "keep it outside the project, as in ~/.config/annotated-archive/key"
        raise Problem(
            "key-inside", "ARCHIVE_KEY_FILE lies in the project", path=settings_file, remedy=remedy
        )
    return path
