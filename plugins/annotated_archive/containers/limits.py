"""State in one place how far a container is followed; docs/formats.md gives reasons and figures."""

MAX_HEADER_LINE = 64 * 1024
"""Refuse a longer header line; addresses of 8 kB are the longest that servers take."""
MAX_HEADER_LINES = 1_000
MAX_BLANK_LINES = 64
MAX_PAYLOAD = 32 * 1024 * 1024
"""Leave out a page whose decoded bytes are more: the text and export formats take no more either."""
MAX_ITEM = 32 * 1024 * 1024
"""Leave out one item of an export above this size."""
MAX_HEADER = 8 * 1024 * 1024
"""Refuse an export whose part before the first item is longer; it is repeated in each item."""
MAX_EXPANSION = 250
"""Refuse what expands more than so many times, beyond `FREE_EXPANSION`; pages expand 3 to 50 times."""
FREE_EXPANSION = 64 * 1024 * 1024
MAX_UNPACKED = 16 * 1024 * 1024 * 1024
"""Stop after so many unpacked bytes of one container."""
MAX_REDIRECTS = 10
MAX_REMEMBERED = 500_000
"""Remember so many records at most, to resolve redirects and revisits."""
MAX_ZIP_ENTRIES = 100_000
MAX_ZIP_TEXT = 32 * 1024 * 1024
"""Read at most so many bytes of a list within a WACZ."""
MAX_CODINGS = 3
"""Undo at most so many content codings of one payload."""
CHUNK = 256 * 1024
