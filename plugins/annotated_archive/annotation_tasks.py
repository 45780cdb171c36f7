"""Offer the tasks that make, list, check, accept, import and export annotations."""

from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from .cli import (
    QUIET_HELP,
    SETTINGS,
    SETTINGS_HELP,
    FilesTask,
    PlaceTask,
    clear_errors,
    open_archive,
    say,
    warn,
)
from .errors import Problem, Problems
from .project import Project

ACTIONS = ("list", "check", "accept", "import", "export")


@task(
    klass=PlaceTask,
    positional=["slug"],
    help={
        "slug": "The item that is annotated.",
        "quote": "The words, as the page shows them.",
        "kind": "The kind of annotation; context unless given.",
        "in_": "Where the words stand: article, title, page, or a comment's id; found unless given.",
        "occurrence": "Which of several occurrences, from 1.",
        "body": "The annotation, in Markdown; a draft to be written unless given.",
        "by": "Who writes it.",
        "id": "Its id; made of its words unless given.",
        "settings": SETTINGS_HELP,
        "quiet": QUIET_HELP,
    },
)
@clear_errors
def annotate(
    _: Context,
    slug: str,
    quote: str = "",
    kind: str = "context",
    in_: str = "",
    occurrence: int = 0,
    body: str = "",
    by: str = "",
    id: str = "",
    settings: str = SETTINGS,
    quiet: bool = False,
) -> None:
    """Write a ready entry for words of an item into its annotations file."""
    from .entries.annotate import annotate as annotate_words

    project = open_archive(settings)
    made = annotate_words(
        project,
        slug,
        quote,
        kind=kind,
        place=in_,
        body=body,
        occurrence=occurrence or None,
        by=by,
        id=id,
    )
    say(quiet, f"{project.shown(made.path)}:{made.line}")
    say(quiet, made.entry)


@task(
    klass=FilesTask,
    positional=["words"],
    help={
        "words": f"One of {', '.join(ACTIONS)}; then for accept the ids, for import a file.",
        "item": "The item that it is about; all unless given.",
        "to": "With export: the file to write; standard output unless given.",
        "settings": SETTINGS_HELP,
        "quiet": QUIET_HELP,
    },
)
@clear_errors
def annotations(
    _: Context,
    words: list[str],
    item: str = "",
    to: str = "",
    settings: str = SETTINGS,
    quiet: bool = False,
) -> None:
    """List, check, accept, import or export annotations."""
    action, *rest = words
    project = open_archive(settings)
    if action not in ACTIONS:
        remedy = f"write one of: {', '.join(ACTIONS)}"
        raise Problem("option", f"'{action}' is nothing that annotations do", remedy=remedy)
    if action == "list":
        _list(project, item)
    elif action == "check":
        _check(project, item, quiet)
    elif action == "accept":
        _accept(project, rest, item, quiet)
    elif action == "import":
        _import(project, rest, item, quiet)
    else:
        _export(project, item, to, quiet)


def _list(project: Project, item: str) -> None:
    from .annotation_status import statuses

    for one in statuses(project, item):
        say(False, one.text)


def _check(project: Project, item: str, quiet: bool) -> None:
    from .annotation_status import statuses, summary

    found = statuses(project, item)
    say(quiet, summary(found))
    problems = [one.problem for one in found if one.problem and one.is_wrong]
    warn(one.problem for one in found if one.problem and not one.is_wrong)
    if problems:
        raise Problems(problems)


def _accept(project: Project, ids: list[str], item: str, quiet: bool) -> None:
    from .annotation_status import accept
    from .lock import hold

    if not ids:
        remedy = "write: invoke annotations accept ID"
        raise Problem("option", "no annotation is named", remedy=remedy)
    with hold(project):
        for accepted in accept(project, ids, item):
            say(quiet, f"accepted: {accepted}")


def _import(project: Project, files: list[str], item: str, quiet: bool) -> None:
    from .interchange.importing import import_annotations

    if len(files) != 1 or not item:
        remedy = "write: invoke annotations import FILE --item SLUG"
        raise Problem("option", "an import needs one file and an item", remedy=remedy)
    for line in import_annotations(project, item, Path(files[0])).lines:
        say(quiet, line)


def _export(project: Project, item: str, to: str, quiet: bool) -> None:
    from .annotation_status import exported
    from .files import write_atomically

    text = exported(project, item)
    if not to:
        print(text, end="")
        return
    write_atomically(Path(to), text.encode())
    say(quiet, f"wrote {to}")
