"""Settings for a web host: those of pelicanconf.py, with the site's own address."""

import os
import sys

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
from pelicanconf import *  # noqa: F403

# Where the site will be, without a slash at the end. The environment's SITEURL goes before it.
SITEURL = os.environ.get("SITEURL", "https://archive.example").rstrip("/")
RELATIVE_URLS = False
ARTICLE_URL = "{slug}/"

FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = "feeds/category-{slug}.atom.xml"
FEED_MAX_ITEMS = 50
