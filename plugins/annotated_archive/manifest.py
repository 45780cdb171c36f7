"""Write the manifest of a published site, by which anyone can verify it (RFC 8493, section 2.1.3)."""

from collections.abc import Mapping
from pathlib import Path

from . import __version__
from .new_site import NewSite

NAME = "manifest-sha256.txt"
INFO = "bag-info.txt"


def manifest_of(digests: Mapping[str, str]) -> str:
    """Return one line for each file: its SHA-256, two spaces, and its path; *digests* are by path.

    ``sha256sum --check manifest-sha256.txt`` verifies it in the site's folder.
    """
    lines = []
    for name, digest in sorted(digests.items(), key=lambda one: one[0].split("/")):
        if name not in (NAME, ".gitkeep", ".nojekyll"):
            escaped = name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
            lines.append(f"{digest}  {escaped}")
    return "\n".join(lines) + "\n"


def read_manifest(folder: Path) -> dict[str, str]:
    """Return the digest of each file that the manifest in *folder* lists; nothing without one."""
    try:
        lines = (folder / NAME).read_text("utf-8").splitlines()
    except OSError:
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def add_manifest(site: NewSite) -> None:
    """Add to a site which tool and version built it, and the manifest of all its files."""
    site.add(INFO, f"Bag-Software-Agent: annotated-archive {__version__}\n".encode())
    site.add(NAME, manifest_of(site.digests).encode())
