"""Ask git, and repeat what it says without what nobody may read."""

import os
import re
import subprocess
from pathlib import Path

from ..errors import Problem, printable

_SECRET = re.compile(r"(?<=://)[^/@\s]+@")


def without_secrets(text: str) -> str:
    """Return what git said, without names and passwords in addresses.

    >>> without_secrets("fatal: unable to access 'https://me:s3cret@host.example/x.git/'")
    "fatal: unable to access 'https://host.example/x.git/'"
    """
    return printable(_SECRET.sub("", text))


def try_git(root: Path, *words: str) -> str | None:
    """Return what git answers, without the line's end; None where it fails."""
    done = _run(root, words)
    return None if done.returncode else done.stdout.decode("utf-8", "replace").rstrip("\n")


def git(root: Path, *words: str, remedy: str) -> str:
    """Return what git answers; raise `Problem` with what it says where it fails."""
    done = _run(root, words)
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        fault = f"git {words[0]} failed: {without_secrets(said) or 'it does not say why'}"
        raise Problem("git", fault, remedy=remedy)
    return done.stdout.decode("utf-8", "replace").rstrip("\n")


def _run(root: Path, words: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run(
            ["git", "-C", str(root), *words], env=environment, capture_output=True, check=False
        )
    except FileNotFoundError:
        remedy = "install git, or publish by another way"
        raise Problem("git", "there is no git on this machine", remedy=remedy) from None
