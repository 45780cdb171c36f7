"""Offer the archive's tasks to invoke and to the console script, in one collection."""

import gc
import shutil
import subprocess
import sys
from pathlib import Path

from invoke.collection import Collection
from invoke.context import Context
from invoke.program import Program
from invoke.tasks import task

from . import __version__
from .annotation_tasks import annotate, annotations
from .capture_task import capture
from .cli import (
    ALLOW_LOST_HELP,
    JOBS_HELP,
    QUIET_HELP,
    SCHEDULER_HELP,
    SETTINGS,
    SETTINGS_HELP,
    build_and_tell,
    clear_errors,
    fail,
    open_archive,
    say,
    settings_file,
    show_progress,
    shown_here,
    warn,
)
from .errors import Problem, Problems
from .publish_task import publish

gc.freeze()  # what was imported stays: the collector need not look through it again


@task(
    help={
        "check": "Write nothing; fail where a page is not current.",
        "allow-lost": ALLOW_LOST_HELP,
        "jobs": JOBS_HELP,
        "scheduler": SCHEDULER_HELP,
        "settings": SETTINGS_HELP,
        "quiet": QUIET_HELP,
    }
)
@clear_errors
def pages(
    _: Context,
    check: bool = False,
    allow_lost: bool = False,
    jobs: int = 0,
    scheduler: str = "",
    settings: str = SETTINGS,
    quiet: bool = False,
) -> None:
    """Write the Markdown pages from captures and annotations."""
    from .executors import workers_for
    from .lock import hold
    from .pipeline import read_archive, write_pages
    from .wording import plural

    project = open_archive(settings)
    workers = workers_for(jobs, scheduler)
    with show_progress(quiet) as progress, hold(project):
        archive = read_archive(project, progress, allow_lost=allow_lost, workers=workers)
        problems = list(archive.problems)
        try:
            changes = write_pages(project, archive, check)
        except Problems as found:
            raise Problems([*problems, *found.problems]) from None
    warn(archive.warnings)
    for slug in changes.written:
        say(quiet, f"{'stale' if check else 'wrote'}: {slug}")
    for slug in changes.deleted:
        say(quiet, f"{'has no source' if check else 'deleted'}: {slug}")
    if problems:
        raise Problems(problems)
    for slug in changes.locks if check else ():
        say(quiet, f"lock file not current: {slug}")
    if check and (changes.written or changes.deleted or changes.locks):
        raise fail("pages are not current; run 'invoke pages' and commit what it writes")
    say(quiet, f"{plural(len(archive.editions), 'page')} current")


@task(
    help={
        "allow-lost": ALLOW_LOST_HELP,
        "jobs": JOBS_HELP,
        "scheduler": SCHEDULER_HELP,
        "settings": SETTINGS_HELP,
        "quiet": QUIET_HELP,
    }
)
@clear_errors
def build(
    _: Context,
    allow_lost: bool = False,
    jobs: int = 0,
    scheduler: str = "",
    settings: str = SETTINGS,
    quiet: bool = False,
) -> None:
    """Build the site into output/, for reading from a disk."""
    output = build_and_tell(settings, quiet, allow_lost, jobs=jobs, scheduler=scheduler)
    say(quiet, f"Open {shown_here(output / 'index.html')} in a browser.")


@task(
    help={
        "port": "The port to serve on; 0 takes any that is free.",
        "open": "Open the site in a browser.",
        "settings": SETTINGS_HELP,
    }
)
@clear_errors
def serve(_: Context, port: int = 8000, open: bool = False, settings: str = SETTINGS) -> None:
    """Serve the site on this machine; build it, and reload its pages, on any change."""
    from .serve import serve_site

    serve_site(settings_file(settings), port, show=open)


