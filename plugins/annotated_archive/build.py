"""Build the site from an archive: beside the old one, verified, then exchanged in one step."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .errors import Problem, Problems
from .exchange import put_in_place, recover, staging_of
from .exports.headers import write_hosting_files
from .exports.redirects import add_redirects
from .fixity import sha256
from .former_site import list_digest, read_former, write_former
from .item_keys import code_digest
from .item_reading import Workers, in_this_process
from .leaks import Gate, leak_problems, search_folder
from .lock import hold
from .manifest import add_manifest
from .new_site import NewSite
from .output_check import check_output
from .pelican_glue import base_digest, load_settings, project_of, run_pelican
from .pipeline import Archive, PageChanges, read_archive, shown_editions, write_pages
from .project import Project
from .redirects import Redirect, read_redirects
from .stylesheet import one_sheet, write_one_sheet


@dataclass(frozen=True, slots=True)
class Built:
    """Say what a build did: the archive that it read, its pages, warnings, and where it is."""

    archive: Archive
    changes: PageChanges
    warnings: tuple[str, ...]
    output: Path


def open_project(settings_file: Path) -> Project:
    """Return the project whose Pelican settings are in *settings_file*."""
    return project_of(load_settings(settings_file, {}), settings_file)


def build(
    settings_file: Path,
    overrides: Mapping[str, Any] | None = None,
    *,
    tolerant: bool = False,
    allow_lost: bool = False,
    progress: Callable[[str], None] = lambda slug: None,
    workers: Workers = in_this_process,
) -> Built:
    """Read the archive, write its pages, run Pelican, verify, and exchange the output.

    Raises `Problems` with everything that is wrong; the site in ``output/`` then stays as it was.
    A *tolerant* build, as `serve` does, shows the items that are sound, and the problems in the page.
    Where *allow_lost* is true, annotations whose words are not found are shown as such. *workers*
    read the items.
    """
    settings = load_settings(settings_file, overrides or {})
    project = project_of(settings, settings_file)
    _refuse_precious(project)
    with hold(project):
        recover(project.output)
        archive = read_archive(project, progress, allow_lost=allow_lost, workers=workers)
        return _build(project, settings, archive, tolerant)


def _build(project: Project, settings: dict[str, Any], archive: Archive, tolerant: bool) -> Built:
    redirects, faults = redirects_of(project)
    problems = [*archive.problems, *faults]
    changes = PageChanges((), ())
    try:
        changes = write_pages(project, archive)
    except Problems as found:
        problems += found.problems
    if problems and not tolerant:
        raise Problems(problems)
    if problems:
        archive = shown_editions(project, archive)
    staging = staging_of(project.output)
    former = read_former(project, project.output)
    site = NewSite(staging, former, base_digest(settings))
    try:
        warnings, astray = _stage(site, settings, archive, project, redirects)
        if astray and not tolerant:
            raise Problems(astray)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    archive = replace(archive, problems=(*problems, *astray))
    put_in_place(site)
    write_former(project, site.standing(searched_for(project, archive)))
    return Built(archive, changes, warnings, project.output)


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
    warnings = run_pelican(settings, archive, site)
    write_one_sheet(staging / settings["THEME_STATIC_DIR"])
    (staging / ".gitkeep").touch()
    address = "" if settings["RELATIVE_URLS"] else settings["SITEURL"]
    if address:
        write_hosting_files(staging, address)
    site.settle()
    shown = project.shown(project.redirects) if project.redirects else ""
    astray = add_redirects(site, redirects, shown, address)
    wrong = check_output(site, archive, address)
    wrong += leaks_in(site, archive, searched_for(project, archive), settings["THEME"])
    if wrong:
        raise Problems(wrong)
    add_manifest(site)
    return warnings, astray


def searched_for(project: Project, archive: Archive) -> str:
    """Return the keyed digest of all that the leak gate searches an archive's site for."""
    said = (repr(one) for one in (code_digest(), archive.secrets, archive.digests))
    return list_digest(project, said)


def redirects_of(project: Project) -> tuple[tuple[Redirect, ...], Sequence[Problem]]:
    """Return the archive's redirects, and what is wrong with the file that names them."""
    path = project.redirects
    try:
        return read_redirects(path, project.shown(path) if path else ""), ()
    except Problems as found:
        return (), found.problems


def leaks_in(
    site: NewSite, archive: Archive, searched: str, theme: str | None = None
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
    files = ((site.path(name), name) for name in names if digests[name] not in known)
    return leak_problems(
        leak for path, name in files for leak in gate.search(path.read_bytes(), name)
    )


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
