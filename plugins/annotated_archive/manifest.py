"""Write the manifest of a published site, by which anyone can verify it (RFC 8493, section 2.1.3)."""

from pathlib import Path

from . import __version__
from .files import write_atomically
from .fixity import sha256

NAME = "manifest-sha256.txt"
INFO = "bag-info.txt"


def manifest_of(folder: Path) -> str:
    """Return one line for each file below *folder*: its SHA-256, two spaces, and its path.

    ``sha256sum --check manifest-sha256.txt`` verifies it in that folder.
    """
    lines = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in (NAME, ".gitkeep", ".nojekyll"):
            escaped = name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
            lines.append(f"{sha256(path.read_bytes())}  {escaped}")
    return "\n".join(lines) + "\n"


def read_manifest(folder: Path) -> dict[str, str]:
    """Return the digest of each file that the manifest in *folder* lists; nothing without one."""
    try:
        lines = (folder / NAME).read_text("utf-8").splitlines()
    except OSError:
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def write_manifest(folder: Path) -> None:
    """Write into *folder* which tool and version built it, and the manifest of all its files."""
    info = f"Bag-Software-Agent: annotated-archive {__version__}\n"
    write_atomically(folder / INFO, info.encode())
    write_atomically(folder / NAME, manifest_of(folder).encode())
