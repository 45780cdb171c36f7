"""Build the site from an archive: beside the old one, verified, then exchanged in one step."""

import gc
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .build_inputs import Inputs, inputs_of
from .errors import Problem, Problems
from .exchange import put_in_place, recover, staging_of
from .exports.headers import write_hosting_files
from .exports.redirects import add_redirects
from .fixity import sha256
from .former_site import list_digest, read_former, write_former
from .hands import share
from .item_keys import code_digest
from .item_reading import Workers, in_this_process
from .items import lock_path
from .leaks import Gate, Leak, leak_problems, search_folder
from .lock import hold
from .manifest import add_manifest
from .memory import Memory
from .new_site import NewSite
from .output_check import check_output
from .pelican_glue.context import HANDS, MEMORY, PAGES
from .pelican_glue.page_keys import base_digest
from .pelican_glue.running import run_pelican
from .pelican_glue.site_settings import load_settings, project_of
from .pipeline import NO_CHANGES, Archive, PageChanges, read_archive, shown_editions, write_pages
from .project import Project
from .redirects import Redirect, redirects_of
from .stylesheet import one_sheet, write_one_sheet


@dataclass(frozen=True, slots=True)
class Built:
    """Say what a build did: how many *items* it shows, where, what pages changed, and what is to be told.

    *problems* are those of a tolerant build.
    """

    items: int
    output: Path
    changes: PageChanges = NO_CHANGES
    warnings: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def build(
    settings_file: Path,
    overrides: Mapping[str, Any] | None = None,
    *,
    tolerant: bool = False,
    allow_lost: bool = False,
    progress: Callable[[str], None] = lambda slug: None,
    workers: Workers = in_this_process,
    memory: Memory | None = None,
    hands: int = 1,
) -> Built:
    """Read the archive, write its pages, run Pelican, verify, and exchange the output.

    Raises `Problems` with everything that is wrong; the site in ``output/`` then stays as it was.
    A *tolerant* build, as `serve` does, shows the items that are sound, and the problems in the page.
    Where *allow_lost* is true, annotations whose words are not found are shown as such. *workers*
    read the items; *memory* is what an earlier build in this program left. As many
    processes as *hands* do the rest.
    """
    memory = memory or Memory()
    settings = load_settings(settings_file, overrides or {})
    project = project_of(settings, settings_file)
    _refuse_precious(project)
    with hold(project):
        recover(project.output)
        former = read_former(project, project.output, memory.shown)
        site = NewSite(staging_of(project.output), former, base_digest(settings))
        inputs = inputs_of(project, Path(settings["THEME"]), site.base, allow_lost)
        if site.base and former.inputs == inputs.digest and inputs.is_settled(former.written):
            return Built(former.items, project.output)
        archive = read_archive(
            project, progress, allow_lost=allow_lost, workers=workers, memory=memory
        )
        settings[MEMORY], settings[HANDS] = memory, hands
        gc.freeze()  # what was read stays to the end: it need not be looked through for garbage
        try:
            built = _build(project, settings, archive, site, tolerant)
        finally:
            gc.unfreeze()
        _remember(project, settings, archive, site, built, inputs, allow_lost)
        memory.shown, memory.pages = {}, settings.get(PAGES)
        memory.editions = {one.document.slug: one for one in archive.editions}
        memory.gate = None if archive.blind else Gate(archive.secrets, archive.digests)
        return built


def _build(
    project: Project, settings: dict[str, Any], archive: Archive, site: NewSite, tolerant: bool
) -> Built:
    redirects, faults = redirects_of(project)
    problems = [*archive.problems, *faults]
    changes = NO_CHANGES
    try:
        changes = write_pages(project, archive, hands=settings[HANDS])
    except Problems as found:
        problems += found.problems
    if problems and not tolerant:
        raise Problems(problems)
    if problems:
        archive = shown_editions(project, archive)
    try:
        warnings, astray = _stage(site, settings, archive, project, redirects)
        if astray and not tolerant:
            raise Problems(astray)
    except BaseException:
        shutil.rmtree(site.staging, ignore_errors=True)
        raise
    put_in_place(site)
    told = (*map(str, archive.warnings), *warnings)
    return Built(len(archive.editions), project.output, changes, told, (*problems, *astray))


