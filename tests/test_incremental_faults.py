"""Whatever happens to the output, to what is remembered of it, or to a build, the next build is right."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pelican.plugins.annotated_archive import build as build_module
from pelican.plugins.annotated_archive import exchange, former_site
from pelican.plugins.annotated_archive.former_site import MAGIC
from pelican.plugins.annotated_archive.item_cache import clear

from edited_site import (
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
)
from sites import files_of

CACHE = ".annotated-archive.cache"
NOTE = "content/annotations/rain.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site that was built."""
    return make_site(tmp_path_factory.mktemp("faults"))


@pytest.fixture
def site(made: Path) -> Path:
    """Return the folder of a site as its first build left it."""
    return restore(made)


def record(site: Path) -> Path:
    """Return the file in the cache that tells of the site."""
    return next((site / CACHE / "sites").glob("*.site"))


def swap(site: Path) -> None:
    """Put a folder in the place of a file, and a file in the place of a folder."""
    (site / "output/index.html").unlink()
    (site / "output/index.html").mkdir()
    shutil.rmtree(site / "output/rain")
    (site / "output/rain").write_text("here")


def strange(site: Path) -> None:
    """Add files and folders that no build made, in a page's place too."""
    (site / "output/mine/deep").mkdir(parents=True)
    (site / "output/mine/deep/a.txt").write_text("a")
    (site / "output/empty/deep").mkdir(parents=True)
    (site / "output/lost").symlink_to("nowhere")
    (site / "output/tags.html").unlink()
    (site / "output/tags.html").symlink_to("nowhere")
    os.mkfifo(site / "output/pipe")


def same_size(site: Path) -> None:
    """Edit a page, and give it back its size and its time."""
    path = site / "output/rain/index.html"
    before = path.stat()
    path.write_text(path.read_text().replace("cistern", "cysturn"))
    assert before.st_size == path.stat().st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def removed(name: str) -> Callable[[Path], object]:
    """Return what removes a file or folder of the output."""

    def remove(site: Path) -> None:
        path = site / "output" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


TAMPERED: dict[str, Callable[[Path], object]] = {
    "a page edited": lambda site: (site / "output/rain/index.html").write_text("mine"),
    "a page edited to the same size": same_size,
    "a page emptied": lambda site: (site / "output/rain/index.html").write_text(""),
    "another page's bytes": lambda site: shutil.copy(
        site / "output/snow/index.html", site / "output/rain/index.html"
    ),
    "a page removed": removed("rain/index.html"),
    "a record removed": removed("rain/edition.json"),
    "a file of the theme removed": removed("theme/css/site.css"),
    "the manifest removed": removed("manifest-sha256.txt"),
    "a folder removed": removed("rain"),
    "all of it removed": removed(""),
    "files of strangers": strange,
    "a folder for a file": swap,
    "an old time": lambda site: os.utime(site / "output/index.html", (1, 1)),
}


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are those of POSIX")
@pytest.mark.parametrize("edited", [False, True], ids=["as it was", "with an edit"])
@pytest.mark.parametrize("how", TAMPERED)
def test_an_output_that_was_tampered_with_is_mended(site: Path, how: str, edited: bool) -> None:
    """Files edited, removed or added by hand are made right, with an edit of the archive or without."""
    TAMPERED[how](site)
    if edited:
        change(site / NOTE, "A tank", "A jar")
    expected = fresh(site)
    built(site)
    assert [] == differing(expected, tree(site / "output"))
    before = stood(site / "output")
    built(site)
    assert before == stood(site / "output")


def sealed(rest: bytes) -> bytes:
    """Return a record with a right digest around anything."""
    return MAGIC + hashlib.sha256(rest).digest() + rest


