"""A build that keeps what it can makes the same site as one that makes all of it anew."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pelican.plugins.annotated_archive import build as build_module
from pelican.plugins.annotated_archive import file_states
from pelican.plugins.annotated_archive.errors import Problems
from pelican.plugins.annotated_archive.leaks import Gate
from pelican.plugins.annotated_archive.pelican_glue import page_keys
from pelican.plugins.annotated_archive.pelican_glue.writer import ArchiveWriter

from edited_site import (
    FILES,
    HIDDEN,
    HOSTED,
    PAGED,
    assert_same,
    built,
    change,
    differing,
    fresh,
    make_site,
    restore,
    stood,
    tree,
)  # fmt: skip
from site_edits import EDITS, Edit, added, all_of, gone, item, notes, without, written
from sites import files_of


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site that was built for reading from a disk."""
    return make_site(tmp_path_factory.mktemp("disk"))


@pytest.fixture(scope="module")
def on_host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site that was built for a host."""
    return make_site(tmp_path_factory.mktemp("host"), {**PAGED, **HOSTED})


@pytest.fixture
def site(on_disk: Path) -> Path:
    """Return the folder of a site as its first build left it."""
    return restore(on_disk)


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_shows_as_in_a_new_site(on_disk: Path, on_host: Path, name: str) -> None:
    """Each edit shows wherever it shows in a fresh build, and so does taking it back; nothing else moves."""
    if len(name) % 2:
        assert_edit_shows(restore(on_host), EDITS[name], {**PAGED, **HOSTED})
    else:
        assert_edit_shows(restore(on_disk), EDITS[name])


def assert_edit_shows(site: Path, edit: Edit, settings: Any = PAGED) -> None:
    """Build a site with an edit, again, and without it."""
    first = tree(site / "output")
    edit(site)
    assert_same(site, settings)
    before = stood(site / "output")
    built(site, settings)
    assert before == stood(site / "output")
    for name in ("content", "theme", "pelicanconf.py"):
        put_back(site, name)
    built(site, settings)
    assert [] == differing(first, tree(site / "output"))


def put_back(site: Path, name: str) -> None:
    """Let one of a site's files or folders be as before the first build."""
    kept = site.parent / "kept" / name
    if kept.is_file():
        shutil.copy(kept, site / name)
        return
    shutil.rmtree(site / name)
    shutil.copytree(kept, site / name)


@pytest.mark.parametrize("seed", range(2))
def test_edits_in_any_order_come_to_the_same(site: Path, seed: int) -> None:
    """After edits on edits, some of which leave faults, site and faults are those of a fresh build."""
    random, built_once = Random(seed), tree(site)
    for name in random.sample(sorted(EDITS), 10):
        try:
            EDITS[name](site)
        except (AssertionError, OSError):  # an edit before has taken its words away
            continue
        expected = outcome(lambda: fresh(site))
        found = outcome(lambda: (built(site), tree(site / "output"))[1])
        if isinstance(expected, str) or isinstance(found, str):
            assert expected == found, name
        else:
            assert [] == differing(expected, found), name
    assert built_once != tree(site)


def outcome(make: Callable[[], Any]) -> Any:
    """Return what is made, or the problems that hinder it."""
    try:
        return make()
    except Problems as found:
        return str(found)


