"""Read Pelican's settings, and know from them where the rooms are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from ..citations import ITEM_TYPES
from ..comment_pages import PER_PAGE
from ..errors import Problem
from ..project import CACHE, Project, site_url_fault


def load_settings(path: Path, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Return Pelican's settings of the file *path*, *overrides* going before them.

    Raises `Problem` where the file, which is Python, does not run, or Pelican refuses it.
    """
    try:
        settings: dict[str, Any] = read_settings(str(path), override=dict(overrides))
    except (Exception, SystemExit) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        fault = f"{type(error).__name__}: {error}"
        raise Problem(
            "settings", fault, path=path, line=line, remedy="correct the settings"
        ) from error
    return settings


def open_project(settings_file: Path) -> Project:
    """Return the project whose Pelican settings are in *settings_file*."""
    return project_of(load_settings(settings_file, {}), settings_file)


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
    _refuse_unfit_address(settings)
    comments_per_page(settings)
    commenters_setting(settings)
    item_type_of(settings)
    canonical_of(settings)
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
        redirects=annotations.parent / "redirects.yaml",
        cache=_cache_folder(settings, root, settings_file),
    )


def _refuse_unfit_address(settings: Mapping[str, Any]) -> None:
    """Raise `Problem` where the site's address cannot stand before the names of its pages."""
    address = str(settings.get("SITEURL") or "")
    fault = site_url_fault(address)
    if fault:
        remedy = "set it to the address alone that the site has, as in https://example.org/archive"
        raise Problem("settings", f"SITEURL is {address!r}, which {fault}", remedy=remedy)


def _cache_folder(settings: Mapping[str, Any], root: Path, settings_file: Path) -> Path | None:
    """Return where is kept what was read; raise `Problem` where Pelican would publish it."""
    given = settings.get("ARCHIVE_CACHE", CACHE)
    if given is False or given is None:
        return None
    if not isinstance(given, str | Path) or not str(given):
        fault = f"ARCHIVE_CACHE is {given!r}"
        raise Problem("settings", fault, remedy="set it to a folder, or to False")
    folder = root / Path(given).expanduser()
    for name in ("PATH", "OUTPUT_PATH"):
        room = Path(settings[name]).resolve()
        if folder.resolve().is_relative_to(room) and not root.is_relative_to(room):
            fault = f"ARCHIVE_CACHE, {folder}, lies in {name}, and would be published"
            remedy = f"set it to a folder outside, such as {CACHE}, or to False"
            raise Problem("inside-path", fault, path=settings_file, remedy=remedy)
    return folder


def comments_per_page(settings: Mapping[str, Any]) -> int:
    """Return how many comments a page of an item may have; raise `Problem` where that is no number."""
    given = settings.get("ARCHIVE_COMMENTS_PER_PAGE", PER_PAGE)
    if isinstance(given, int) and 1 <= given <= PER_PAGE:
        return given
    fault = f"ARCHIVE_COMMENTS_PER_PAGE is {given!r}"
    raise Problem("settings", fault, remedy=f"set it to a number from 1 to {PER_PAGE}")


def item_type_of(settings: Mapping[str, Any]) -> str:
    """Return what items are, unless their editors say otherwise; raise `Problem` for another word."""
    return _choice("ARCHIVE_ITEM_TYPE", settings.get("ARCHIVE_ITEM_TYPE"), tuple(ITEM_TYPES))


def canonical_of(settings: Mapping[str, Any]) -> str:
    """Return whose address is canonical, that of the archive or of the original; raise `Problem`."""
    given = settings.get("ARCHIVE_CANONICAL")
    return _choice("ARCHIVE_CANONICAL", given, ("self", "original"))


def _choice(name: str, given: Any, choices: tuple[str, ...]) -> str:
    """Return what a setting says, or the first of its *choices* where it is not set."""
    if given is None:
        return choices[0]
    if given in choices:
        return str(given)
    named = " or ".join(f"'{one}'" for one in choices)
    raise Problem("settings", f"{name} is {given!r}", remedy=f"set it to {named}")


def commenters_setting(settings: Mapping[str, Any]) -> bool | str:
    """Return whether commenters have pages, "noindex" where search engines are asked to leave them out.

    Raises `Problem` where the setting is none of these: pages about persons are never a misprint.
    """
    given: bool | str = settings.get("ARCHIVE_COMMENTERS", "noindex")
    if isinstance(given, bool) or given == "noindex":
        return given
    fault = f"ARCHIVE_COMMENTERS is {given!r}"
    raise Problem("settings", fault, remedy="set it to True, False or 'noindex'")


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
