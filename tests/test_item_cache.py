"""What was read is kept by content, never what is withheld, and losing it changes nothing."""

import os
import pickle
import shutil
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pelican.plugins.annotated_archive import (
    file_states,
    item_cache,
    item_keys,
    item_reading,
    model,
)
from pelican.plugins.annotated_archive.archive_rules import read_rules
from pelican.plugins.annotated_archive.errors import Problem
from pelican.plugins.annotated_archive.item_cache import MAGIC, clear, open_cache
from pelican.plugins.annotated_archive.item_codec import ALLOWED, packed, unpacked
from pelican.plugins.annotated_archive.item_record import standing_of
from pelican.plugins.annotated_archive.items import read_item
from pelican.plugins.annotated_archive.pelican_glue.site_settings import load_settings, project_of
from pelican.plugins.annotated_archive.pipeline import (
    Archive,
    read_archive,
    read_outcomes,
    write_pages,
)
from pelican.plugins.annotated_archive.project import Project

from sites import add_item, copy_site, files_of, project_in, run

PAGE = """{title}

June 3, 2010

By Ann Lee

It rained on the harbour. The cistern filled in one night, and nobody slept.

2 Comments

  1. {first}

    The roof leaks over the cistern.

    June 3, 2010 at 4:30 pm |

  2. Beate

    It does indeed.

    June 3, 2010 at 5:04 pm |
"""
NAMES = {"rain": "Zebulon Quince", "snow": "Agatha", "wind": "Agatha"}
NOTES = """tags: [weather]
annotations:
  - id: cistern
    kind: gloss
    quote: cistern
    body: A tank.
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project of three items that share a shape, with a cache; all times are past."""
    site = copy_site(tmp_path, empty=True)
    for slug, first in NAMES.items():
        add_item(site, slug, PAGE.format(title=f"The {slug}", first=first))
        (site / f"content/annotations/{slug}.yaml").write_text(NOTES, "utf-8")
    content = site / "content"
    age(content)
    return replace(project_in(site), cache=site / "cache", redactions=content / "redactions.yaml")


def age(folder: Path) -> None:
    """Let every file be of yesterday, so that the time of its change proves something."""
    for path in folder.rglob("*"):
        os.utime(path, (path.stat().st_mtime - 86_400,) * 2)


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be settled as soon as they are written; one test asks for the rule itself."""
    monkeypatch.setattr(file_states, "RACY", 0)
    monkeypatch.setattr(file_states, "TICK", 0)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the slugs of the items that are read, as they are read."""
    found: list[str] = []

    def noted(project: Project, slug: str, *rest: Any) -> Any:
        found.append(slug)
        return read_item(project, slug, *rest)

    monkeypatch.setattr(item_reading, "read_item", noted)
    return found


Told = tuple[Archive, list[str], list[str]]


def told(archive: Archive) -> Told:
    """Return an archive with its problems and warnings in words, so that two can be compared."""
    bare = replace(archive, problems=(), warnings=())
    return bare, [str(one) for one in archive.problems], [str(one) for one in archive.warnings]


def read(project: Project) -> Told:
    """Return the archive as it is read with the cache."""
    return told(read_archive(project))


def fresh(project: Project) -> Told:
    """Return the archive as it is read without a cache."""
    return told(read_archive(replace(project, cache=None)))


def kept(project: Project) -> set[str]:
    """Return the slugs of the items that are kept."""
    assert project.cache is not None
    return {path.stem for path in project.cache.rglob("*.item")}


def text_of(project: Project) -> bytes:
    """Return every byte of the cache."""
    assert project.cache is not None
    return b"".join(files_of(project.cache).values())


def test_what_is_kept_is_what_was_read(project: Project, reads: list[str]) -> None:
    """The second run reads no item, and has the same archive."""
    first = read(project)
    assert ["rain", "snow", "wind"] == reads
    assert (2, 2) == tuple(len(one.document.comments) for one in first[0].editions[:2])
    second = read(project)
    assert ["rain", "snow", "wind"] == reads
    assert first == second == fresh(project)


