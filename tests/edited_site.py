"""Make a small site that is built in this process, again and again, and compared with one that is built anew."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican.plugins.annotated_archive.build import Built, build

from sites import add_item, copy_site

HIDDEN = "Zebulon Quince"
"""A name that one item alone has, with two comments, so that it has a page until it is withheld."""
WITHHELD = "Old Tom"
"""A name that the site withholds from the first build on."""
COMMENT = """
  {number}. {name}

    {text}

    June 3, 2010 at {number}:04 pm |
"""
NAMES: Mapping[str, Sequence[str]] = {
    "rain": (HIDDEN, "Beate", HIDDEN),
    "snow": ("Agatha", "Beate"),
    "wind": (WITHHELD, "Agatha", "Cy"),
}
NOTES = {
    "rain": """tags: [weather]
annotations:
  - {id: cistern, kind: gloss, quote: cistern, by: D. Roe, tags: [water], body: A tank.}
  - {id: slept, kind: fact-check, quote: nobody slept, by: The editors, date: 2026-01-02, verdict: True., body: So they say.}
""",
    "snow": """tags: [weather, cold]
annotations:
  - {id: harbour, kind: context, quote: harbour, body: Where ships lie.}
  - {id: see, kind: cross-reference, quote: cistern, to: "rain#note-cistern", body: The same.}
""",
    "wind": """tags: [air]
redactions:
  - {id: a, in: "commenter: Old Tom", withhold: author, replacement: A reader, date: 2026-01-01}
annotations:
  - {id: who, kind: context, in: "commenter: Agatha", body: She kept the light.}
""",
}
FILES = {
    "glossary.yaml": "entries:\n  - {id: roof, term: roof, occurrence: all, tags: [house], body: It keeps rain out.}\n",
    "editors.yaml": "editors:\n  - {name: The editors}\n  - {name: D. Roe, role: Engineer}\n",
    "redirects.yaml": "redirects:\n  - {from: /old/, to: rain#note-cistern}\n  - {from: /older/, to: snow}\n",
    "pages/guide.md": "Title: Guide\n\nSee [the tank](../rain/index.html#note-cistern) and [snow](../snow/index.html).\n",
    "pages/linked.html": '<html><head><title>Linked</title></head><body><a href="{filename}guide.md">On</a></body></html>',
    "pages/fr.md": "Title: Guide en français\nSlug: guide\nLang: fr\n\nVoir la pluie.\n",
}
HOSTED = {
    "SITEURL": "https://a.test/b",
    "RELATIVE_URLS": False,
    "ARTICLE_URL": "{slug}/",
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
    "CATEGORY_FEED_ATOM": "feeds/category-{slug}.atom.xml",
}
PAGED = {"ARCHIVE_COMMENTS_PER_PAGE": 3}
Tree = Mapping[str, bytes | None]


def text_of(title: str, names: Sequence[str]) -> str:
    """Return a page as text, with a comment by each of some names."""
    comments = (
        COMMENT.format(number=number, name=name, text=f"The roof leaks, says voice {number}.")
        for number, name in enumerate(names, 1)
    )
    article = "It rained on the harbour. The cistern filled in one night, and nobody slept."
    head = f"{title}\n\nJune 3, 2010\n\nBy Ann Lee\n\n{article}\n\n{len(names)} Comments\n"
    return head + "".join(comments)


def lay_item(folder: Path, slug: str, names: Sequence[str], title: str = "") -> None:
    """Put an item into a site, in the place of the one that has its slug."""
    shutil.rmtree(folder / "content/captures" / slug, ignore_errors=True)
    room = folder / f"content/annotations/{slug}.yaml"
    notes = room.read_text("utf-8") if room.exists() else None
    add_item(folder, slug, text_of(title or f"The {slug}", names))
    if notes is not None:
        room.write_text(notes, "utf-8")


def lay_site(folder: Path) -> Path:
    """Write the whole site; nothing of it is built."""
    copy_site(folder, empty=True)
    for slug, names in NAMES.items():
        lay_item(folder, slug, names)
        (folder / f"content/annotations/{slug}.yaml").write_text(NOTES[slug], "utf-8")
    for name, text in FILES.items():
        (folder / "content" / name).write_text(text, "utf-8")
    return folder


def make_site(folder: Path, settings: Mapping[str, Any] = PAGED) -> Path:
    """Lay a site below a folder, build it, and keep a copy for `restore`; return the site's folder."""
    site = folder / "site"
    site.mkdir()
    built(lay_site(site), settings)
    shutil.copytree(site, folder / "kept")
    return site


def restore(site: Path) -> Path:
    """Let all files of a site be as after its first build; what is remembered of them holds."""
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(site.parent / "kept", site)
    return site


def change(file: Path, old: str, new: str) -> None:
    """Put words in the place of others in a file that has them."""
    text = file.read_text("utf-8")
    assert old in text, file
    file.write_text(text.replace(old, new), "utf-8")


def built(site: Path, settings: Mapping[str, Any] = PAGED) -> Built:
    """Build a site where it stands."""
    return build(site / "pelicanconf.py", settings)


def fresh(site: Path, settings: Mapping[str, Any] = PAGED) -> Tree:
    """Return what a copy of a site's sources is built to, without what earlier builds left.

    It has the site's own theme, so that no template is compiled twice.
    """
    aside = site.parent / "aside"
    shutil.rmtree(aside, ignore_errors=True)
    left = shutil.ignore_patterns("output", ".output*", ".annotated-archive*", "theme")
    shutil.copytree(site, aside, ignore=left)
    built(aside, {"THEME": str(site / "theme"), **settings})
    return tree(aside / "output")


def assert_same(site: Path, settings: Mapping[str, Any] = PAGED) -> None:
    """Build a site, and hold it against one that is built anew; what is the same was not touched."""
    output = site / "output"
    expected = fresh(site, settings)
    before, states = tree(output), stood(output)
    built(site, settings)
    assert [] == differing(expected, tree(output))
    same = {name for name in states if before[name] == expected.get(name)}
    now = stood(output)
    assert {name: states[name] for name in same} == {name: now[name] for name in same}


def tree(folder: Path) -> Tree:
    """Return each file below a folder with its bytes, and each folder with none."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def stood(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the number of each file below a folder, and when its bytes were changed."""
    states = {path: path.lstat() for path in folder.rglob("*") if not path.is_dir()}
    return {
        path.relative_to(folder).as_posix(): (one.st_ino, one.st_mtime_ns)
        for path, one in states.items()
    }


def differing(one: Tree, other: Tree) -> list[str]:
    """Return the names under which two trees do not hold the same."""
    return sorted(name for name in {*one, *other} if one.get(name, 0) != other.get(name, 0))
