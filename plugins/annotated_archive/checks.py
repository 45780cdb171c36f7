"""Answer what `invoke check` asks: is everything there, unchanged, current, and nothing told."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .archive_rules import read_rules
from .content_files import read_provenance
from .errors import Problem, Problems
from .fixity import verify
from .item_reading import Workers, in_this_process
from .items import CAPTURE_YAML, REDACTIONS_YAML, lock_path
from .pipeline import item_folders, read_archive, read_outcomes, write_pages
from .project import Project
from .redirects import redirects_of
from .report import archive_report

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """Hold what a check says, and the problems that it found."""

    text: str
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def check_archive(
    project: Project, progress: Progress, workers: Workers = in_this_process
) -> Report:
    """Check everything that a build would, but the build itself."""
    archive = read_archive(project, progress, workers=workers)
    problems = [*archive.problems, *redirects_of(project)[1]]
    try:
        changes = write_pages(project, archive, check=True)
    except Problems as found:
        problems += found.problems
    else:
        for slug in (*changes.written, *changes.deleted):
            path = project.shown(project.pages / f"{slug}.md")
            fault, remedy = "the page is not current", "run: invoke pages"
            problems.append(Problem("stale-page", fault, path=path, remedy=remedy))
        for slug in changes.locks:
            fault, remedy = "the lock file is not current", "run: invoke pages"
            path = project.shown(lock_path(project, slug))
            problems.append(Problem("stale-lock", fault, path=path, remedy=remedy))
    return Report(archive_report(archive), tuple(problems), archive.warnings)


def check_fixity(project: Project) -> Report:
    """Verify each captured file against its digest: passed, failed, or nothing to check."""
    lines: list[str] = []
    problems: list[Problem] = []
    for folder in item_folders(project):
        record = folder / CAPTURE_YAML
        try:
            provenance = read_provenance(record, folder.name, project.shown(record))
        except Problems as found:
            problems += found.problems
            continue
        except OSError:
            lines.append(f"nothing to check  {project.shown(folder)}")
            continue
        for file in provenance.files:
            path = folder / file.name
            shown = project.shown(path)
            verdict = verify(path.read_bytes(), file.sha256) if path.is_file() else "failed"
            lines.append(f"{verdict:<16}  {shown}")
            if verdict == "failed":
                fault = "the file is missing or is not what was captured"
                problems.append(Problem("fixity", fault, path=shown, remedy="restore the original"))
    return Report("\n".join(lines), tuple(problems))


def check_folder(
    project: Project, folder: Path, progress: Progress, workers: Workers = in_this_process
) -> Report:
    """Search any folder for what the archive withholds."""
    from .build import check_leaks

    if not folder.is_dir():
        raise Problem("no-folder", "there is no such folder", path=folder)
    archive = read_archive(project, progress, workers=workers)
    leaks = check_leaks(folder, archive)
    count = len(archive.secrets)
    text = f"{folder}: {len(leaks)} leaks of {count} withheld terms"
    return Report(text, (*archive.problems, *leaks))


def check_redactions(
    project: Project, progress: Progress, workers: Workers = in_this_process
) -> Report:
    """List what looks like withheld words and is not withheld, for the editor to judge."""
    from .near_misses import near_misses

    archive = read_archive(project, progress, workers=workers)
    lines = [
        f"{miss.slug} {miss.place}: '{miss.words}' may be {miss.kind} (redaction {miss.redaction})"
        for edition in archive.editions
        for miss in dict.fromkeys(near_misses(edition, archive.secrets))
    ]
    if lines:
        lines.append("Add what is the same under the redaction's also:.")
    else:
        lines.append("Nothing looks like withheld words.")
    return Report("\n".join(lines), archive.problems)


def refuse_tracked_originals(project: Project, workers: Workers = in_this_process) -> None:
    """Raise `Problems` where git keeps a capture that holds what is withheld.

    A repository that is pushed publishes its captures too, and all of its history. An item whose
    original is public anyway says so in capture.yaml: ``original-is-public: true``.
    """
    problems: list[Problem] = []
    rules = read_rules(project, problems)
    outcomes, _ = read_outcomes(project, rules, problems, workers)
    secretive = [one.slug for one in outcomes if one.item and one.item.secrets]
    for folder in (project.captures / slug for slug in secretive):  # the build reports the others
        record = folder / CAPTURE_YAML
        provenance = read_provenance(record, folder.name, project.shown(record))
        if provenance.original_is_public:
            continue
        telling = [folder / file.name for file in provenance.files]
        telling += [folder / REDACTIONS_YAML, project.annotations / f"{folder.name}.yaml"]
        telling += [project.redactions] if project.redactions and rules.redactions else []
        for path in telling:
            if _is_tracked(path):
                fault = "git keeps this file, which holds what is withheld"
                remedy = (
                    "keep captures in a private repository, use invoke redact, or state "
                    "original-is-public: true in capture.yaml, as docs/redaction.md says"
                )
                problems.append(Problem("tracked", fault, path=project.shown(path), remedy=remedy))
    if problems:
        raise Problems(problems)


def _is_tracked(path: Path) -> bool:
    """Tell whether git keeps a file."""
    command = ["git", "-C", str(path.parent), "ls-files", "--error-unmatch", path.name]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
