"""Read what holds for the whole archive: its editors and its glossary."""

from pathlib import Path

from .annotation_files import entry_faults
from .content_files import load
from .content_schemas import EDITORS, GLOSSARY
from .errors import Problem, Problems
from .model import Editor, GlossaryEntry
from .project import editor_slug


def read_editors(path: Path, shown: str) -> tuple[Editor, ...]:
    """Return the registered editors; none where there is no file. Raises `Problems`."""
    if not path.exists():
        return ()
    file, value = load(path, shown, EDITORS)
    entries = value.get("editors") or ()
    _refuse_doubles(
        [(one["name"], file.line(("editors", n))) for n, one in enumerate(entries)], shown
    )
    slugs = [(editor_slug(one["name"]), file.line(("editors", n))) for n, one in enumerate(entries)]
    _refuse_doubles(slugs, shown)
    return tuple(
        Editor(one["name"], one.get("role", ""), one.get("address", "")) for one in entries
    )


def read_glossary(path: Path, shown: str) -> tuple[GlossaryEntry, ...]:
    """Return the entries that are to be published; none where there is no file. Raises `Problems`."""
    if not path.exists():
        return ()
    file, value = load(path, shown, GLOSSARY)
    entries = value.get("entries") or ()
    problems = [
        problem
        for index, one in enumerate(entries)
        for problem in entry_faults(one, file, ("entries", index), shown)
    ]
    for index, one in enumerate(entries):
        if one["id"] == "index":
            fault, remedy = "'index' is the name of the glossary's own page", "give another id"
            line = file.line(("entries", index, "id"))
            problems.append(Problem("schema", fault, path=shown, line=line, remedy=remedy))
    if problems:
        raise Problems(problems)
    _refuse_doubles(
        [(one["id"], file.line(("entries", n))) for n, one in enumerate(entries)], shown
    )
    forms = [
        (form, file.line(("entries", n)))
        for n, one in enumerate(entries)
        for form in dict.fromkeys((one["term"], *one.get("variants", ())))
        if "scope" not in one
    ]
    _refuse_doubles(forms, shown)
    return tuple(
        GlossaryEntry(
            id=one["id"],
            terms=tuple(dict.fromkeys((one["term"], *one.get("variants", ())))),
            body=one["body"].strip(),
            items=tuple(one.get("scope", {}).get("items", ())),
            item_tags=tuple(one.get("scope", {}).get("tags", ())),
            everywhere=one.get("occurrence") == "all",
            tags=tuple(one.get("tags", ())),
            by=one.get("by", value.get("by", "")),
            date=one.get("date", value.get("date", "")),
            path=shown,
            line=file.line(("entries", index)),
        )
        for index, one in enumerate(entries)
        if one.get("status", value.get("status")) != "draft"
    )


def _refuse_doubles(named: list[tuple[str, int]], shown: str) -> None:
    """Raise `Problems` where a name stands twice."""
    seen: dict[str, int] = {}
    problems = []
    for name, line in named:
        if name in seen:
            fault, remedy = (
                f"'{name}' stands twice",
                f"keep one (the other is in line {seen[name]})",
            )
            problems.append(Problem("double", fault, path=shown, line=line, remedy=remedy))
        seen.setdefault(name, line)
    if problems:
        raise Problems(problems)