def damaged(data: bytes) -> Iterator[bytes]:
    """Yield a record cut short at many places, with each of its parts changed, and of other shapes."""
    start = len(MAGIC) + 32
    for length in {
        0,
        1,
        len(MAGIC),
        start - 1,
        start,
        start + 1,
        *range(0, len(data), len(data) // 6),
    }:
        yield data[:length]
    for place in (0, len(MAGIC) - 2, len(MAGIC) + 3, start + 2, len(data) // 2, len(data) - 1):
        yield data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
    head, files = map(json.loads, data[start:].split(b"\n"))
    shapes: list[tuple[Any, Any]] = [([], files), (head, {}), (head, []), (3, files), (head, None)]
    shapes += [(head, {**files, name: value}) for name in files for value in (3, [], {}, ["x"])]
    shapes += [(["/elsewhere", *head[1:]], files), ([*head[:3], "now"], files), (head[:2], files)]
    for one, other in shapes:
        yield sealed(f"{json.dumps(one)}\n{json.dumps(other)}".encode())
    yield from (sealed(one) for one in (b"", b"\n", b"\xff", data[start:] * 2, b"[" * 100_000))


def test_a_damaged_record_costs_time_alone(site: Path) -> None:
    """Whatever the record holds, the site is right, and nothing of it is touched that is the same."""
    change(site / NOTE, "A tank", "A jar")
    built(site)
    expected, data = tree(site / "output"), record(site).read_bytes()
    before = stood(site / "output")
    for form in damaged(data):
        record(site).write_bytes(form)
        built(site)
        assert [] == differing(expected, tree(site / "output"))
        assert before == stood(site / "output")


def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no record be written any more."""
    write = Path.write_bytes

    def refused(path: Path, data: bytes) -> int:
        if path.suffix == ".new":
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", refused)


UNUSABLE: dict[str, Callable[[Path, pytest.MonkeyPatch], object]] = {
    "gone": lambda cache, _: shutil.rmtree(cache),
    "cleared": lambda cache, _: clear(cache),
    "without a secret": lambda cache, _: (cache / "sites/key").unlink(),
    "with half a secret": lambda cache, _: (cache / "sites/key").write_bytes(b"half"),
    "with another secret": lambda cache, _: (cache / "sites/key").write_bytes(b"x" * 32),
    "with a folder for a secret": lambda cache, _: (
        (cache / "sites/key").unlink(),
        (cache / "sites/key").mkdir(),
    ),
    "open to all": lambda cache, _: cache.chmod(0o777),
    "with sites open to all": lambda cache, _: (cache / "sites").chmod(0o777),
    "a link": lambda cache, _: (cache.rename(cache.parent / "c"), cache.symlink_to("c")),
    "a file": lambda cache, _: (shutil.rmtree(cache), cache.write_text("here")),
    "a file for the sites": lambda cache, _: (
        shutil.rmtree(cache / "sites"),
        (cache / "sites").write_text("here"),
    ),
    "another's": lambda _, patch: patch.setattr(former_site.os, "geteuid", lambda: 4242),
    "on a full disk": lambda _, patch: full_disk(patch),
}


@pytest.mark.skipif(os.name != "posix", reason="owners and modes are those of POSIX")
@pytest.mark.parametrize("how", UNUSABLE)
def test_without_a_usable_cache_the_site_is_the_same(site: Path, how: str) -> None:
    """Where nothing can be remembered, or all was forgotten, the site is right, and keeps its files."""
    expected = fresh(site)
    change(site / NOTE, "A tank", "A jar")
    edited = fresh(site)
    change(site / NOTE, "A jar", "A tank")
    before = stood(site / "output")
    with pytest.MonkeyPatch.context() as patch:
        UNUSABLE[how](site / CACHE, patch)
        built(site)
        assert [] == differing(expected, tree(site / "output"))
        assert before == stood(site / "output")
        change(site / NOTE, "A tank", "A jar")
        built(site)
        assert [] == differing(edited, tree(site / "output"))
    change(site / NOTE, "A jar", "A tank")
    built(site)
    assert [] == differing(expected, tree(site / "output"))


def test_a_cache_that_is_cleared_is_gone(site: Path) -> None:
    """Nothing that is known of sites outlives the cache's clearing."""
    clear(site / CACHE)
    assert not (site / CACHE).exists()


def test_a_project_that_moves_is_built_as_it_was(site: Path) -> None:
    """A project moved with its cache and its output has the same site, and keeps its files."""
    there = site.parent / "moved"
    shutil.rmtree(there, ignore_errors=True)
    site.rename(there)
    before, states = tree(there / "output"), stood(there / "output")
    built(there)
    assert [] == differing(before, tree(there / "output"))
    assert states == stood(there / "output")
    assert [record(there)] == list((there / CACHE / "sites").glob("*.site"))


def test_what_is_known_of_other_folders_withholds_too(site: Path) -> None:
    """Names that are withheld now are in no record, of whichever folder; one of a folder that is gone goes."""
    slug = HIDDEN.lower().replace(" ", "-").encode()
    for name in ("preview", "gone"):
        built(site, {**PAGED, "OUTPUT_PATH": str(site / name)})
    assert 3 == len(list((site / CACHE / "sites").glob("*.site")))
    shutil.rmtree(site / "gone")
    built(site)
    assert 2 == len(list((site / CACHE / "sites").glob("*.site")))
    assert slug in b"".join(files_of(site / CACHE).values())
    withhold = f"redactions:\n  - {{id: z, withhold: term, term: {HIDDEN}, date: 2026-01-01}}\n"
    (site / "content/redactions.yaml").write_text(withhold)
    built(site)
    assert slug not in b"".join(files_of(site / CACHE).values())


def edit(site: Path) -> None:
    """Let a file go with its folder, one come with its own, and some change."""
    (site / "content/redirects.yaml").write_text("redirects:\n  - {from: /new/, to: rain}\n")
    change(site / "content/pages/guide.md", "See", "Look at")


def killed(site: Path, after: int) -> list[str]:
    """Build in another process that ends at once after so many changes of the disk; return all of them.

    Changes are counted from the moment on when the site is verified.
    """
    steps = site.parent / "steps"
    steps.write_text("")
    process = os.fork()
    if process == 0:
        real = build_module.put_in_place

        def counted(name: str, call: Any) -> Any:
            def change(*given: Any, **named: Any) -> Any:
                done = call(*given, **named)
                with steps.open("a") as file:
                    file.write(f"{name}\n")
                if len(steps.read_text().splitlines()) == after:
                    os._exit(9)
                return done

            return change

        def put(new: Any) -> None:
            for name in ("replace", "rename", "link", "unlink", "rmdir", "mkdir"):
                setattr(os, name, counted(name, getattr(os, name)))
            one_step = counted("exchange", exchange._exchange_in_one_step)
            exchange._exchange_in_one_step = one_step
            real(new)

        build_module.put_in_place = put
        try:
            built(site)
            os._exit(0)
        except BaseException:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    found = steps.read_text().splitlines()
    assert code == (9 if after else 0)
    return found


def telling(steps: Sequence[str]) -> list[int]:
    """Return the numbers of steps to be killed after: of each run of the same kind, both ends and one between."""
    ends = {n for n, (one, two) in enumerate(pairwise(steps), 1) if one != two}
    long = set(range(20, len(steps), 40))
    return sorted({1, len(steps)} | long | ends)[:60]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("has_call", [True, False], ids=["in one step", "by renames"])
def test_a_build_killed_anywhere_leaves_one_site(
    site: Path, has_call: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever a kill falls there is the old site or the new one, and the next build makes the new one."""
    if not has_call:
        monkeypatch.setattr(exchange, "_exchange_in_one_step", lambda *_: False)
    old = tree(site / "output")
    edit(site)
    new = fresh(site)
    steps, seen = killed(site, 0), set()
    assert "exchange" in steps
    for number, step in enumerate(telling(steps)):
        edit(restore(site))
        killed(site, step)
        if has_call:
            assert tree(site / "output") in (old, new), step
        if number % 3:  # else the build itself recovers
            exchange.recover(site / "output")
            assert tree(site / "output") in (old, new), step
            seen.add("old" if tree(site / "output") == old else "new")
        built(site)
        assert [] == differing(new, tree(site / "output")), step
        assert not list(site.glob(".output*"))
    assert {"old", "new"} == seen


def test_hosted_and_not_by_turns(site: Path) -> None:
    """One cache serves builds with other settings and another output folder, by turns."""
    for _ in range(2):
        for settings in ({**PAGED, **HOSTED}, PAGED):
            assert_same(site, settings)
