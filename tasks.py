"""The archive's tasks; they live in the plugin."""

from pelican.plugins.annotated_archive.tasks import namespace

__all__ = ["namespace"]
