"""Documentation cannot rot: what the code has, the documents name; what they name, exists."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pelican.plugins.annotated_archive.annotations import KINDS
from pelican.plugins.annotated_archive.captures import FORMATS
from pelican.plugins.annotated_archive.content_schemas import ANNOTATION
from pelican.plugins.annotated_archive.furniture import FURNITURE
from pelican.plugins.annotated_archive.pipeline import Archive, read_archive
from pelican.plugins.annotated_archive.project import RESERVED
from pelican.plugins.annotated_archive.schemas import SCHEMAS, schema_text
from pelican.plugins.annotated_archive.tasks import namespace

from sites import add_item, copy_site, project_in, run

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PLUGIN = ROOT / "plugins" / "annotated_archive"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
GENERATED = {
    *(
        ".annotated-archive.cache",
        ".git",
        ".preview",
        ".venv",
        "__pycache__",
        "build",
        "dist",
        "output",
    ),
    *(".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "node_modules"),
}
TREES = [(path, ast.parse(path.read_text("utf-8"))) for path in sorted(PLUGIN.rglob("*.py"))]

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")
MACHINE = re.compile(r"/(?:work|home|Users|root|tmp)/[a-z]", re.IGNORECASE)


def said(name: str) -> str:
    """Return the text of a document."""
    return (ROOT / name).read_text("utf-8")


def anchors(text: str) -> set[str]:
    """Return the fragments that a code host gives the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in words}


def test_every_task_and_option_is_documented() -> None:
    """README's table names every task; the documents name every option of each."""
    documents = "".join(path.read_text("utf-8") for path in PAGES)
    for name in namespace.task_names:
        assert f"`invoke {name}" in said("README.md"), name
        for argument in namespace[name].get_arguments():
            shown = argument.names[0].replace("_", "-")
            assert argument.positional or f"--{shown}" in documents, f"{name} --{shown}"


def test_every_capture_format_is_documented() -> None:
    """Each format has its section in docs/formats.md."""
    headings = anchors(said("docs/formats.md"))
    assert set() == {f"the-{name}-format" for name in FORMATS} - headings


def test_every_kind_of_furniture_is_documented() -> None:
    """Each kind of page furniture has its row in docs/formats.md."""
    text = said("docs/formats.md")
    assert [] == [name for name, _ in FURNITURE if f"| {name} |" not in text]


def test_every_setting_is_documented() -> None:
    """Each setting that the plugin reads stands in docs/publishing.md."""
    code = "".join(path.read_text("utf-8") for path, _ in TREES)
    names = set(re.findall(r"settings\.get\(\s*\"(ARCHIVE_\w+)\"", code))
    assert names
    assert set() == {name for name in names if f"`{name}`" not in said("docs/publishing.md")}


def fields(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the name of every field of a schema, at any depth."""
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from fields(inner)
    if "items" in schema:
        yield from fields(schema["items"])


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_field_is_documented(name: str) -> None:
    """Each field of content files and of the record has its row."""
    document = "docs/exports.md" if name.startswith("edition") else "docs/content-files.md"
    text = said(document)
    assert [] == [field for field in fields(SCHEMAS[name]) if f"`{field}`" not in text]


def test_every_annotation_kind_is_documented() -> None:
    """docs/annotating.md has each kind with its own fields, those that must stand marked so."""
    section = said("docs/annotating.md").partition("## The kinds")[2].partition("\n| field |")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| ([^|]+) \|$", section, re.MULTILINE)
    named = {
        kind.name: ", ".join(
            f"`{name}` (required)" if name in kind.required else f"`{name}`" for name in kind.fields
        )
        for kind in KINDS.values()
    }
    assert {kind: listed or "none" for kind, listed in named.items()} == dict(rows)


def test_every_annotation_field_is_documented() -> None:
    """docs/annotating.md has a row for each field that any annotation may have, and no other."""
    table = said("docs/annotating.md").partition("\n| field |")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    own = {name for kind in KINDS.values() for name in kind.fields}
    assert set(ANNOTATION["properties"]) - own == set(re.findall(r"`([a-z-]+)`", "".join(cells)))


def guide(language: str) -> list[str]:
    """Return the examples of docs/annotating.md that are in one language."""
    fenced = rf"^```{language}\n(.*?)^```$"
    return re.findall(fenced, said("docs/annotating.md"), re.MULTILINE | re.DOTALL)


def annotated(folder: Path, annotations: str) -> Archive:
    """Return the archive of the guide's capture with an editor's file."""
    site = copy_site(folder, empty=True)
    add_item(site, "rain-at-last", guide("text")[0])
    (site / "content/annotations/rain-at-last.yaml").write_text(annotations, "utf-8")
    return read_archive(project_in(site))


def test_the_example_of_the_guide_is_right(tmp_path: Path) -> None:
    """Editors may copy the guide's file: each entry is found, and at the words that are meant."""
    archive = annotated(tmp_path, guide("yaml")[0])
    assert () == archive.problems
    (edition,) = archive.editions
    texts = {comment.id: comment.text for comment in edition.document.comments}
    texts["article"] = "\n\n".join(block.text for block in edition.document.blocks)
    found = {
        one.id: [texts[t.place][t.start : t.end] for t in one.targets if t.span]
        for one in edition.annotations
    }
    assert found == {
        "harbour-master": ["harbour master"],
        "one-night": ["filled the old cistern in one night"],
        "which-rain": ["rain"],
        "leaks": ["cistern"],
        "it-rains": ["Il pleut, enfin."],
        "whole-page": [],
    }
    starts = {one.id: one.targets[0].start for one in edition.annotations if one.is_on_words}
    assert texts["article"].index("rain since") == starts["which-rain"]
    assert texts["comment-20100603-1704"].rindex("cistern") == starts["leaks"]


@pytest.mark.slow
def test_the_example_of_the_guide_builds(tmp_path: Path) -> None:
    """The built page shows each note of the guide's file."""
    annotated(tmp_path, guide("yaml")[0])
    built = run(tmp_path, "build")
    assert 0 == built.returncode, built.stderr
    page = (tmp_path / "output/rain-at-last/index.html").read_text("utf-8")
    ids = re.findall(r"^  - id: (\S+)$", guide("yaml")[0], re.MULTILINE)
    assert 6 == len(ids)
    assert [] == [one for one in ids if f'id="note-{one}"' not in page]


def test_the_messages_of_the_guide_are_what_is_said(tmp_path: Path) -> None:
    """Each mistake that the guide shows gets the message that it shows."""
    archive = annotated(tmp_path, guide("yaml")[1])
    assert guide("text")[1].splitlines() == [str(problem) for problem in archive.problems]


def test_every_reserved_name_is_documented() -> None:
    """A person can read which slugs are taken."""
    text = said("docs/content-files.md")
    devices = re.compile(r"(?:com|lpt)\d")
    names = {name for name in RESERVED if not devices.fullmatch(name)}
    assert set() == {name for name in names if f"`{name}`" not in text}


def test_every_export_is_documented() -> None:
    """Each export, and each file that it writes, stands in docs/exports.md."""
    text = said("docs/exports.md")
    for path in (PLUGIN / "exports").glob("[!_]*.py"):
        assert path.stem in text, path.name
    for file in ("edition.json", "comments.atom.xml", "sitemap.xml", "feeds/all.atom.xml"):
        assert f"`{file}`" in text or f"/{file}`" in text, file


def codes(**names: int) -> set[str]:
    """Return the codes that the modules give to what is called *names*, each at its place."""
    found: set[str] = set()
    for _, tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = names.get(node.func.id, len(node.args))
                words = node.args[place : place + 1]
                found |= {str(one.value) for one in words if isinstance(one, ast.Constant)}
    return {code for code in found if CODE.fullmatch(code)}


def test_every_error_code_is_documented() -> None:
    """Each code that a message may end with has its row, and no row outlives its code."""
    code = "".join(path.read_text("utf-8") for path, _ in TREES)
    written = set(re.findall(r"\[archive\.([a-z-]+)\]\"", code))
    expected = codes(Problem=0, Unreadable=0, _told=0, _problem=1, problem_of=1) | written
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", said("docs/messages.md"), re.MULTILINE))
    assert expected == listed


def test_every_note_code_is_documented() -> None:
    """Each code of a note has its row, and no row outlives its code."""
    text = said("docs/accounting.md")
    assert codes(Note=0) == set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE))


