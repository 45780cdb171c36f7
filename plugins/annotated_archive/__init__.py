"""Publish captured articles and their comments, annotated by editors, as a Pelican site."""

__version__ = "0.1.0"


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from .pelican_glue import connect

    connect()
