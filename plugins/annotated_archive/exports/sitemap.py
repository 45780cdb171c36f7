"""Write a sitemap, by the protocol of sitemaps.org 0.9."""

from collections.abc import Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape


def sitemap(site: str, addresses: Sequence[str]) -> str:
    """Return the sitemap of *addresses*, each given below *site*.

    >>> "<loc>https://a.example/b/</loc>" in sitemap("https://a.example", ["b/"])
    True
    """
    places = "\n".join(
        f"<url><loc>{escape(site)}/{escape(quote(address))}</loc></url>" for address in addresses
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{places}\n</urlset>\n"
    )