def test_every_module_is_on_the_map() -> None:
    """docs/architecture.md names every module of the plugin."""
    text = said("docs/architecture.md")
    names = {path.relative_to(PLUGIN).as_posix() for path, _ in TREES}
    assert set() == {name for name in names if f"`{name}`" not in text}


def test_every_dependency_is_documented() -> None:
    """Each dependency stands in docs/dependencies.md with the lower bound that is asked for."""
    text = said("docs/dependencies.md")
    project = said("pyproject.toml").partition("[project.scripts]")[0]
    wanted = re.findall(r"^  \"([A-Za-z0-9_-]+)(?:\[\w+\])?(?:>=([\d.]+))?\",$", project, re.M)
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (\S+) \|", text, re.M))
    expected = {name: bound or "any" for name, bound in wanted if name != "annotated-archive"}
    tools = json.loads(said("tests/page_tools/package.json"))["dependencies"]
    for names, versions in re.findall(r"^\| (`.+`) \| ([\d., ]+) \|", text, re.M):
        named = re.findall(r"`([^`]+)`", names)
        if named[0] in tools:
            assert {name: tools.pop(name) for name in named} == dict(
                zip(named, versions.split(", "), strict=True)
            )
            rows.pop(named[0], None)
    assert {} == tools
    assert expected == rows


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_documents_resolve(page: Path) -> None:
    """Each link to a file of the project leads to it and, after a #, to a heading there."""
    for link in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, fragment = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        if fragment:
            assert fragment in anchors(target.read_text("utf-8")), link


def test_every_document_can_be_reached() -> None:
    """From README and CONTRIBUTING links lead to every document."""
    reached: set[Path] = set()
    ahead = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        names = (link.partition("#")[0] for link in LINK.findall(page.read_text("utf-8")))
        ahead += [(page.parent / name).resolve() for name in names if name and "://" not in name]
    assert set() == set(PAGES) - reached


def test_contributing_begins_with_the_architecture() -> None:
    """The first link of CONTRIBUTING leads to the one page on how all is built."""
    assert LINK.findall(said("CONTRIBUTING.md"))[0] == "docs/architecture.md"


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schemas_are_current(name: str) -> None:
    """docs/schemas holds what the code checks content files against."""
    assert schema_text(name) == (DOCS / "schemas" / name).read_text("utf-8")


def test_no_schema_is_left_over() -> None:
    """docs/schemas holds nothing that the code does not write."""
    assert set(SCHEMAS) == {path.name for path in (DOCS / "schemas").iterdir()}


def project_files() -> Iterator[Path]:
    """Yield every text file of the project that a person wrote, captures left out."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if GENERATED.intersection(parts) or "captures" in parts or not path.is_file():
            continue
        if not any(part.endswith(".egg-info") for part in parts):
            yield path


def test_no_file_holds_a_path_of_one_machine() -> None:
    """What is written in the project is true on every machine."""
    found = []
    for path in project_files():
        text = path.read_text("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {hit}" for hit in MACHINE.findall(text)]
    assert [] == found
