"""Make the site's search: an index in small scripts, which a page reads without a server."""

from .files import search_files

__all__ = ["search_files"]
