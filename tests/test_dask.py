"""A Dask cluster reads what this process would have read, and a worker of it may die."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest
from pelican.plugins.annotated_archive.errors import Problem
from pelican.plugins.annotated_archive.executors import workers_for
from pelican.plugins.annotated_archive.pipeline import read_archive
from pelican.plugins.annotated_archive.project import Project

from sites import add_item, copy_site, files_of, project_in, run

T = TypeVar("T")
PAGE = """The {slug}

June 3, 2010

By Ann Lee

It rained on the harbour, and nobody slept.

1 Comment

  1. Beate

    It does indeed.

    June 3, 2010 at 5:04 pm |
"""
SLUGS = [f"item-{number:02}" for number in range(48)]


@dataclass
class Cluster:
    """Hold a scheduler with its address, and its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Yield a cluster of two workers on this machine, each a process without one that restarts it."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        if os.environ.get("ARCHIVE_REQUIRE_DASK") == "1":
            pytest.fail("distributed is not installed")
        pytest.skip("distributed is not installed")
    file = tmp_path / "scheduler.json"
    shared = ["--scheduler-file", str(file), "--no-dashboard"]
    local = ["--host", "127.0.0.1"]
    dask = [sys.executable, "-m", "dask"]
    log = (tmp_path / "dask.log").open("wb")
    scheduler = subprocess.Popen(
        [*dask, "scheduler", *shared, *local, "--port", "0"], stdout=log, stderr=log
    )
    worker = [*dask, "worker", *shared, *local, "--nthreads", "1", "--no-nanny"]
    started = [scheduler]
    try:
        address = wait_for(lambda: address_in(file))
        started += [
            subprocess.Popen(worker, stdout=log, stderr=log, cwd=tmp_path) for _ in range(2)
        ]
        wait_for(lambda: hands(address) == 2)
        yield Cluster(address, scheduler, started[1:])
    finally:
        for one in reversed(started):
            one.kill()
            one.wait()
        log.close()


def hands(address: str) -> int:
    """Return how many workers a scheduler has."""
    from distributed import Client

    with Client(address, timeout=60, set_as_default=False) as client:
        return len(client.nthreads())


def address_in(file: Path) -> str:
    """Return the address that a scheduler wrote; nothing while it has not, or not to the end."""
    try:
        return str(json.loads(file.read_text("utf-8"))["address"])
    except (OSError, ValueError):
        return ""


def wait_for(holds: Callable[[], T]) -> T:
    """Wait until something holds, and return it."""
    end = time.monotonic() + 120
    while not (found := holds()):
        assert time.monotonic() < end, "the cluster did not start"
        time.sleep(0.2)
    return found


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project of many small items, one of which is at fault and one withholds."""
    folder = tmp_path / "site"
    folder.mkdir()
    site = copy_site(folder, empty=True)
    for slug in SLUGS:
        add_item(site, slug, PAGE.format(slug=slug))
    notes = site / "content/annotations"
    withheld = "{id: a, in: 'commenter: Beate', withhold: author, date: 2026-01-01}"
    (notes / "item-03.yaml").write_text(f"redactions:\n  - {withheld}\n", "utf-8")
    return project_in(site)


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_nothing(project: Project, cluster: Cluster) -> None:
    """With one of two workers killed in the middle, the archive is what this process reads."""
    (project.annotations / "item-07.yaml").write_text("nothing: 1\n", "utf-8")
    expected = read_archive(project)
    read: list[str] = []

    def kill(slug: str) -> None:
        read.append(slug)
        if len(read) == 1:
            os.kill(cluster.workers[0].pid, signal.SIGKILL)
            cluster.workers[0].wait()

    archive = read_archive(project, kill, workers=workers_for(0, cluster.address))
    assert sorted(read) == SLUGS
    assert list(map(str, expected.problems)) == list(map(str, archive.problems))
    assert replace(archive, problems=(), warnings=()) == replace(expected, problems=())
    assert 1 == hands(cluster.address)


@pytest.mark.slow
def test_the_last_worker_that_is_killed_loses_nothing(
    project: Project, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all workers gone, what is left is read here, and a warning says so."""
    monkeypatch.setattr("pelican.plugins.annotated_archive.item_reading.PATIENCE", 0.5)
    expected = read_archive(project)
    read: list[str] = []

    def kill(slug: str) -> None:
        read.append(slug)
        for one in cluster.workers if len(read) == 1 else ():
            os.kill(one.pid, signal.SIGKILL)
            one.wait()

    archive = read_archive(project, kill, workers=workers_for(0, cluster.address))
    assert replace(archive, warnings=()) == expected
    assert all("archive.worker" in str(one) for one in archive.warnings)
    with pytest.raises(Problem, match="has no workers"):
        read_archive(project, workers=workers_for(0, cluster.address))


@pytest.mark.slow
def test_the_scheduler_that_is_killed_loses_nothing(project: Project, cluster: Cluster) -> None:
    """With the scheduler itself gone, what is left is read here."""
    expected = read_archive(project)
    read: list[str] = []

    def kill(slug: str) -> None:
        read.append(slug)
        if len(read) == 1:
            cluster.scheduler.kill()
            cluster.scheduler.wait()

    archive = read_archive(project, kill, workers=workers_for(0, cluster.address))
    assert sorted(read) == SLUGS
    assert replace(archive, warnings=()) == expected
    assert all("archive.worker" in str(one) for one in archive.warnings)


@pytest.mark.slow
def test_a_build_by_a_cluster_is_the_same(project: Project, cluster: Cluster) -> None:
    """From the command line, a cluster's pages are those of this machine."""
    site = project.root
    (project.annotations / "item-03.yaml").unlink()  # the name that it withholds stands elsewhere
    built = []
    for words in (["--jobs", "1"], ["--scheduler", cluster.address]):
        assert 0 == run(site, "clean").returncode
        result = run(site, "pages", *words)
        assert (0, "") == (result.returncode, result.stderr)
        built.append(files_of(site / "content"))
        for page in project.pages.glob("*.md"):
            page.unlink()
    assert built[0] == built[1]


def test_a_scheduler_that_is_not_there_is_said(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong address ends the run with a message; so does Dask that is not installed."""
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "distributed", None)
        with pytest.raises(Problem, match=r"annotated-archive\[dask\]"):
            read_archive(project, workers=workers_for(0, "tcp://127.0.0.1:1"))
    pytest.importorskip("distributed")
    monkeypatch.setattr("pelican.plugins.annotated_archive.executors._WAIT", 0.5)
    for address in ("tcp://127.0.0.1:1", "nonsense://x", ":"):
        with pytest.raises(Problem, match="no scheduler answers"):
            read_archive(project, workers=workers_for(0, address))
