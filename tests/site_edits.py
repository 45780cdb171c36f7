"""Edit the small site of `edited_site` in every way that an archive is edited."""

import shutil
from collections.abc import Callable
from pathlib import Path

from edited_site import FILES, HIDDEN, NAMES, NOTES, change, lay_item

Edit = Callable[[Path], object]


def notes(slug: str, old: str, new: str) -> Edit:
    """Return an edit of what an editor wrote of an item."""
    return lambda site: change(site / f"content/annotations/{slug}.yaml", old, new)


def written(name: str, text: str, mode: str = "w") -> Edit:
    """Return an edit that writes a file, or adds to it."""

    def edit(site: Path) -> None:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open(mode, encoding="utf-8") as file:
            file.write(text)

    return edit


def added(name: str, text: str) -> Edit:
    """Return an edit that adds to a file."""
    return written(name, text, "a")


def gone(name: str) -> Edit:
    """Return an edit that removes a file."""
    return lambda site: (site / name).unlink()


def item(slug: str, *names: str, title: str = "") -> Edit:
    """Return an edit of a capture, or of a new one."""
    return lambda site: lay_item(site, slug, names, title)


def without(slug: str) -> Edit:
    """Return an edit that removes an item."""

    def edit(site: Path) -> None:
        shutil.rmtree(site / f"content/captures/{slug}")
        for path in (site / "content/annotations").glob(f"{slug}.*"):
            path.unlink()

    return edit


def all_of(*edits: Edit) -> Edit:
    """Return several edits as one."""
    return lambda site: [edit(site) for edit in edits]


def renamed(site: Path) -> None:
    """Give the item wind another slug."""
    for room in ("captures/{}", "annotations/{}.yaml"):
        (site / "content" / room.format("wind")).rename(site / "content" / room.format("gale"))
    (site / "content/annotations/wind.lock.yaml").unlink(missing_ok=True)


def pictured(site: Path) -> None:
    """Add a long note with a picture."""
    folder = site / "content/annotations/snow"
    written("content/annotations/snow/long.md", LONG)(site)
    (folder / "map.png").write_bytes(b"\x89PNG\r\n one")


