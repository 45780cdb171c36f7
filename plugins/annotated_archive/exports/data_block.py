"""Put data into a page: JSON that no text in it can end, and that no browser runs.

A ``script`` element of another type than JavaScript's is a data block (HTML 4.12.1): it is never
executed, so that a content security policy has nothing to refuse.
"""

from typing import Any

from markupsafe import Markup

from ..json_text import json_text

_SIGNS = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def data_block(value: Any, kind: str, attributes: str = "") -> Markup:
    """Return the element that holds *value* as JSON of the media type *kind*.

    >>> print(data_block(["</script>"], "application/json", " data-a"))
    <script type="application/json" data-a>["\\u003c/script\\u003e"]</script>
    """
    text = json_text(value)
    for sign, escape in _SIGNS.items():
        text = text.replace(sign, escape)
    return Markup(f'<script type="{kind}"{attributes}>{text}</script>')
