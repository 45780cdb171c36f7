"""Connect the archive to Pelican: the only package that imports it.

Nothing that protects anyone runs in here: Pelican goes on without a plugin that fails. What must
hold is checked by `build`, before and after Pelican runs.
"""

from pelican import Pelican, signals
from pelican.generators import Generator

from .context import load_archive
from .generator import ExportGenerator, add_annotation_tags
from .page_keys import base_digest
from .readers import add_reader
from .running import run_pelican
from .site_settings import load_settings, project_of
from .writer import add_writer


def connect() -> None:
    """Connect the receivers; they are functions of modules, which nothing collects."""
    signals.initialized.connect(load_archive)
    signals.readers_init.connect(add_reader)
    signals.get_generators.connect(add_generators)
    signals.get_writer.connect(add_writer)
    signals.article_generator_pretaxonomy.connect(add_annotation_tags)


def add_generators(_: Pelican) -> type[Generator]:
    """Return the generator of what goes out beside the pages."""
    return ExportGenerator


__all__ = ["base_digest", "connect", "load_settings", "project_of", "run_pelican"]
