"""What is on the disk is what is shipped, and imports go one way."""

import ast
import doctest
import importlib
import re
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLUGINS = ROOT / "plugins"
PLUGIN = PLUGINS / "annotated_archive"
THEME = ROOT / "theme"
NAME = "pelican.plugins.annotated_archive"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETUPTOOLS = PYPROJECT["tool"]["setuptools"]

ROWS = """
    __init__ errors model hands files file_states fixity project lock former_site new_site exchange schema_parts annotations.base
    annotations.gloss annotations.context annotations.fact_check annotations.correction
    annotations.cross_reference annotations.translation annotations.content_warning
    annotations.question annotations content_schemas edition_schema schemas folding resolution
    redaction near_misses escapes decoding disguises leaks plain_text plain_text.languages furniture lines
    shortcodes encoding times plain_text.moments marks marked markdown folded_places wording json_text yaml_file
    schema_checks validation plain_text.masthead plain_text.layouts.signatures plain_text.layouts.signs
    plain_text.layouts.page plain_text.layouts.numbered plain_text.layouts.heads
    plain_text.layouts.feet plain_text.layouts.certainty plain_text.layouts
    plain_text.responses plain_text.article captures.base captures.text html html.addresses
    html.calendar_words html.elements html.limits html.platform html.spans html.day_times
    html.declared html.index html.platforms.blogger html.platforms.disqus html.platforms.drupal
    html.platforms.livejournal html.platforms.microformats html.platforms.movable_type
    html.platforms.schema_org html.platforms.wordpress html.tree html.visible html.blocks
    html.fringe html.ledger html.near html.platforms html.provenance html.shells html.years html.stamps
    html.article html.clocks html.items html.json_ld html.names html.times_of html.bylines
    html.drafts html.responses html.threads html.titles html.bodies html.heads html.merging
    html.metadata html.page_notes html.pings html.engine html.platforms.general html.read
    captures.html captures.mhtml exported exported.xml_encoding exported.exported_xml
    exported.export_times exported.export_notes exported.export_accounts exported.exported_html
    captures.wxr captures.disqus captures containers.limits containers.base
    containers.byte_source containers.digests containers.records containers.http_payload
    containers.opened containers.ranges containers.warc containers.wacz containers.wxr
    containers.disqus containers format_guides merge anchor_lock document normal_form selectors
    places held_places anchoring glossary cross_references comment_order discussion
    answer_entries name_words address_forms addressees named_answers quoted_answers answers answered hand_pages note_images
    annotation_files spoken content_files archive_files redirects robust_links notes comment_pages page_parts pages note_views text_views comment_views
    views note_index citations citation_formats ways ways.periods ways.timeline ways.item_timeline ways.holdings
    ways.archive_timeline ways.dates ways.sources ways.commenter_names ways.commenters ways.menu ways.narrow exports exports.sitemap exports.headers exports.redirects exports.edition_json
    exports.comment_feed exports.annotation_feed exports.annotations_jsonld exports.data_block
    exports.structured_data exports.meta_tags item_metadata search.terms search.postings search.records
    search.families search.kept search.texts search.files search editing items archive_rules item_codec item_record item_keys item_cache
    page_record build_inputs memory item_reading executors pipeline
    capture_record item_files intake container_intake at_source manifest output_check report
    annotation_status entries entries.annotation_entries entries.entry_selectors interchange
    interchange.foreign_text interchange.web_annotations interchange.foreign_places
    interchange.foreign_entries entries.annotate interchange.importing
    pelican_glue.site_settings pelican_glue.context pelican_glue.readers pelican_glue.ways pelican_glue.search_page pelican_glue.hand_addresses
    pelican_glue.page_keys pelican_glue.writer pelican_glue.one_item pelican_glue.compiled pelican_glue.members pelican_glue.running
    pelican_glue.generator pelican_glue stylesheet build checks preview preview.board preview.shown preview.server preview.watching preview.first serve publishing publishing.git publishing.branch publishing.differences cli publish_task annotation_tasks
    capture_task tasks
"""
ORDER = ROWS.split()
"""A module imports only from those that stand before it."""


def modules() -> dict[str, Path]:
    """Return each module's file by its name below the plugin; a package by the package's name."""
    found = {}
    for path in sorted(PLUGIN.rglob("*.py")):
        parts = path.relative_to(PLUGIN).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name or "__init__"] = path
    return found


MODULES = modules()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield how many dots each import has, and the dotted name after them."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.level, node.module
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.level, alias.name) for alias in node.names)


