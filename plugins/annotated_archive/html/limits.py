"""State in one place how large a page may be; the largest real page with comments seen has 1 MB."""

MAX_BYTES = 64 * 1024 * 1024
MAX_TAGS = 500_000
MAX_ATTRIBUTE = 10_000
MAX_FRAMES = 20
MAX_JSON_BYTES = 8 * 1024 * 1024
MAX_STAMP = 120
MAX_AUTHOR = 120
MAX_COMMENTS = 50_000
