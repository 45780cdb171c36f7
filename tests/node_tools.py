"""Install the checkers that are Node.js programs, as the lock file says, and run them."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from filelock import FileLock

from sites import unavailable

PACKAGE = Path(__file__).parent / "page_tools"
INSTALLED = PACKAGE / "node_modules"
INSTALLING = 600
RUNNING = 300
"""Seconds, at most, for npm and for one run of a program."""


def install_node_tools() -> Path:
    """Return the folder of the installed programs; they stay until the lock file changes."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        unavailable("no Node.js here: node and npm must be installed")
    with FileLock(PACKAGE / "node_modules.lock"):
        mark = INSTALLED / "installed-lock.json"
        wanted = (PACKAGE / "package-lock.json").read_bytes()
        if not mark.is_file() or mark.read_bytes() != wanted:
            _install(str(npm))
            mark.write_bytes(wanted)
    return INSTALLED


def _install(npm: str) -> None:
    try:
        subprocess.run(
            [npm, "ci"], cwd=PACKAGE, capture_output=True, check=True, timeout=INSTALLING
        )
    except subprocess.CalledProcessError as error:
        unavailable(f"npm cannot install the page tools: {error.stderr.decode()[-400:]}")
    except subprocess.TimeoutExpired:
        unavailable(f"npm did not install the page tools in {INSTALLING} seconds")


def run_node_tool(
    name: str, *words: object, folder: Path = PACKAGE, **environment: str
) -> tuple[int, str]:
    """Run an installed program, where its settings are; return how it ended and what it said."""
    # Into a file: some of these programs end before a pipe has taken all that they say.
    with tempfile.TemporaryFile() as said:
        result = subprocess.run(
            [INSTALLED / ".bin" / name, *map(str, words)],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1", **environment},
            stdout=said,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=RUNNING,
        )
        said.seek(0)
        return result.returncode, said.read().decode("utf-8", "replace")
