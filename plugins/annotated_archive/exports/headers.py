"""Write what hosts read of a site beside its pages: headers, and what crawlers and GitHub may do.

Nothing is cached unasked: what is withdrawn from the site must be gone at the next request, and a
page must never meet a stylesheet or a part of the search index of another build. Hosts answer
what did not change without sending it again. Each header stands in one rule alone, because hosts
join what several rules give to one.
"""

from pathlib import Path

from ..files import write_atomically

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The policy that each page has itself, and who may frame it, which a page cannot say."""

HEADERS = f"""/*
  Cache-Control: public, max-age=0, must-revalidate
  Content-Security-Policy: {POLICY}
  Permissions-Policy: camera=(), geolocation=(), microphone=()
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
"""


def robots(site: str) -> str:
    r"""Return robots.txt (RFC 9309): all may be read, and where the map of it is.

    >>> robots("https://a.example")
    'User-agent: *\nAllow: /\n\nSitemap: https://a.example/sitemap.xml\n'
    """
    return f"User-agent: *\nAllow: /\n\nSitemap: {site}/sitemap.xml\n"


def write_hosting_files(folder: Path, site: str) -> None:
    """Write into a built site what hosts read, unless the archive has files of its own for it.

    ``.nojekyll`` keeps GitHub Pages from passing the site through another generator.
    """
    for name, text in (("_headers", HEADERS), ("robots.txt", robots(site)), (".nojekyll", "")):
        if not (folder / name).exists():
            write_atomically(folder / name, text.encode())
