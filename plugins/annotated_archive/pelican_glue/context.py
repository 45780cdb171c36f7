"""Know the archive that Pelican is run for: it travels in Pelican's settings."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican import Pelican

from ..memory import Memory
from ..note_index import NoteIndex
from ..pipeline import Archive, read_archive
from ..views import EditionView
from .site_settings import comments_per_page, project_of

ARCHIVE = "ANNOTATED_ARCHIVE"
SITE, MEMORY = f"{ARCHIVE}_SITE", f"{ARCHIVE}_MEMORY"
WRITER, HANDS = f"{ARCHIVE}_WRITER", f"{ARCHIVE}_HANDS"
BESIDE, PAGES = f"{ARCHIVE}_BESIDE", f"{ARCHIVE}_PAGES"
"""The archive, the site that is being built, what is kept from build to build, what is done beside the
build, and what makes an item's pages again travel in Pelican's settings."""
_LOG = logging.getLogger(__name__)


def load_archive(pelican: Pelican) -> None:
    """Read the archive where Pelican was started by itself, without `build`."""
    settings = pelican.settings
    if isinstance(settings.get(ARCHIVE), Archive):
        return
    here = Path("pelicanconf.py")
    root = here if here.is_file() else Path(settings["PATH"]).parent / here
    project = project_of(settings, root)
    archive = read_archive(project)
    for problem in archive.problems:
        _LOG.error("%s", problem)
    settings[ARCHIVE] = archive


def editions_of(settings: Mapping[str, Any]) -> Mapping[str, EditionView]:
    """Return the view of each edition, by slug."""
    archive: Archive = settings[ARCHIVE]
    views: dict[str, EditionView] = settings.setdefault(f"{ARCHIVE}_VIEWS", {})  # type: ignore[attr-defined]
    if len(views) != len(archive.editions):
        per_page = comments_per_page(settings)
        memory: Memory = settings.get(MEMORY) or Memory()
        for edition in archive.editions:
            views[edition.document.slug] = memory.view(edition, per_page)
    return views


def index_of(settings: Mapping[str, Any]) -> NoteIndex:
    """Return the index of all annotations."""
    name = f"{ARCHIVE}_INDEX"
    if name not in settings:
        archive: Archive = settings[ARCHIVE]
        views = tuple(editions_of(settings).values())
        index = NoteIndex(views, archive.editors, archive.glossary, settings["ARTICLE_URL"])
        settings[name] = index  # type: ignore[index]
    found: NoteIndex = settings[name]
    return found
