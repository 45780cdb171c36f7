"""Settings of this site, for reading from a disk; publishconf.py is for a web host."""

SITENAME = "Annotated Archive"
SITESUBTITLE = "Web pages and what their readers said, kept and annotated"
SITEURL = ""
RELATIVE_URLS = True

PATH = "content/pages"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = [""]
PAGE_EXCLUDES = ["articles"]
STATIC_PATHS = []
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = ["annotated_archive"]
USE_FOLDER_AS_CATEGORY = False
DELETE_OUTPUT_DIRECTORY = False
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False

# The same bytes on every machine.
TIMEZONE = "UTC"
LOCALE = ["C.UTF-8", "C"]
DEFAULT_LANG = "en"
DEFAULT_DATE_FORMAT = "%Y-%m-%d"

# Addresses that lead somewhere from a disk too: each names a file.
ARTICLE_URL = "{slug}/index.html"
ARTICLE_SAVE_AS = "{slug}/index.html"
PAGE_URL = "pages/{slug}.html"
PAGE_SAVE_AS = "pages/{slug}.html"
CATEGORY_URL = "category/{slug}.html"
CATEGORY_SAVE_AS = "category/{slug}.html"
TAG_URL = "tag/{slug}.html"
TAG_SAVE_AS = "tag/{slug}.html"
AUTHOR_URL = "author/{slug}.html"
AUTHOR_SAVE_AS = "author/{slug}.html"
DIRECT_TEMPLATES = ["index", "archives", "categories", "tags", "authors"]
DEFAULT_PAGINATION = 20
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page{number}.html", "{base_name}/page{number}.html"),
]
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None, "author": None}

# Feeds need the site's address: publishconf.py has it.
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
