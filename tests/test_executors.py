"""Who reads the items changes nothing of what is read, and a worker that ends loses nothing."""

import os
import pickle
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pelican.plugins.annotated_archive import executors, item_reading
from pelican.plugins.annotated_archive.errors import Problem, Problems
from pelican.plugins.annotated_archive.executors import processes, workers_for
from pelican.plugins.annotated_archive.item_reading import (
    Crew,
    Outcome,
    Workers,
    parts_of,
    read_one,
    read_part,
)
from pelican.plugins.annotated_archive.items import ArchiveRules, read_item
from pelican.plugins.annotated_archive.pipeline import Archive, read_archive
from pelican.plugins.annotated_archive.project import Project

from sites import add_item, copy_site, files_of, project_in, run

PAGE = """The {slug}

June 3, 2010

By Ann Lee

It rained on the harbour, and nobody slept.

1 Comment

  1. Beate

    It does indeed.

    June 3, 2010 at 5:04 pm |
"""
SLUGS = [f"item-{number:02}" for number in range(12)]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project of sound items, one that withholds, one with a fault, and one that warns."""
    site = copy_site(tmp_path, empty=True)
    for slug in SLUGS:
        add_item(site, slug, PAGE.format(slug=slug))
    notes = site / "content/annotations"
    withheld = "{id: a, in: 'commenter: Beate', withhold: author, date: 2026-01-01}"
    (notes / "item-03.yaml").write_text(f"redactions:\n  - {withheld}\n", "utf-8")
    missing = "{id: b, kind: gloss, quote: snowed, body: Cold.}"
    (notes / "item-05.yaml").write_text(f"annotations:\n  - {missing}\n", "utf-8")
    (notes / "item-07.yaml").write_text("nothing: 1\nelse: 2\n", "utf-8")
    entries = "entries:\n  - {id: harbour, term: harbour, body: Where ships lie.}\n"
    (site / "content/glossary.yaml").write_text(entries, "utf-8")
    return replace(project_in(site), cache=site / "cache")


def told(archive: Archive) -> tuple[Archive, list[str], list[str]]:
    """Return an archive with its problems and warnings in words, so that two can be compared."""
    bare = replace(archive, problems=(), warnings=())
    return bare, [str(one) for one in archive.problems], [str(one) for one in archive.warnings]


def alone(project: Project) -> tuple[Archive, list[str], list[str]]:
    """Return the archive as this process reads it, without a cache."""
    return told(read_archive(replace(project, cache=None), allow_lost=True))


class Backwards(Executor):
    """Do all work when it is first asked for, the last given first."""

    def __init__(self) -> None:
        self.given: list[tuple[Future[Any], partial[Any]]] = []

    def submit(self, call: Any, /, *words: Any, **named: Any) -> Future[Any]:
        """Take work."""
        future: Future[Any] = Future()
        self.given.append((future, partial(call, *words, **named)))
        if len(self.given) == len(list(parts_of(SLUGS, [1] * len(SLUGS), 12))):
            for one, work in reversed(self.given):
                one.set_result(pickle.loads(pickle.dumps(work())))
        return future


def crew(executor: Executor, **named: Any) -> Workers:
    """Return workers that are always this executor."""

    def opened(_: Sequence[int]) -> AbstractContextManager[Crew]:
        return nullcontext(Crew(executor, 2, **named))

    return opened


def test_any_executor_reads_the_same(project: Project) -> None:
    """Threads, and work that ends in another order, give what this process gives, in its order."""
    expected = alone(project)
    assert ["item-07"] == sorted(expected[0].failed)
    assert 1 == len(expected[2])
    with ThreadPoolExecutor(2) as threads:
        assert expected == told(read_archive(project, allow_lost=True, workers=crew(threads)))
    bare = replace(project, cache=None)
    assert expected == told(read_archive(bare, allow_lost=True, workers=crew(Backwards())))


def test_progress_is_told_of_each_item_once(project: Project) -> None:
    """Whoever reads, and what was kept too, each item is named once."""
    for _ in range(2):
        named: list[str] = []
        with ThreadPoolExecutor(2) as threads:
            read_archive(project, named.append, workers=crew(threads))
        assert SLUGS == sorted(named)


class Broken(Executor):
    """Fail in one way: when work is given, or when its result is asked."""

    def __init__(self, error: Exception, *, at_once: bool) -> None:
        self.error, self.at_once = error, at_once

    def submit(self, call: Any, /, *words: Any, **named: Any) -> Future[Any]:
        """Fail."""
        if self.at_once:
            raise self.error
        future: Future[Any] = Future()
        future.set_exception(self.error)
        return future


@pytest.mark.parametrize("at_once", [True, False])
def test_what_workers_do_not_bring_is_read_here(project: Project, at_once: bool) -> None:
    """Whatever ends the workers, nothing is lost; a warning says so."""
    expected = alone(project)
    broken = Broken(BrokenProcessPool("gone"), at_once=at_once)
    archive = read_archive(project, allow_lost=True, workers=crew(broken))
    warning, *others = told(archive)[2]
    assert expected == (told(archive)[0], told(archive)[1], others)
    assert warning == (
        "some items were read again in this process: BrokenProcessPool [archive.worker]"
    )


class Silent(Executor):
    """Take work, and never do it."""

    def submit(self, call: Any, /, *words: Any, **named: Any) -> Future[Any]:
        """Return what is never done."""
        return Future()


@pytest.mark.parametrize("is_there", [True, False])
def test_nobody_is_waited_for_in_vain(
    project: Project, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    """Where the workers are gone, or say that they are there and bring nothing, all is read here."""
    monkeypatch.setattr(item_reading, "PATIENCE", 0.01)
    workers = crew(Silent(), is_there=lambda: is_there)
    archive = read_archive(project, allow_lost=True, workers=workers)
    expected = alone(project)
    assert expected[:2] == told(archive)[:2]
    told_of = [one for one in told(archive)[2] if "archive.worker" in one]
    assert bool(told_of) is not is_there


def test_a_distant_worker_is_not_believed_about_faults(project: Project) -> None:
    """What a worker that sees other files finds wrong is looked at here before it is told."""

    class Elsewhere(Executor):
        def submit(self, call: Any, /, work: bytes, slugs: Any) -> Future[Any]:  # type: ignore[override]
            future: Future[Any] = Future()
            fault = Problem("no-provenance", "the item has no capture.yaml")
            future.set_result([Outcome(slug, problems=(fault,)) for slug in slugs])
            return future

    archive = read_archive(project, allow_lost=True, workers=crew(Elsewhere(), is_near=False))
    assert alone(project) == told(archive)


def test_a_worker_with_another_program_reads_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version, and a project that is not at the same path, are noticed and said."""
    work = item_reading._work_of(project, ArchiveRules())
    assert 1 == len(read_part(work, ["item-01"]))
    item_reading._known.cache_clear()
    monkeypatch.setattr(item_reading, "code_digest", lambda: "another")
    with pytest.raises(item_reading.StrangerError, match="another version"):
        read_part(work, ["item-01"])
    monkeypatch.undo()
    project.settings.rename(project.settings.with_name("moved.py"))
    with pytest.raises(item_reading.StrangerError, match="same path"):
        read_part(work, ["item-01"])