def _remember(
    project: Project,
    settings: dict[str, Any],
    archive: Archive,
    site: NewSite,
    built: Built,
    before: Inputs,
    allow_lost: bool,
) -> None:
    """Remember the site, and what it was built from, if nobody but the build has changed that since."""
    changed = built.changes
    own = {str(project.pages / f"{slug}.md") for slug in (*changed.written, *changed.deleted)}
    own |= {str(lock_path(project, slug)) for slug in (*changed.locks, *changed.deleted)}
    now = inputs_of(project, Path(settings["THEME"]), site.base, allow_lost)
    is_known = not built.warnings and not built.problems and now.same_but_for(before, own)
    inputs = now.digest if is_known else ""
    write_former(project, site.standing(searched_for(project, archive), inputs, built.items))


def _stage(
    site: NewSite,
    settings: dict[str, Any],
    archive: Archive,
    project: Project,
    redirects: Sequence[Redirect],
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Make the *site* and verify it; return Pelican's warnings, and redirects astray."""
    staging = site.staging
    staging.mkdir(parents=True)
    settings["OUTPUT_PATH"] = str(staging)
    settings["DELETE_OUTPUT_DIRECTORY"] = False
    if not archive.editions:
        settings["FEED_ALL_ATOM"] = None  # an empty feed bears the time of its writing
    warnings = run_pelican(settings, archive, site, project.cache)
    write_one_sheet(staging / settings["THEME_STATIC_DIR"])
    (staging / ".gitkeep").touch()
    address = "" if settings["RELATIVE_URLS"] else settings["SITEURL"]
    if address:
        write_hosting_files(staging, address)
    site.settle()
    shown = project.shown(project.redirects) if project.redirects else ""
    astray = add_redirects(site, redirects, shown, address)
    wrong = check_output(site, archive, address, settings[HANDS])
    wrong += leaks_in(
        site, archive, searched_for(project, archive), settings["THEME"], settings[HANDS]
    )
    if wrong:
        raise Problems(wrong)
    add_manifest(site)
    return warnings, astray


def searched_for(project: Project, archive: Archive) -> str:
    """Return the keyed digest of all that the leak gate searches an archive's site for."""
    said = (repr(one) for one in (code_digest(), archive.secrets, archive.digests))
    return list_digest(project, said)


def leaks_in(
    site: NewSite, archive: Archive, searched: str, theme: str | None = None, hands: int = 1
) -> tuple[Problem, ...]:
    """Return each place of a *site* that holds what the archive withholds.

    Files of the former site are not searched again for the same. A file that is the same as one of
    the theme's needs no search.
    """
    if not archive.secrets and not archive.digests:
        return ()
    names = [*site]
    if searched and searched == site.former.searched:
        names = sorted(site.fresh)
    known = _digests_of_theme(theme)
    gate = Gate(archive.secrets, archive.digests)
    digests = site.digests
    names = [name for name in names if digests[name] not in known]

    def search(part: Sequence[str]) -> list[Leak]:
        return [leak for name in part for leak in gate.search(site.path(name).read_bytes(), name)]

    found = [leak for part in share(names, search, hands) for leak in part]
    return leak_problems(sorted(found, key=lambda leak: leak.path))


def check_leaks(folder: Path, archive: Archive, theme: str | None = None) -> tuple[Problem, ...]:
    """Return each place in *folder* that holds what the archive withholds."""
    if not archive.secrets and not archive.digests:
        return ()
    gate = Gate(archive.secrets, archive.digests)
    return leak_problems(search_folder(gate, folder, _digests_of_theme(theme)))


def _digests_of_theme(theme: str | None) -> frozenset[str]:
    if not theme:
        return frozenset()
    static = Path(theme) / "static"
    files = [path.read_bytes() for path in static.rglob("*") if path.is_file()]
    return frozenset(map(sha256, (*files, one_sheet(static).encode())))


def _refuse_precious(project: Project) -> None:
    """Refuse an output folder that holds what a build must not remove."""
    output = project.output
    kept = (project.root, project.captures, project.annotations, project.pages)
    if any(folder.is_relative_to(output) for folder in kept):
        fault = f"OUTPUT_PATH, {output}, holds the project's own files"
        raise Problem(
            "output-path", fault, path=project.settings, remedy="name a folder of its own"
        )
    if (output / ".git").exists():
        fault = "the output folder is a git repository, which a build would remove"
        remedy = "publish with --to, as docs/publishing.md says, or name another folder"
        raise Problem("output-path", fault, path=project.shown(output), remedy=remedy)