def test_lock_files_that_are_then_written_are_known(project: Project, reads: list[str]) -> None:
    """Writing the lock files that reading asked for makes no item read again, nor otherwise."""
    first = read_archive(project)
    assert ("rain", "snow", "wind") == write_pages(project, first).locks
    reads.clear()
    second = read_archive(project)
    assert [] == reads
    assert told(first) == told(second) == fresh(project)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: add(content / "annotations/snow.yaml", "summary: Cold.\n"),
        lambda content: add(content / "captures/snow/capture.yaml", "# a word\n"),
        lambda content: add(content / "annotations/snow.lock.yaml", "# a word\n"),
        lambda content: add(content / "annotations/snow/long.md", LONG),
        lambda content: add(content / "annotations/snow/map.png", "\x89"),
        lambda content: add(content / "captures/snow/more.txt", "more"),
        lambda content: add(content / "captures/snow/redactions.yaml", "redactions: []\n"),
    ],
)
def test_whatever_an_item_is_read_from_counts(
    project: Project, reads: list[str], change: Callable[[Path], None]
) -> None:
    """A change of any file of an item has that item read, and no other."""
    write_pages(project, read_archive(project))
    read_archive(project)
    reads.clear()
    change(project.captures.parent)
    archive = read(project)
    assert ["snow"] == reads
    assert archive == fresh(project)


LONG = "---\nkind: context\nquote: harbour\n---\nWhere ships lie.\n"


def add(path: Path, text: str) -> None:
    """Add a text to a file."""
    path.parent.mkdir(exist_ok=True)
    with path.open("ab") as file:
        file.write(text.encode("latin-1"))


def test_a_changed_capture_is_reported(project: Project) -> None:
    """Fixity is verified where anything about a captured file is not as it was."""
    read_archive(project)
    path = project.captures / "snow/capture.txt"
    name = next(path.parent.glob("*.txt"))
    name.write_bytes(name.read_bytes().replace(b"roof", b"ruin"))
    assert ["fixity"] == [problem.code for problem in read_archive(project).problems]
    assert "snow" not in kept(project)


@pytest.mark.parametrize(("granule", "name"), [(1_000_000_000, "RACY"), (1, "TICK")])
def test_a_file_of_this_moment_is_read_again(
    project: Project, monkeypatch: pytest.MonkeyPatch, granule: int, name: str
) -> None:
    """A file that changes twice within one tick of the clock is not taken for the first."""
    monkeypatch.setattr(file_states, name, 2_000_000_000)
    path = project.annotations / "snow.yaml"
    real = item_keys._state
    monkeypatch.setattr(item_keys, "_state", lambda path: replace(real(path), entered=0))
    path.write_text(NOTES.replace("A tank", "A jar"), "utf-8")
    time = path.stat().st_mtime_ns // granule * granule
    os.utime(path, ns=(time, time))
    read_archive(project)
    path.write_text(NOTES.replace("A tank", "A pot"), "utf-8")
    os.utime(path, ns=(time, time))
    editions = {one.document.slug: one for one in read_archive(project).editions}
    assert "A pot." == editions["snow"].annotations[0].body


WITHHELD = {
    "by the item": (
        "annotations/rain.yaml",
        "redactions:\n  - {id: a, in: 'commenter: Zebulon Quince', withhold: author, date: 2026-01-01}\n",
    ),
    "beside the captures": (
        "captures/rain/redactions.yaml",
        "redactions:\n  - {id: a, in: 'commenter: Zebulon Quince', withhold: author, date: 2026-01-01}\n",
    ),
    "in the whole archive": (
        "redactions.yaml",
        "redactions:\n  - {id: a, withhold: term, term: Zebulon Quince, date: 2026-01-01}\n",
    ),
    "in a file that is damaged": ("redactions.yaml", "redactions:\n  - {id: a, term: Zebulon"),
    "by an item that is damaged": ("annotations/rain.yaml", "redactions:\n  - {id: a\n"),
}


@pytest.mark.parametrize("how", WITHHELD)
def test_nothing_withheld_is_kept(project: Project, how: str) -> None:
    """From the first run on that knows of a redaction, no byte of the cache holds its words."""
    read_archive(project)
    name = b"Zebulon Quince"
    capture = next((project.captures / "rain").glob("*.txt")).read_bytes()
    digest = item_keys.hashlib.sha256(capture).hexdigest().encode()
    assert name in text_of(project)
    assert digest in text_of(project)
    path, text = WITHHELD[how]
    add(project.captures.parent / path, text)
    assert ("damaged" in how) == bool(fresh(project)[1])
    for _ in range(2):
        assert read(project) == fresh(project)
        assert name not in text_of(project)
        assert digest not in text_of(project)