def test_what_goes_wrong_unforeseen_is_a_problem(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the program is told with the item's name, without the words that it met."""

    def fails(project: Project, slug: str, *rest: Any) -> Any:
        if slug == "item-02":
            raise RuntimeError("Zebulon Quince")
        return read_item(project, slug, *rest)

    monkeypatch.setattr(item_reading, "read_item", fails)
    archive = read_archive(project, allow_lost=True)
    assert str(archive.problems[0]) == (
        "content/captures/item-02: reading the item broke off: RuntimeError; please report it "
        "[archive.internal]"
    )
    assert {"item-02", "item-07"} == archive.failed


@pytest.mark.parametrize(
    "error", [Problem("a", "b", path=Path("c"), line=3), Problem("a", "b", remedy="d", subject="e")]
)
def test_problems_travel(error: Problem) -> None:
    """A problem that comes from a worker says all that it said there."""
    again = pickle.loads(pickle.dumps(Outcome("a", problems=(error,)))).problems[0]
    assert vars(error) == vars(again)
    assert str(error) == str(again)


def test_parts_are_even() -> None:
    """Items are given out in parts of about the same bytes, each item once, a giant by itself."""
    slugs = [str(number) for number in range(300)]
    parts = list(parts_of(slugs, [0] * 300, 12))
    assert slugs == [one for part in parts for one in part]
    assert 25 == max(map(len, parts))
    assert 64 == max(map(len, parts_of(slugs, [10] * 300, 2)))
    assert ("7",) in list(parts_of(slugs, [9_000 if one == "7" else 1 for one in slugs], 4))


def test_few_items_start_no_processes(project: Project) -> None:
    """Processes are started where they pay, or where their number is given."""
    with processes(0, [executors.PAYS]) as one, processes(0, [9] * 99) as small:
        assert one is None
        assert small is None
    with processes(2, []) as nothing, workers_for(1)([10**9] * 9) as here:
        assert nothing is None
        assert here is None


def test_a_number_of_jobs_is_a_number() -> None:
    """Fewer than no processes are refused."""
    with pytest.raises(Problem, match="--jobs is -1"):
        workers_for(-1)


@pytest.mark.slow
def test_processes_read_the_same(project: Project) -> None:
    """Two processes give what one gives, and write the same into the cache."""
    expected = alone(project)
    assert expected == told(read_archive(project, allow_lost=True, workers=workers_for(2)))
    assert project.cache is not None
    names = {path.stem for path in project.cache.rglob("*.item")}
    assert names == set(SLUGS) - {"item-03", "item-05", "item-07"}
    assert expected == told(read_archive(project, allow_lost=True, workers=workers_for(2)))


@pytest.mark.slow
def test_a_process_that_dies_loses_nothing(project: Project) -> None:
    """A process that is killed while it reads costs a warning."""
    expected = alone(project)
    with processes(2, [1] * len(SLUGS)) as team:
        assert team is not None
        team.executor.submit(os._exit, 9)
        archive = read_archive(project, allow_lost=True, workers=lambda _: nullcontext(team))
    assert expected[:2] == told(archive)[:2]
    assert any("archive.worker" in one for one in told(archive)[2])


@pytest.mark.slow
def test_builds_do_not_depend_on_the_number_of_jobs(tmp_path: Path) -> None:
    """With one process and with two, from the command line, the same files are built."""
    site = copy_site(tmp_path)
    for slug in SLUGS[:4]:
        add_item(site, slug, PAGE.format(slug=slug))
    built = []
    for jobs in ("1", "2"):
        assert 0 == run(site, "clean").returncode
        assert not (site / ".annotated-archive.cache").exists()
        result = run(site, "build", "--jobs", jobs)
        assert (0, "") == (result.returncode, result.stderr)
        built.append(files_of(site / "output") | files_of(site / "content"))
        assert 4 == len(list(site.glob(".annotated-archive.cache/items/*.item")))
    assert built[0] == built[1]
    assert 1 == run(site, "pages", "--jobs", "-3").returncode


def test_reading_one_raises_nothing(project: Project) -> None:
    """Each kind of fault comes back as problems."""
    rules = ArchiveRules()
    assert read_one(project, "item-01", rules).item is not None
    assert ["schema", "schema"] == [
        one.code for one in read_one(project, "item-07", rules).problems
    ]
    with pytest.raises(Problems):
        read_item(project, "item-07", rules)
    (project.captures / "item-01" / "capture.yaml").unlink()
    assert ["no-provenance"] == [one.code for one in read_one(project, "item-01", rules).problems]
