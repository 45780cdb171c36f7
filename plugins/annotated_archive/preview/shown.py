"""Add to a page, on its way to the browser, what a preview has and no published page: problems, and
the script that reloads it. Nothing of this is ever written into a file.
"""

import re
from html import escape

from .board import Notice

OWN = "/__annotated-archive__/"
"""Where the server's own files are; no slug begins so."""

_POLICY = re.compile(
    r'(<meta\s+http-equiv="Content-Security-Policy"\s+content=")(?![^"]*connect-src)', re.IGNORECASE
)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body>
<main class="annotated-archive-page">
<h1>{title}</h1>
<p>{text}</p>
</main>
</body>
</html>
"""


def with_notice(html: str, notice: Notice) -> str:
    """Return a page with the script that reloads it and, if there are any, the problems.

    The page's own policy, which allows no connection, is widened to this server.
    """
    tags = (
        f'<link rel="stylesheet" href="{OWN}preview.css">\n'
        f'<script src="{OWN}reload.js?version={notice.version}" defer></script>\n'
    )
    html = _POLICY.sub(r"\1connect-src 'self'; ", html, count=1)
    html = _put_before(html, _HEAD_END, tags, 0)
    return _put_before(html, _BODY_END, problem_section(notice), len(html))


def problem_section(notice: Notice) -> str:
    """Return the list of problems; empty where there are none.

    >>> "&lt;b&gt;" in problem_section(Notice(1, 1, ("a.yaml:1: <b> is wrong",)))
    True
    """
    if not notice.problems:
        return ""
    count = len(notice.problems)
    state = (
        "The site could not be built again. This is how it was before."
        if notice.failed
        else "What they concern is not shown. The published site stays as it was."
    )
    items = "\n".join(f"<li>{escape(problem)}</li>" for problem in notice.problems)
    return f"""
<section id="annotated-archive-problems" aria-label="Problems of this preview" aria-live="polite">
<details id="annotated-archive-problem-list" open>
<summary>{count} {"problem" if count == 1 else "problems"}</summary>
<p>{state}</p>
<ul>
{items}
</ul>
</details>
</section>
"""


def plain_page(title: str, text: str) -> str:
    """Return a page of the server's own."""
    return _PAGE.format(title=escape(title), text=escape(text))


def _put_before(html: str, where: re.Pattern[str], added: str, otherwise: int) -> str:
    """Put *added* before the first place that *where* finds, or at the offset *otherwise*."""
    found = where.search(html)
    place = found.start() if found else otherwise
    return html[:place] + added + html[place:]