LONG = "---\nkind: context\nquote: one night\n---\nSee ![a map](map.png).\n"
REDACTION = (
    f'redactions:\n  - {{id: z, in: "commenter: {HIDDEN}", withhold: author, date: 2026-01-01}}\n'
)
WIDE = f"redactions:\n  - {{id: z, withhold: term, term: {HIDDEN}, date: 2026-01-01}}\n"
LIST = "{% block skips %}{% for one in articles %}<i>{{ one.title }}</i>{% endfor %}{% endblock %}"
EDITS: dict[str, Edit] = {
    "a note's body": notes("rain", "A tank", "A jar"),
    "a note more": added("content/annotations/wind.yaml", "  - {id: more, kind: question, quote: night, body: Why?}\n"),
    "a note less": all_of(notes("snow", NOTES["snow"][NOTES["snow"].index("  - {id: harbour"):], "  - {id: x, kind: gloss, quote: night, body: B.}\n")),
    "a note that others link to": all_of(
        notes("rain", "id: cistern", "id: tank"), notes("snow", "note-cistern", "note-tank"),
        written("content/redirects.yaml", FILES["redirects.yaml"].replace("note-cistern", "note-tank")),
        lambda site: change(site / "content/pages/guide.md", "note-cistern", "note-tank")),
    "an editor of a note": notes("rain", "by: D. Roe", "by: The editors"),
    "no tags": notes("snow", "tags: [weather, cold]", "tags: []"),
    "a tag that no item had": notes("wind", "tags: [air]", "tags: [air, storms]"),
    "a tag in other letters": notes("wind", "tags: [air]", "tags: [Weather]"),
    "a note's tag that no item had": notes("rain", "tags: [water]", "tags: [tanks, cold]"),
    "a category": added("content/annotations/wind.yaml", "category: Storms\n"),
    "a summary": added("content/annotations/wind.yaml", "summary: It blew.\n"),
    "an item more": item("hail", "Beate", "Dee"),
    "an item of an author's name": item("hail", "Ann Lee", "Ann Lee"),
    "an item less": without("wind"),
    "an item by another slug": renamed,
    "an item of another title": item("wind", *NAMES["wind"], title="The gale"),
    "a comment more by a known name": item("wind", *NAMES["wind"], "Beate"),
    "a comment less of a name": item("snow", "Agatha"),
    "more comments than a page": item("snow", *"abcdefgh"),
    "fewer comments than before": item("rain", HIDDEN),
    "no comments": all_of(item("snow"), notes("wind", '  - {id: who, kind: context, in: "commenter: Agatha"', '  - {id: who, kind: context, in: "commenter: Cy"')),
    "a cross-reference more": added("content/annotations/rain.yaml", '  - {id: to, kind: cross-reference, quote: harbour, to: "wind", body: There.}\n'),
    "a cross-reference less": notes("snow", NOTES["snow"][NOTES["snow"].index("  - {id: see"):], ""),
    "a note on a commenter": added("content/annotations/rain.yaml", '  - {id: b, kind: context, in: "commenter: Beate", body: She asks.}\n'),
    "another note on a commenter": notes("wind", "kept the light", "left the light"),
    "a content warning": added("content/annotations/snow.yaml", "  - {id: all, kind: content-warning, in: article, body: Cold.}\n"),
    "a glossary's words": written("content/glossary.yaml", FILES["glossary.yaml"].replace("rain out", "snow out")),
    "a glossary's term more": added("content/glossary.yaml", "  - {id: night, term: night, body: When it is dark.}\n"),
    "no glossary": gone("content/glossary.yaml"),
    "an editor's role": written("content/editors.yaml", FILES["editors.yaml"].replace("Engineer", "Keeper")),
    "a redirect more": added("content/redirects.yaml", "  - {from: /new/, to: wind}\n"),
    "a redirect elsewhere": written("content/redirects.yaml", FILES["redirects.yaml"].replace("to: snow", "to: wind")),
    "no redirects": gone("content/redirects.yaml"),
    "a redaction of an item": notes("rain", "tags: [weather]\n", f"tags: [weather]\n{REDACTION}"),
    "a redaction of the archive": written("content/redactions.yaml", WIDE),
    "no redaction": notes("wind", NOTES["wind"][NOTES["wind"].index("redactions:"):NOTES["wind"].index("annotations:")], ""),
    "a page by hand": added("content/pages/guide.md", "\nMore.\n"),
    "a page by hand more": written("content/pages/terms.md", "Title: Terms\n\nNone.\n"),
    "a page by hand less": all_of(gone("content/pages/guide.md"), gone("content/pages/linked.html")),
    "a page's title in the menu": lambda site: change(site / "content/pages/guide.md", "Title: Guide", "Title: Map"),
    "a page's address": lambda site: change(site / "content/pages/guide.md", "Title: Guide", "Title: Guide\nSave_as: pages/map.html\nURL: pages/map.html"),
    "a translation": lambda site: change(site / "content/pages/fr.md", "Title: Guide en", "Title: Carte en"),
    "a home page by hand": written("content/pages/home.md", "Title: Home\nStatus: hidden\nSave_as: index.html\nURL: index.html\n\nWelcome.\n"),
    "a post by hand": written("content/pages/articles/post.md", "Title: Post\nDate: 2020-01-02\nCategory: News\n\nA post.\n"),
    "a post in the place of an index": written("content/pages/articles/post.md", "Title: Post\nDate: 2020-01-02\nSave_as: authors.html\nURL: authors.html\n\nA post.\n"),
    "a picture in a note": pictured,
    "a setting": added("pelicanconf.py", 'SITENAME = "Other"\n'),
    "no commenters' pages": added("pelicanconf.py", "ARCHIVE_COMMENTERS = False\n"),
    "fewer items a page": added("pelicanconf.py", "DEFAULT_PAGINATION = 1\n"),
    "another way to write templates": added("pelicanconf.py", 'JINJA_ENVIRONMENT = {"trim_blocks": False, "lstrip_blocks": False}\n'),
    "nothing": lambda site: None,
    "a template": added("theme/templates/page.html", "<!-- page -->\n"),
    "a template that others include": added("theme/templates/_menu.html", "<!-- menu -->\n"),
    "a template that reads all items": lambda site: change(site / "theme/templates/article.html", "{% block skips %}", LIST.partition("{% endblock %}")[0]),
    "a template less": gone("theme/templates/comments.html"),
    "a file of the theme": added("theme/static/js/notes.js", "// more\n"),
    "a sheet of the theme": lambda site: next((site / "theme/static/css").glob("a*.css")).write_text("a { color: red }"),
    "a file of the theme more": written("theme/static/more.txt", "more"),
}  # fmt: skip
