"""The archive's tasks; they live in the plugin. What only this project needs stands here."""

import os
import subprocess
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


@task(
    help={
        "sizes": "Sizes of made-up archives, with commas: S, M, L, giant.",
        "rounds": "How often each step is done.",
        "peers": "What is measured beside: pelican, hugo, eleventy; the first two unless given.",
        "write": "Put the result into docs/speed.md.",
    }
)
def bench(
    context: Context,
    sizes: str = "S",
    rounds: int = 3,
    peers: str = "pelican,hugo",
    write: bool = False,
) -> None:
    """Measure builds of made-up archives, beside other generators."""
    if not Path("bench/run.py").is_file():
        raise Exit("bench: there is no bench/run.py here; the task is the project's own")
    options = ["--sizes", sizes, "--rounds", str(rounds), "--peers", peers]
    words = [sys.executable, "bench/run.py", *options, *(["--write"] if write else [])]
    done = subprocess.run(words, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    if done.returncode:
        raise Exit(code=done.returncode)


namespace.add_task(images)
namespace.add_task(bench)