class Spy:
    """Note which pages are rendered, and which files searched."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rendered: list[str] = []
        self.searched: list[str] = []
        make, search = ArchiveWriter._make, Gate.search

        def made(writer: Any, waiting: Any) -> Any:
            self.rendered += [one.local["output_file"] for one in waiting]
            return make(writer, waiting)

        def searched(gate: Gate, data: bytes, path: str) -> Any:
            self.searched.append(path)
            return search(gate, data, path)

        monkeypatch.setattr(ArchiveWriter, "_make", made)
        monkeypatch.setattr(Gate, "search", searched)


@pytest.mark.parametrize("settings", [PAGED, {**PAGED, **HOSTED}], ids=["disk", "host"])
def test_where_nothing_changed_nothing_is_made(
    site: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No page is rendered but those whose braces may lead anywhere, no file searched, none touched.

    Where the times of all files are old enough to prove it, nothing at all is done.
    """
    built(site, settings)
    before = stood(site / "output")
    spy = Spy(monkeypatch)
    monkeypatch.setattr(file_states, "TICK", 3_600_000_000_000)
    built(site, settings)
    assert ["pages/linked.html"] == spy.rendered
    assert [] == spy.searched
    assert before == stood(site / "output")
    monkeypatch.setattr(file_states, "TICK", 0)
    built(site, settings)
    assert ["pages/linked.html"] == spy.rendered
    assert before == stood(site / "output")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_an_edit_behind_a_link_is_seen(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A content file, and a folder, may be links: what they lead to is what the site is built from."""
    for name in ("RACY", "TICK"):
        monkeypatch.setattr(file_states, name, 0)  # no file counts as changed too shortly ago
    for name in ("annotations/rain.yaml", "captures/snow"):
        path = site / "content" / name
        shutil.move(path, site.parent / path.name)
        path.symlink_to(site.parent / path.name)
    for _ in range(2):
        built(site)
    change(site.parent / "rain.yaml", "A tank", "A jar")
    built(site)
    assert "A jar" in (site / "output/rain/index.html").read_text()
    lay_item_words(site.parent / "snow")
    with pytest.raises(Problems):
        built(site)


def lay_item_words(folder: Path) -> None:
    """Change a captured file, which no longer is what its digest says."""
    capture = next(path for path in folder.iterdir() if path.suffix == ".txt")
    capture.write_text(capture.read_text() + "More.\n")


def test_an_edit_makes_what_it_concerns(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another body of a note makes its item's page and the lists of notes again, no other item's."""
    spy = Spy(monkeypatch)
    EDITS["a note's body"](site)
    built(site)
    assert "rain/index.html" in spy.rendered
    assert "notes/index.html" in spy.rendered
    assert not {"snow/index.html", "wind/index.html", "pages/guide.html"} & {*spy.rendered}
    assert {*spy.searched} < {*files_of(site / "output")} | {"rain.md"}


@pytest.mark.parametrize("name", ["a redaction of an item", "a redaction of the archive"])
def test_what_is_withheld_later_is_in_no_file(
    site: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redaction has every file searched, kept ones too; then neither site nor cache has the words."""
    words = [word.lower().encode() for word in HIDDEN.split()]
    built(site)
    places = (site / "output", site / ".annotated-archive.cache", site / "content/pages")

    def told() -> bytes:
        found = (b"%s %s" % (n.encode(), data) for p in places for n, data in files_of(p).items())
        return b"".join(found).lower()

    assert all(word in told() for word in words)
    spy = Spy(monkeypatch)
    EDITS[name](site)
    built(site)
    assert not any(word in told() for word in words)
    made_last = {"bag-info.txt", "manifest-sha256.txt"}
    of_theme = {one for one in files_of(site / "output") if one.startswith("theme/")}
    assert {*files_of(site / "output")} - made_last - of_theme <= {*spy.searched}


def test_a_leak_is_found_wherever_it_comes_from(site: Path) -> None:
    """A withheld word in a page by hand or a template is found as in a fresh build, each time."""
    for name in ("content/pages/guide.md", "theme/templates/_menu.html"):
        before = (site / name).read_text()
        added(name, "\nOld Tom\n")(site)
        for _ in range(2):
            with pytest.raises(Problems, match="leak"):
                built(site)
        (site / name).write_text(before)
    assert_same(site)


def test_a_redaction_of_what_is_in_a_kept_page_is_a_leak(site: Path) -> None:
    """A page by hand that nobody touched is searched for what is withheld now."""
    added("content/pages/about.md", f"\nThanks to {HIDDEN}.\n")(site)
    built(site)
    before = tree(site / "output")
    EDITS["a redaction of the archive"](site)
    for _ in range(2):
        with pytest.raises(Problems, match=r"pages/about-this-archive.html.*leak"):
            built(site)
    assert before == tree(site / "output")
    (site / "content/redactions.yaml").unlink()
    assert_same(site)


BREAKS: dict[str, tuple[str, Edit]] = {
    "a note": ("guide.html: ../rain/index.html#note-cistern", all_of(
        notes("rain", "id: cistern", "id: tank"), notes("snow", "note-cistern", "note-tank"), gone("content/redirects.yaml"))),
    "a note that is written otherwise": ("other.html", all_of(
        notes("rain", "id: slept", "id: dozed"))),
    "a note that a redirect leads to": ("/old/ leads to #note-cistern", all_of(
        notes("rain", "id: cistern", "id: tank"), notes("snow", "note-cistern", "note-tank"), gone("content/pages/guide.md"), gone("content/pages/linked.html"))),
    "an item": ("guide.html: ../snow/index.html", all_of(without("snow"), gone("content/redirects.yaml"))),
    "a tag": ("other.html: ../tag/c%6Fld.html", notes("snow", ", cold]", "]")),
    "a redirect": ("other.html: ../older/index.html", written("content/redirects.yaml", FILES["redirects.yaml"].partition("  - {from: /older")[0])),
    "a commenter": ("other.html: ../commenters/agatha.html", item("snow", "Beate")),
}  # fmt: skip
OTHER = """Title: Other

[a](../rain/index.html#note-sl%65pt) [b](../tag/c%6Fld.html) [c](../older/index.html) [d](../commenters/agatha.html)
"""


@pytest.mark.parametrize("name", BREAKS)
def test_links_that_break_are_told_until_they_are_mended(site: Path, name: str) -> None:
    """A kept page whose link leads nowhere now is reported as by a fresh build, and again."""
    said, edit = BREAKS[name]
    written("content/pages/other.md", OTHER)(site)
    built(site)
    before = tree(site / "output")
    edit(site)
    expected = outcome(lambda: fresh(site))
    assert said in expected
    for _ in range(2):
        assert expected == outcome(lambda: built(site))
    assert before == tree(site / "output")


def test_a_link_to_what_was_removed_twice_is_told(site: Path) -> None:
    """Who takes out a note, and its page from the output too, is told of links to it all the same."""
    (site / "output/rain/index.html").unlink()
    BREAKS["a note"][1](site)
    with pytest.raises(
        Problems, match=r"guide.html: ../rain/index.html#note-cistern names no place"
    ):
        built(site)


SETTINGS: list[dict[str, Any]] = [
    {"SITENAME": "Other"},
    HOSTED,
    {**HOSTED, "SITEURL": "https://c.test"},
    {"ARCHIVE_COMMENTS_PER_PAGE": 1},
    {"ARCHIVE_COMMENTERS": True, "ARCHIVE_ITEM_TYPE": "newsArticle"},
    {"MENUITEMS": [("Home", "https://a.test")]},
    {"DIRECT_TEMPLATES": ["index", "archives"]},
    {"ARTICLE_ORDER_BY": "title", "DISPLAY_PAGES_ON_MENU": False},
    {},
]


def test_each_setting_shows(site: Path) -> None:
    """Whatever setting changes, the site is that of a fresh build with it."""
    for settings in SETTINGS:
        assert_same(site, {**PAGED, **settings})


def test_another_theme_shows_edits(site: Path) -> None:
    """With a theme that knows nothing of the archive, edits show as in a fresh build."""
    settings = {**PAGED, **HOSTED, "THEME": "simple"}
    change(site / "content/pages/guide.md", "#note-cistern", "")
    written("content/redirects.yaml", "redirects: []\n")(site)
    built(site, settings)
    for name in ("an item more", "a note's body", "a post by hand", "a translation", "a category"):
        EDITS[name](site)
        assert_same(site, settings)


def test_another_version_makes_all_anew(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of the program made is rendered and searched again; it may come out the same."""
    for module in (page_keys, build_module):
        monkeypatch.setattr(module, "code_digest", lambda: "another")
    before = stood(site / "output")
    spy = Spy(monkeypatch)
    built(site)
    assert {"rain/index.html", "index.html"} < {*spy.rendered}
    assert {"rain/index.html", "rain/edition.json"} < {*spy.searched}
    assert before == stood(site / "output")


FILTER = """
SUFFIX = "!"
def said(text):
    return text + SUFFIX
def loud(text):
    return said(text)
JINJA_FILTERS = {"loud": loud}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('SUFFIX = "!"', 'SUFFIX = "?"'),
        ("text + SUFFIX", "SUFFIX + text"),
        ("return said(text)", "return text"),
    ],
)
def test_what_a_filter_calls_counts(site: Path, old: str, new: str) -> None:
    """A change of a function or a constant that a filter of the settings uses shows."""
    added("pelicanconf.py", FILTER)(site)
    change(
        site / "theme/templates/page.html", "{{ page.title }}</h1>", "{{ page.title|loud }}</h1>"
    )
    built(site)
    change(site / "pelicanconf.py", old, new)
    assert_same(site)


@pytest.mark.parametrize(
    "words",
    [
        "{% for one in staticfiles %}{{ one.save_as }}{% endfor %}",
        "{% for one in pages %}{{ one.title }} {{ one.translations|map(attribute='title')|join }}{% endfor %}",
        "{% for one in COMMENTERS.commenters %}{{ one.name }}{% endfor %}",
        "{{ generated_content|length }} {{ TAG_PLACES|default({})|length }}",
    ],
)
def test_whatever_a_template_reads_counts(site: Path, words: str) -> None:
    """A template may show anything of the whole site in a page by hand, which then follows its changes."""
    change(site / "theme/templates/page.html", "{{ page.content|safe }}", words)
    settings = {**PAGED, "STATIC_PATHS": ["files"]}
    written("content/pages/files/a.txt", "a")(site)
    built(site, settings)
    for name in ("an item more", "a translation", "a page by hand more"):
        EDITS[name](site)
    written("content/pages/files/b.txt", "b")(site)
    assert_same(site, settings)


def test_a_template_among_the_pages_counts(site: Path) -> None:
    """A page that is a template itself, as TEMPLATE_PAGES names it, shows its edits."""
    settings = {**PAGED, "TEMPLATE_PAGES": {"raw.html.in": "raw.html"}}
    written("content/pages/raw.html.in", "<p>{{ SITENAME }}</p>")(site)
    built(site, settings)
    written("content/pages/raw.html.in", "<p>Here: {{ SITENAME }}</p>")(site)
    assert_same(site, settings)


def test_a_build_that_fails_costs_the_next_nothing(site: Path) -> None:
    """After a build that fails, site and record are as they were, and the next build is right."""
    before = tree(site / "output")
    room = site / "content/annotations/rain.yaml"
    sound = room.read_text()
    for broken in ("annotations: 3\n", sound.replace("quote: cistern", "quote: nowhere here")):
        room.write_text(broken)
        with pytest.raises(Problems):
            built(site)
        assert before == tree(site / "output")
    room.write_text(sound.replace("A tank", "A jar"))
    assert_same(site)
