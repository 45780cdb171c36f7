"""The archive's tasks; they live in the plugin. What only this project needs stands here."""

import sys
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task
from pelican.plugins.annotated_archive.tasks import namespace

__all__ = ["namespace"]


@task
def images(context: Context) -> None:
    """Draw the pictures of README in a headless Chromium."""
    if not Path("docs/images.py").is_file():
        raise Exit("images: there is no docs/images.py here; the task is the project's own")
    context.run(f'"{sys.executable}" docs/images.py', env={"PYTHONUTF8": "1"})


namespace.add_task(images)
