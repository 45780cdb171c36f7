"""Know where the rooms of an archive are."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

DEVICES = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(10)]
)
"""Names that an operating system keeps for devices, whatever follows them after a dot."""

RECORDS = frozenset(
    [
        "manifest-sha256.txt",
        "bag-info.txt",
        "_redirects",
        "_headers",
        ".nojekyll",
        "cname",
        "robots.txt",
        "sitemap.xml",
    ]
)
"""Files that a build or a publication writes beside the pages, in lower case."""

RESERVED = frozenset(
    [
        "theme",
        "tag",
        "tags",
        "author",
        "authors",
        "category",
        "categories",
        "feeds",
        "feed",
        "archives",
        "archive",
        "pages",
        "page",
        "images",
        "drafts",
        "search",
        "static",
        "docs",
        "index",
        "sitemap",
        "robots",
        "404",
        "notes",
        "glossary",
        "comments",
        "commenters",
        "sources",
        *DEVICES,
    ]
)
"""Names that the site's own folders or an operating system need."""

CACHE = ".annotated-archive.cache"
"""The folder, below the project's own, of what may be made again at any time."""

_UNFIT = re.compile(r"""[\s\x00-\x1f\x7f?#"'`<>{}|\\^]""")
"""What no site's address may hold: a query, a fragment, and signs that have to be escaped."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Project:
    """Hold the folders of one archive; all are absolute, *settings* is Pelican's file.

    *pages* is where generated Markdown pages go: a folder below Pelican's PATH. *redactions* is the
    file of what is withheld in the whole archive; *key_file* lies outside the project. *editors* and *glossary* are
    the registry of editors and the glosses of the whole archive; *redirects* are old addresses. *cache* is the folder
    of what may be made again at any time; None where nothing is kept.
    """

    root: Path
    settings: Path
    captures: Path
    annotations: Path
    pages: Path
    output: Path
    redactions: Path | None = None
    key_file: Path | None = None
    editors: Path | None = None
    glossary: Path | None = None
    redirects: Path | None = None
    cache: Path | None = None

    def shown(self, path: Path) -> str:
        """Return *path* as a person would write it: from the project's folder on."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return str(path)


def slug_fault(slug: str) -> str:
    """Say why *slug* cannot name an item on every file system and host, or return an empty string.

    >>> slug_fault("state-department"), slug_fault("CON"), slug_fault("tag")
    ('', "'CON' may hold only a-z, 0-9 and single hyphens", "'tag' is a name that the site or an operating system needs")
    """
    if not _SLUG.fullmatch(slug):
        return f"'{slug}' may hold only a-z, 0-9 and single hyphens"
    if len(slug) > 100:
        return f"'{slug[:40]}…' is longer than 100 characters"
    if slug in RESERVED:
        return f"'{slug}' is a name that the site or an operating system needs"
    return ""


def site_url_fault(address: str) -> str:
    """Say why a site cannot have an address, to which names of pages are joined; else nothing.

    >>> site_url_fault("https://example.org/archive"), site_url_fault("")
    ('', '')
    >>> site_url_fault("https://example.org/?q=1"), site_url_fault("https://")
    ("holds '?'", 'names no host')
    """
    unfit = _UNFIT.search(address)
    if unfit:
        return f"holds {unfit.group()!r}"
    try:
        is_web = address.lower().startswith(("http://", "https://"))
        return "names no host" if is_web and not urlsplit(address).hostname else ""
    except ValueError:
        return "names no host"


@lru_cache(maxsize=65_536)
def make_slug(text: str) -> str:
    """Return a slug for *text*, at most 60 characters, cut between words; perhaps empty.

    >>> make_slug("State Department to Twitter: “Keep” tweets — naïve?")
    'state-department-to-twitter-keep-tweets-naive'
    """
    from unidecode import unidecode

    words = re.findall(r"[a-z0-9]+", unidecode(text).lower().replace("'", ""))
    slug = ""
    for word in words:
        if len(slug) + len(word) + 1 > 60 and slug:
            break
        slug = f"{slug}-{word}" if slug else word[:60]
    return slug


def editor_slug(name: str) -> str:
    """Return the name of an editor's page.

    >>> editor_slug("D. Roe"), editor_slug("")
    ('d-roe', '')
    """
    return (make_slug(name) or "editor") if name else ""
