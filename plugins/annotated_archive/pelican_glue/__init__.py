"""Connect the archive to Pelican: the only package that imports it.

Nothing that protects anyone runs in here: Pelican goes on without a plugin that fails. What must
hold is checked by `build`, before and after Pelican runs.
"""

from pelican import Pelican, signals
from pelican.generators import Generator


def connect() -> None:
    """Connect the receivers; they are functions of modules, which nothing collects."""
    from .context import load_archive
    from .generator import add_annotation_tags
    from .members import list_members
    from .readers import add_reader
    from .writer import add_writer

    signals.initialized.connect(load_archive)
    signals.readers_init.connect(add_reader)
    signals.get_generators.connect(add_generators)
    signals.get_writer.connect(add_writer)
    signals.article_generator_pretaxonomy.connect(add_annotation_tags)
    signals.article_generator_finalized.connect(list_members)


def add_generators(_: Pelican) -> type[Generator]:
    """Return the generator of what goes out beside the pages."""
    from .generator import ExportGenerator

    return ExportGenerator
