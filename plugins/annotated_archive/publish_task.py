"""Offer the task that publishes: builds for a web host, and brings the site to a branch."""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from invoke.context import Context
from invoke.tasks import task

from .cli import (
    ALLOW_LOST_HELP,
    JOBS_HELP,
    PUBLISH_SETTINGS,
    QUIET_HELP,
    build_and_tell,
    clear_errors,
    open_archive,
    say,
    settings_file,
    shown_here,
)
from .errors import Problem
from .project import site_url_fault


@task(
    help={
        "site-url": "The site's address, as in https://example.org/archive; goes before SITEURL.",
        "to": "A branch to commit the site to, such as gh-pages; only output/ is written without it.",
        "remote": "The remote that the branch is pushed to; origin unless given.",
        "no-push": "Commit to the branch here, and push nothing.",
        "cname": "The host name of the site's own domain, for GitHub Pages; goes before ARCHIVE_CNAME.",
        "keep-history": "Keep earlier published versions as commits of the branch.",
        "dry-run": "Only list what would change; neither output/ nor the branch is written.",
        "allow-lost": ALLOW_LOST_HELP,
        "jobs": JOBS_HELP,
        "settings": f"Pelican's settings file; {PUBLISH_SETTINGS} unless given.",
        "quiet": QUIET_HELP,
    }
)
@clear_errors
def publish(
    _: Context,
    site_url: str = "",
    to: str = "",
    remote: str = "origin",
    no_push: bool = False,
    cname: str = "",
    keep_history: bool = False,
    dry_run: bool = False,
    allow_lost: bool = False,
    jobs: int = 0,
    settings: str = PUBLISH_SETTINGS,
    quiet: bool = False,
) -> None:
    """Build the site for a web host into output/, and publish it to a branch of git."""
    from .checks import refuse_tracked_originals
    from .executors import workers_for
    from .pelican_glue.site_settings import load_settings
    from .publishing.branch import (
        Destination,
        publish_branch,
        refuse_foreign,
        refuse_unfit,
    )

    overrides = _overrides(site_url)
    values = load_settings(settings_file(settings), overrides)
    site, project = values["SITEURL"], open_archive(settings)
    refuse_tracked_originals(project, workers_for(jobs))
    if dry_run:
        _list_changes(settings, overrides, to, remote, allow_lost, quiet, jobs)
        return
    if not to:
        _refuse_without_branch(cname=cname, no_push=no_push, keep_history=keep_history)
        _warn_of_placeholder(site, settings)
        output = build_and_tell(settings, quiet, allow_lost, overrides, jobs=jobs)
        say(
            quiet,
            f"{shown_here(output)} is ready for {site}; docs/publishing.md says how to upload it.",
        )
        return
    name = cname or values.get("ARCHIVE_CNAME", "")
    destination = Destination(project.root, to, remote, not no_push, name, keep_history)
    refuse_unfit(destination, site)
    published = refuse_foreign(destination)
    output = build_and_tell(settings, quiet, allow_lost, overrides, jobs=jobs)
    commit = publish_branch(output, destination, published)
    done = f"pushed to {remote}" if destination.push else "not pushed"
    say(quiet, f"The branch {to} has the site of {site}, commit {commit[:10]}, {done}.")


def _overrides(site_url: str) -> dict[str, Any]:
    if site_url and not site_url.startswith(("http://", "https://")):
        remedy = "give an address with http:// or https://"
        raise Problem("option", f"--site-url is '{site_url}'", remedy=remedy)
    fault = site_url_fault(site_url)
    if fault:
        remedy = "give the address alone, as in https://example.org/archive"
        raise Problem("option", f"--site-url is '{site_url}', which {fault}", remedy=remedy)
    return {"SITEURL": site_url.rstrip("/")} if site_url else {}


def _refuse_without_branch(**options: object) -> None:
    """Refuse options that mean something for a branch alone."""
    for name, value in options.items():
        if value:
            option = f"--{name.replace('_', '-')}"
            remedy = "name the branch with --to, as in --to gh-pages"
            raise Problem("option", f"{option} has no meaning without a branch", remedy=remedy)


def _warn_of_placeholder(site: str, settings: str) -> None:
    if site.rpartition("//")[2].partition("/")[0].endswith(".example"):
        remedy = f"set SITEURL in {settings}, or give --site-url"
        print(f"warning: SITEURL is the placeholder {site}; {remedy}", file=sys.stderr)


def _list_changes(
    settings: str,
    overrides: Mapping[str, Any],
    to: str,
    remote: str,
    allow_lost: bool,
    quiet: bool,
    jobs: int,
) -> None:
    """Build the site aside, and list what is not as it is published."""
    from .fixity import sha256
    from .publishing import differences

    project = open_archive(settings)
    with tempfile.TemporaryDirectory(prefix="annotated-archive-") as aside:
        folder = Path(aside) / "site"
        into = {**overrides, "OUTPUT_PATH": str(folder)}
        built = build_and_tell(settings, quiet, allow_lost, into, jobs=jobs)
        if to:
            commit, against = differences.branch_commit(project.root, remote, to)
            old = differences.files_of_commit(project.root, commit) if commit else {}
            new = differences.files_of_folder(built, differences.blob_digest(project.root))
            old.pop("CNAME", None)  # the branch's own, which no build writes
        else:
            against = f"{shown_here(project.output)}/"
            old = differences.files_of_folder(project.output, sha256)
            new = differences.files_of_folder(built, sha256)
    slugs = [path.name for path in project.captures.glob("*") if path.is_dir()]
    slugs += {name.partition("/")[0] for name in old if name.endswith("/edition.json")}
    say(quiet, differences.listing(differences.compare(new, old), slugs, against))