@task(
    help={
        "fixity": "Only verify each captured file against its digest.",
        "redactions": "Only list what looks like withheld words and is not withheld.",
        "leaks": "Only search the folder DIR for anything withheld.",
        "jobs": JOBS_HELP,
        "scheduler": SCHEDULER_HELP,
        "settings": SETTINGS_HELP,
        "quiet": QUIET_HELP,
    }
)
@clear_errors
def check(
    _: Context,
    fixity: bool = False,
    redactions: bool = False,
    leaks: str = "",
    jobs: int = 0,
    scheduler: str = "",
    settings: str = SETTINGS,
    quiet: bool = False,
) -> None:
    """Check captures, content files and pages; print each item's ledger."""
    from . import checks
    from .executors import workers_for

    project = open_archive(settings)
    workers = workers_for(jobs, scheduler)
    with show_progress(quiet) as progress:
        if fixity:
            report = checks.check_fixity(project)
        elif leaks:
            report = checks.check_folder(project, Path(leaks), progress, workers)
        elif redactions:
            report = checks.check_redactions(project, progress, workers)
        else:
            report = checks.check_archive(project, progress, workers)
    warn(report.warnings)
    say(quiet, report.text)
    if report.problems:
        raise Problems(report.problems)


@task(
    positional=["slug"],
    help={
        "slug": "The item whose captures are redacted.",
        "at-source": "Replace the captures themselves; the originals go to the vault.",
        "vault": "A folder outside the project that is never published.",
        "settings": SETTINGS_HELP,
        "quiet": QUIET_HELP,
    },
)
@clear_errors
def redact(
    _: Context,
    slug: str,
    at_source: bool = False,
    vault: str = "",
    settings: str = SETTINGS,
    quiet: bool = False,
) -> None:
    """Redact an item's captures at their source, and move the originals to a vault."""
    from .at_source import redact_at_source
    from .item_cache import clear
    from .lock import hold

    if not at_source or not vault:
        remedy = "give --at-source and --vault DIR; docs/redaction.md says what they do"
        raise Problem("option", "redacting in place changes captures for good", remedy=remedy)
    project = open_archive(settings)
    with hold(project):
        kept = redact_at_source(project, slug, Path(vault).expanduser())
        clear(project.cache)
    for path in kept:
        say(quiet, f"kept {path}")
    say(quiet, "The captures are redacted. Earlier commits still hold the originals.")


@task(help={"settings": SETTINGS_HELP})
@clear_errors
def clean(_: Context, settings: str = SETTINGS) -> None:
    """Remove the built site, the cache, and what interrupted builds left; never content."""
    from .exchange import staging_of
    from .item_cache import clear
    from .lock import NAME
    from .serve import PREVIEW

    project = open_archive(settings)
    output, preview = project.output, project.root / PREVIEW
    if not output.is_relative_to(project.root) or output == project.root:
        remedy = "remove it yourself"
        raise Problem("output-path", f"{output} lies outside the project", remedy=remedy)
    for leftover in (staging_of(output), output.with_name(f".{output.name}.old"), preview):
        shutil.rmtree(leftover, ignore_errors=True)
    for path in output.glob("*") if output.is_dir() else ():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    clear(project.cache)
    (project.root / NAME).unlink(missing_ok=True)
    print(f"{shown_here(output)} is empty")


@task(help={"arguments": "Further words for pytest, as one text."})
@clear_errors
def test(_: Context, arguments: str = "") -> None:
    """Pass the project's tests, on all cores."""
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadfile"]
    command += arguments.split()
    if subprocess.run(command, check=False).returncode:
        raise fail("the tests did not pass")


@task(help={"check": "Write nothing; fail where a schema is not current."})
@clear_errors
def schemas(_: Context, check: bool = False) -> None:
    """Write what is generated in docs/: the JSON Schemas, and the guides to capture formats."""
    from .files import write_atomically
    from .format_guides import with_guides
    from .schemas import SCHEMAS, schema_text

    formats = Path("docs/formats.md")
    texts = {Path("docs/schemas") / name: schema_text(name) for name in SCHEMAS}
    texts[formats] = with_guides(formats.read_text("utf-8"))
    for path, text in texts.items():
        if check and (not path.is_file() or path.read_text("utf-8") != text):
            raise fail(f"{path} is not current; run: invoke schemas")
        if not check and write_atomically(path, text.encode()):
            print(f"wrote {path}")


namespace = Collection(
    capture,
    annotate,
    annotations,
    pages,
    build,
    serve,
    check,
    publish,
    redact,
    test,
    clean,
    schemas,
)


def main() -> None:
    """Run the console script ``annotated-archive``."""
    Program(namespace=namespace, name="annotated-archive", version=__version__).run()