def own_imports(name: str) -> set[str]:
    """Return the modules of the plugin that the module *name* imports."""
    path = MODULES[name]
    package = path.parent.relative_to(PLUGIN).parts
    found = set()
    for level, imported in imports(path):
        if level:
            base = package[: len(package) - (level - 1)]
            dotted = ".".join((*base, imported))
            found.add(dotted if dotted in MODULES else "__init__")
    return found


def third_party(name: str) -> set[str]:
    """Return the top-level names that a module imports and Python does not bring."""
    tops = {imported.split(".")[0] for level, imported in imports(MODULES[name]) if not level}
    return tops - set(sys.stdlib_module_names)


def matches(file: str, pattern: str) -> bool:
    """Tell whether *pattern* of package-data takes *file*; a star never takes a slash."""
    return file.count("/") == pattern.count("/") and fnmatch(file, pattern)


def test_listed_packages_are_the_folders() -> None:
    """Every package on the disk is shipped, and no other is listed."""
    packages = {path.parent for path in PLUGIN.rglob("__init__.py")}
    dotted = {".".join(("pelican", *p.relative_to(ROOT).parts)) for p in packages}
    expected = dotted | {"pelican.plugins", "pelican.themes.annotated_archive"}
    assert expected == set(SETUPTOOLS["packages"])
    assert SETUPTOOLS["include-package-data"] is False


def test_nothing_else_lives_in_plugins() -> None:
    """The namespace folder holds the plugin alone, and no __init__.py, which would end it."""
    names = {path.name for path in PLUGINS.iterdir() if not path.name.startswith((".", "__py"))}
    assert {"annotated_archive"} == names


@pytest.mark.parametrize(
    ("package", "folder"), [(NAME, PLUGIN), ("pelican.themes.annotated_archive", THEME)]
)
def test_package_data_covers_every_file(package: str, folder: Path) -> None:
    """Every file that is not Python is matched by a pattern, and every pattern matches one."""
    patterns = SETUPTOOLS["package-data"][package]
    files = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix not in (".py", ".pyc")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    assert [] == [f for f in files if not any(matches(f, p) for p in patterns)]
    assert [] == [p for p in patterns if not any(matches(f, p) for f in files)]


def test_the_plugin_says_that_it_is_typed() -> None:
    """py.typed is there and shipped."""
    assert (PLUGIN / "py.typed").is_file()
    assert "py.typed" in SETUPTOOLS["package-data"][NAME]


def test_the_version_is_the_same_everywhere() -> None:
    """The package, its metadata and the changelog's newest entry name one version."""
    version = importlib.import_module(NAME).__version__
    assert PYPROJECT["project"]["version"] == version
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == version


def test_the_order_names_every_module() -> None:
    """A new module gets its place in the order of imports."""
    assert sorted(MODULES) == sorted(ORDER)


@pytest.mark.parametrize("name", ORDER)
def test_imports_go_one_way(name: str) -> None:
    """A module imports only modules that stand before it; `register` alone leads on to the glue."""
    before = set(ORDER[: ORDER.index(name)]) | ({"pelican_glue"} if name == "__init__" else set())
    assert set() == own_imports(name) - before


@pytest.mark.parametrize("name", sorted(MODULES))
def test_only_the_glue_imports_pelican(name: str) -> None:
    """Pelican is imported in one package; the plugin imports itself by relative names."""
    assert name.startswith("pelican_glue") == ("pelican" in third_party(name))


def test_what_is_imported_is_declared() -> None:
    """Every library that the plugin imports is a dependency, not a guest of another one."""
    distributions = {
        "markdown_it": "markdown-it-py",
        "mdit_py_plugins": "mdit-py-plugins",
        "yaml": "pyyaml",
        "ghp_import": "ghp-import",
        "charset_normalizer": "charset-normalizer",
    }
    wanted = [
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["project"]["optional-dependencies"]["dask"],
    ]
    declared = {re.split(r"[\[>=<~! ]", text)[0] for text in wanted}
    imported = {distributions.get(top, top) for name in MODULES for top in third_party(name)}
    assert set() == imported - declared


@pytest.mark.parametrize("name", sorted(MODULES))
def test_examples_are_true(name: str) -> None:
    """The examples in a module's docstrings give what they show, by the module's import name."""
    module = importlib.import_module(NAME if name == "__init__" else f"{NAME}.{name}")
    flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    assert 0 == doctest.testmod(module, optionflags=flags).failed