def test_redactions_may_come_with_an_old_time(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no time tells that the archive's redactions are new, they are noticed all the same."""
    real = item_keys._state
    monkeypatch.setattr(item_keys, "_state", lambda path: replace(real(path), entered=0))
    read_archive(project)
    path = project.captures.parent / "redactions.yaml"
    path.write_text(WITHHELD["in the whole archive"][1], "utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert read(project) == fresh(project)
    assert b"Zebulon Quince" not in text_of(project)


def test_what_is_withheld_elsewhere_is_no_hindrance(project: Project, reads: list[str]) -> None:
    """With a redaction of the whole archive, the items that it does not touch are kept."""
    (project.captures.parent / "redactions.yaml").write_text(
        WITHHELD["in the whole archive"][1], "utf-8"
    )
    first = read(project)
    assert {"snow", "wind"} == kept(project)
    reads.clear()
    assert first == read(project)
    assert ["rain"] == reads
    assert first[0].secrets


def test_a_redaction_taken_back_shows_the_words_again(project: Project) -> None:
    """Without the redaction, the item is as it was before."""
    before = read(project)
    path = project.captures.parent / "redactions.yaml"
    path.write_text(WITHHELD["in the whole archive"][1], "utf-8")
    read_archive(project)
    path.unlink()
    assert before == read(project)


RULES = {
    "glossary.yaml": "entries:\n  - {id: roof, term: roof, body: What keeps the rain out.}\n",
    "editors.yaml": "editors:\n  - name: A. Nother\n",
    "annotations/rain.yaml": NOTES
    + "  - {id: who, kind: context, in: 'commenter: Agatha', body: She kept the light.}\n",
    "annotations/snow.yaml": NOTES
    + "  - {id: who, kind: context, in: 'commenter: Agatha', body: She kept the light.}\n",
}

CONCERNED: dict[str, list[str]] = {
    "glossary.yaml": [],
    "editors.yaml": [],
    "annotations/rain.yaml": ["rain", "snow", "wind"],
    "annotations/snow.yaml": ["snow", "wind"],
}


@pytest.mark.parametrize("name", RULES)
def test_rules_of_the_archive_are_asked_again(
    project: Project, reads: list[str], name: str
) -> None:
    """A new glossary, registry or note on a commenter shows; only items that it concerns are read."""
    read_archive(project)
    reads.clear()
    (project.captures.parent / name).write_text(RULES[name], "utf-8")
    archive = read(project)
    assert CONCERNED[name] == reads
    assert archive == fresh(project)
    notes = [one for edition in archive[0].editions for one in edition.annotations]
    assert (3 if name == "glossary.yaml" else 0) == sum(bool(one.entry) for one in notes)
    found = sum(one.id.startswith("from-") for one in notes)
    assert {"annotations/rain.yaml": 2, "annotations/snow.yaml": 1}.get(name, 0) == found
    reads.clear()
    assert archive == read(project)
    assert [] == reads


def test_an_editor_who_is_not_registered_is_still_found(project: Project) -> None:
    """An item that was sound with another registry is asked again who wrote its notes."""
    path = project.annotations / "snow.yaml"
    path.write_text(NOTES.replace("body:", "by: B. Body\n    body:"), "utf-8")
    assert () == read_archive(project).problems
    (project.captures.parent / "editors.yaml").write_text(RULES["editors.yaml"], "utf-8")
    assert ["editor"] == [problem.code for problem in read_archive(project).problems]


def damaged(data: bytes) -> dict[str, bytes]:
    """Return a kept file damaged in each of its parts."""
    start = len(MAGIC)
    head = start + 32 + 4
    places = {
        "its name": 0,
        "its version": start - 2,
        "its digest": start + 3,
        "the length": start + 33,
        "the header": head + 12,
        "the record's beginning": data.index(b"\x80\x05"),
        "the record": len(data) - 200,
        "its end": len(data) - 1,
    }
    found = {
        name: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for name, at in places.items()
    }
    found |= {"nothing": b"", "half": data[: len(data) // 2], "more": data + b"\0"}
    found |= {"another's": b"#!/bin/sh\n", "its magic alone": MAGIC, "no header": data[:head]}
    return found


def sealed_again(header: bytes, record: bytes) -> bytes:
    """Return a file with a right digest around a header and a record of any kind."""
    rest = len(header).to_bytes(4, "big") + header + record
    return MAGIC + item_keys.hashlib.sha256(rest).digest() + rest


def test_damage_costs_time_alone(project: Project, reads: list[str]) -> None:
    """Whatever stands in a kept file, the archive is the same, and the file is made anew."""
    expected = read(project)
    assert project.cache is not None
    path = project.cache / "items" / "rain.item"
    data = path.read_bytes()
    snow = (project.cache / "items" / "snow.item").read_bytes()
    head = data[len(MAGIC) + 36 : data.index(b"\x80\x05")]
    record = data[data.index(b"\x80\x05") :]
    forms = damaged(data) | {
        "another item's": snow,
        "another item's record": sealed_again(head, snow[snow.index(b"\x80\x05") :]),
        "a header that is none": sealed_again(b"[]", record),
        "a header of an older version": sealed_again(b"{}", record),
        "a pickle of something else": sealed_again(head, pickle.dumps(("x",) * 6)),
        "a pickle that runs": sealed_again(head, pickle.dumps(Runs())),
    }
    for name, form in forms.items():
        path.write_bytes(form)
        reads.clear()
        assert expected == read(project), name
        assert ["rain"] == reads, name
        reads.clear()
        assert expected == read(project), name
        assert [] == reads, name
    assert not Path("ran").exists()


class Runs:
    """Be what runs a command where it is unpickled without care."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("touch ran",)


def test_bytes_may_name_the_nouns_alone() -> None:
    """Nothing that can be called for its effects may be named by what is kept."""
    for (module, _), one in ALLOWED.items():
        assert module in ("datetime", model.__name__, packed.__module__), one
    for one in (Runs(), getattr, Problem("a", "b"), Path("a"), eval):
        with pytest.raises(Exception, match="no part of an edition"):
            unpacked(pickle.dumps(one))


def test_every_noun_can_be_kept(project: Project) -> None:
    """Each class of the model comes back equal, with every field."""
    nouns = {one for one in vars(model).values() if isinstance(one, type) and is_dataclass(one)}
    assert nouns <= set(ALLOWED.values())
    for noun in nouns:
        one = noun(*(name.name for name in fields(noun)))
        again = unpacked(packed(one))
        assert type(again) is noun
        assert all(getattr(one, f.name) == getattr(again, f.name) for f in fields(noun))


def test_another_version_reads_anew(
    project: Project, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another version of the program kept is not used."""
    expected = read(project)
    reads.clear()
    monkeypatch.setattr(item_keys, "code_digest", lambda: "another")
    assert expected == read(project)
    assert ["rain", "snow", "wind"] == reads


def test_a_project_may_move(project: Project, tmp_path: Path) -> None:
    """A project that was moved or copied with its cache gives what it gave, at its new place."""
    add(project.annotations / "snow/map.png", "\x89PNG")
    long = LONG.replace("Where ships lie.", "Where ships lie: ![map](map.png)")
    add(project.annotations / "snow/long.md", long)
    read_archive(project)
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in ("content", "cache"):
        shutil.move(tmp_path / name, moved / name)
    there = replace(project_in(moved), cache=moved / "cache")
    assert fresh(there) == read(there)
    assert moved in read_archive(there).images["snow"][0].parents


def test_an_item_that_goes_takes_what_was_kept_along(project: Project) -> None:
    """Nothing is kept of an item that is no more, nor what an interrupted run left."""
    read_archive(project)
    assert project.cache is not None
    (project.cache / "items" / "rain.item.new").write_bytes(b"half")
    shutil.rmtree(project.captures / "wind")
    (project.annotations / "wind.yaml").unlink()
    read_archive(project)
    names = {path.name for path in (project.cache / "items").iterdir()}
    assert {"rain.item", "snow.item"} == names


def unusable(folder: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a cache's folder one that cannot be used."""
    if how == "a file":
        folder.write_text("here")
    elif how == "open to all":
        folder.mkdir()
        folder.chmod(0o777)
    elif how == "a link":
        (folder.parent / "elsewhere").mkdir()
        folder.symlink_to(folder.parent / "elsewhere")
    elif how == "another's":
        monkeypatch.setattr(item_cache.os, "geteuid", lambda: 4242)
    else:

        def refused(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(item_cache, "_replace", refused)


@pytest.mark.skipif(os.name != "posix", reason="owners and modes are those of POSIX")
@pytest.mark.parametrize("how", ["a file", "open to all", "a link", "another's", "a full disk"])
def test_a_cache_that_cannot_be_used_is_none(
    project: Project, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the folder is not this user's alone, or nothing can be written, all is read as without."""
    assert project.cache is not None
    unusable(project.cache, how, monkeypatch)
    for _ in range(2):
        assert fresh(project) == read(project)
    assert [] == list(project.cache.parent.rglob("*.item*"))


def test_only_its_user_may_look(project: Project) -> None:
    """The cache holds text that is perhaps not yet published: it is its user's alone."""
    read_archive(project)
    assert project.cache is not None
    assert 0o700 == project.cache.stat().st_mode & 0o777 or os.name != "posix"
    one = project.cache / "items" / "rain.item"
    assert 0o600 == one.stat().st_mode & 0o777 or os.name != "posix"
    assert "*\n" == (project.cache / ".gitignore").read_text()


def test_clearing_takes_its_own_alone(project: Project) -> None:
    """What a person put into the folder stays when the cache is cleared."""
    read_archive(project)
    assert project.cache is not None
    mine = project.cache / "items" / "mine.txt"
    mine.write_text("keep")
    clear(project.cache)
    assert {"items/mine.txt"} == set(files_of(project.cache))
    mine.unlink()
    clear(project.cache)
    assert not project.cache.exists()
    clear(project.cache)


def test_a_cache_of_faulty_rules_keeps_nothing_new(project: Project) -> None:
    """While a file of the whole archive is at fault, what was kept may be used, and nothing is kept."""
    read_archive(project)
    (project.cache / "items" / "rain.item").unlink()  # type: ignore[operator]
    (project.captures.parent / "editors.yaml").write_text("editors: 3\n", "utf-8")
    read_archive(project)
    assert {"snow", "wind"} == kept(project)


def test_settings_say_where_it_is(tmp_path: Path) -> None:
    """ARCHIVE_CACHE names the folder, or False; never one that is published."""
    site = copy_site(tmp_path, empty=True)
    file = site / "pelicanconf.py"

    def cache(**given: object) -> Path | None:
        return project_of(load_settings(file, given), file).cache

    assert site / ".annotated-archive.cache" == cache()
    assert site / "else" == cache(ARCHIVE_CACHE="else")
    assert cache(ARCHIVE_CACHE=False) is None
    for wrong in (True, "", 3, "output/cache", "content/pages/cache"):
        with pytest.raises(Problem, match="ARCHIVE_CACHE"):
            cache(ARCHIVE_CACHE=wrong)


def test_outcomes_without_a_cache_are_the_same(project: Project) -> None:
    """Items that are kept are equal to items that are read, field by field."""
    read_archive(project)
    rules = read_rules(project, [])
    cache = open_cache(project, standing_of(rules))
    for slug in NAMES:
        assert cache.lookup(slug) == read_item(project, slug, rules)
    assert all(one.item for one in read_outcomes(project, rules, [])[0])


@pytest.mark.slow
def test_a_build_does_not_depend_on_it(tmp_path: Path) -> None:
    """Cold, warm, damaged and cleared, the same files are built."""
    site = copy_site(tmp_path)
    add_item(site, "rain", PAGE.format(title="Rain", first="Agatha"))
    cache = site / ".annotated-archive.cache"
    built = []
    for step in ("cold", "warm", "damaged", "off"):
        if step == "damaged":
            for path in cache.rglob("*.item"):
                path.write_bytes(path.read_bytes()[:-9])
        if step == "off":
            with (site / "pelicanconf.py").open("a") as file:
                file.write("\nARCHIVE_CACHE = False\n")
        result = run(site, "build")
        assert 0 == result.returncode, result.stderr
        built.append(files_of(site / "output") | files_of(site / "content"))
    assert built[0] == built[1] == built[2] == built[3]
    assert [cache / "items/rain.item"] == list(cache.rglob("*.item"))
