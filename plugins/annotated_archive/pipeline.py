"""Take every item of an archive from its captures to its Markdown page.

`items` has the way of one item, in order. Every problem of every item is collected; one item's
fault hides no other's.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from .archive_rules import read_rules
from .cross_references import with_references
from .errors import Problem, Problems
from .files import write_atomically
from .hands import share
from .item_cache import clear, open_cache
from .item_reading import Outcome, Workers, in_this_process, read_items
from .item_record import standing_of
from .items import ArchiveRules, Item, lock_path
from .leaks import Gate, leak_problems
from .memory import Memory
from .model import Edition, Editor, GlossaryEntry
from .page_record import read_page_record
from .pages import compose_page, is_generated, is_ours
from .places import Request
from .project import Project
from .resolution import Secret


@dataclass(frozen=True, slots=True)
class Archive:
    """Hold the editions that are sound, and every problem of those that are not.

    *secrets* is what no output may hold, *digests* the digests of redacted captures, each with the
    redaction that it would betray: both are for the leak gate alone. *failed* names the items that
    exist and could not be read: their pages stay. *blind* are those of them that withhold what is not
    known now. *locks* are the texts of the items' lock files.
    """

    editions: tuple[Edition, ...]
    problems: tuple[Problem, ...]
    secrets: tuple[Secret, ...] = field(default=(), repr=False)
    digests: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    failed: frozenset[str] = frozenset()
    warnings: tuple[Problem, ...] = ()
    locks: Mapping[str, str] = field(default_factory=dict, repr=False)
    editors: tuple[Editor, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    images: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    blind: frozenset[str] = frozenset()


def read_archive(
    project: Project,
    progress: Callable[[str], None] = lambda slug: None,
    *,
    allow_lost: bool = False,
    workers: Workers = in_this_process,
    memory: Memory | None = None,
) -> Archive:
    """Read every item of the project; *progress* is called with each item's slug.

    Where *allow_lost* is true, annotations whose words are not found are kept without a place.
    *workers* read what the cache and the *memory* of an earlier run have not; what comes of it is the
    same whoever they are.
    """
    faults: list[Problem] = []
    rules = replace(read_rules(project, faults), allow_lost=allow_lost)
    outcomes, told = read_outcomes(project, rules, faults, workers, progress, memory)
    problems = [*stray_files(project), *faults, *(p for one in outcomes for p in one.problems)]
    items = [one.item for one in outcomes if one.item]
    holders = [one.item or one for one in outcomes]
    rooms = project.annotations.glob("*.yaml")
    failed = {path.stem for path in rooms if not path.name.endswith(".lock.yaml")}
    failed |= {one.slug for one in outcomes if not one.item}
    failed -= {one.slug for one in outcomes if one.item}
    entries = rules.glossary.entries if rules.glossary else ()
    editions, astray = with_references([item.edition for item in items], entries, failed)
    places = {item.edition.document.slug: item.places for item in items}
    for slug, one, wrong in astray:
        path, line = places[slug].get(one.id, (slug, 1))
        fault, remedy = f"annotation '{one.id}': {wrong}", "see the ids in the page"
        problems.append(Problem("anchor", fault, path=path, line=line, remedy=remedy))
    if not failed:
        secrets = [secret for item in items for secret in item.secrets]
        problems += _absent_commenters(rules.commenters, editions, secrets)
    warnings = [*told, *(warning for item in items for warning in item.warnings)]
    warnings += (w for item in items for w in _overdue(item, datetime.now(UTC).date().isoformat()))
    return Archive(
        editions,
        tuple(problems),
        tuple(dict.fromkeys(secret for one in holders for secret in one.secrets)),
        tuple(dict.fromkeys(digest for one in holders for digest in one.digests)),
        frozenset(failed),
        tuple(dict.fromkeys(warnings)),
        {item.edition.document.slug: item.lock for item in items if item.lock},
        rules.editors,
        tuple(entries),
        {item.edition.document.slug: item.images for item in items if item.images},
        frozenset(one.slug for one in outcomes if one.is_blind),
    )


def read_outcomes(
    project: Project,
    rules: ArchiveRules,
    faults: Sequence[Problem],
    workers: Workers = in_this_process,
    progress: Callable[[str], None] = lambda slug: None,
    memory: Memory | None = None,
) -> tuple[tuple[Outcome, ...], tuple[Problem, ...]]:
    """Return what came of each item, in the order of their names, and warnings about the reading.

    Where *faults* are told of the rules, nothing is kept. Where the whole archive withholds what is
    not known for their sake, no item is read: it would show what it must not.
    """
    slugs = [folder.name for folder in item_folders(project)]
    hidden = project.shown(project.redactions) if project.redactions else ""
    if any(str(one.path) == hidden for one in faults):
        clear(project.cache)
        return tuple(Outcome(slug, is_blind=True) for slug in slugs), ()
    standing = standing_of(rules)
    cache = open_cache(project, standing, bool(faults))
    if memory is not None:
        memory.store = cache
    found, told = read_items(project, slugs, standing, cache, workers, progress, memory)
    return tuple(found.values()), told


def _absent_commenters(
    requests: Sequence[Request], editions: Sequence[Edition], secrets: Sequence[Secret]
) -> Iterator[Problem]:
    """Yield a problem for each annotation on a commenter who comments nowhere.

    It does not repeat a name that is withheld.
    """
    from .redaction import touches

    names = {comment.author for one in editions for comment in one.document.comments}
    for request in requests:
        if request.commenter not in names:
            close = get_close_matches(request.commenter, names, 1)
            remedy = f"did you mean '{close[0]}'?" if close else "copy the name from the page"
            fault = f"annotation '{request.annotation.id}': no comment of the archive is by '{request.commenter}'"
            if touches(request.commenter, secrets):
                fault = f"annotation '{request.annotation.id}' names a commenter who is withheld"
                remedy = "take it out"
            yield Problem("anchor", fault, path=request.path, line=request.line, remedy=remedy)


def _overdue(item: Item, today: str) -> Iterator[Problem]:
    """Yield a warning for each fact-check whose day of review has passed."""
    for one in item.edition.annotations:
        day = one.field("review-by")
        if day and day < today:
            path, line = item.places.get(one.id, ("", 1))
            fault, remedy = f"fact-check '{one.id}' was to be reviewed by {day}", "check it again"
            yield Problem("review", fault, path=path, line=line, remedy=remedy, subject=one.id)


def item_folders(project: Project) -> tuple[Path, ...]:
    """Return the folder of each item, ordered by name."""
    if not project.captures.is_dir():
        return ()
    found = (path for path in project.captures.iterdir() if not path.name.startswith("."))
    return tuple(sorted(path for path in found if path.is_dir()))


def stray_files(project: Project) -> Iterator[Problem]:
    """Yield a problem for each file that belongs to no item: nothing goes missing unsaid."""
    slugs = {folder.name for folder in item_folders(project)}
    if project.captures.is_dir():
        for path in sorted(project.captures.iterdir()):
            if not path.is_dir() and not path.name.startswith("."):
                remedy = f"take it in with: invoke capture {project.shown(path)}"
                yield Problem(
                    "stray-capture",
                    "this capture is in no item's folder",
                    path=project.shown(path),
                    remedy=remedy,
                )
    if project.annotations.is_dir():
        for path in sorted(project.annotations.iterdir()):
            is_room = path.suffix == ".yaml" or (path.is_dir() and not path.name.startswith("."))
            if is_room and path.stem not in slugs and not path.name.endswith(".lock.yaml"):
                yield Problem(
                    "stray-annotations",
                    f"there is no item '{path.stem}' in {project.shown(project.captures)}",
                    path=project.shown(path),
                    remedy="name the file as the item's folder",
                )


@dataclass(frozen=True, slots=True)
class PageChanges:
    """Say which pages and lock files were, or would be, written, and which pages deleted."""

    written: tuple[str, ...]
    deleted: tuple[str, ...]
    locks: tuple[str, ...] = ()


NO_CHANGES = PageChanges((), ())


def write_pages(
    project: Project, archive: Archive, check: bool = False, hands: int = 1
) -> PageChanges:
    """Write the pages that changed and delete those that lost their source, or only say so.

    A page that was edited by hand is neither overwritten nor deleted: `Problems` says where the
    words belong, after all other pages were written. As many processes as *hands* compose them.
    """
    record = read_page_record(project)
    gate = Gate(archive.secrets, archive.digests)
    doubtful = [
        edition
        for edition in archive.editions
        if not record.holds(edition.document.slug, edition.digest, _page_of(project, edition))
    ]

    def write(editions: Sequence[Edition]) -> list[tuple[str, bool, Sequence[Problem]]]:
        return [
            (one.document.slug, *_write_page(project, archive, gate, one, check))
            for one in editions
        ]

    written: list[str] = []
    deleted: list[str] = []
    problems: list[Problem] = []
    done = [one for part in share(doubtful, write, hands) for one in part]
    by_slug = {edition.document.slug: edition for edition in archive.editions}
    for slug, is_new, faults in sorted(done, key=lambda one: one[0]):
        problems += faults
        if is_new:
            written.append(slug)
        if not faults and not check:
            record.keep(slug, by_slug[slug].digest, _page_of(project, by_slug[slug]))
    slugs = by_slug.keys()
    if not check:
        record.write(slugs)
    for path in sorted(project.pages.glob("*.md")) if project.pages.is_dir() else ():
        text = "" if path.stem in slugs else _read_text(path) or ""
        if not is_generated(text) or path.stem in archive.failed:
            continue
        if not is_ours(text):
            problems.append(_edited(project, path, path.stem))
            continue
        if not project.captures.is_dir():
            fault = (
                f"{project.shown(project.captures)}, where this page's capture was, is not there"
            )
            remedy = "bring the folder back, or delete the page yourself"
            problems.append(Problem("no-captures", fault, path=project.shown(path), remedy=remedy))
            continue
        if not check:
            path.unlink()
            lock_path(project, path.stem).unlink(missing_ok=True)
        deleted.append(path.stem)
    locks = [slug for slug, text in archive.locks.items() if _keep_lock(project, slug, text, check)]
    if problems:
        raise Problems(problems)
    return PageChanges(tuple(written), tuple(deleted), tuple(locks))


def _page_of(project: Project, edition: Edition) -> Path:
    return project.pages / f"{edition.document.slug}.md"


def _write_page(
    project: Project, archive: Archive, gate: Gate, edition: Edition, check: bool
) -> tuple[bool, Sequence[Problem]]:
    """Write a page if it has changed; return whether it has, and why it was not written."""
    path = _page_of(project, edition)
    text, old = compose_page(edition).text, _read_text(path)
    if old == text:
        return False, ()
    if old is not None and not is_ours(old):
        return False, (_edited(project, path, edition.document.slug),)
    if archive.blind:
        return False, (_unsearched(project, path, archive.blind),)
    leaks = gate.search(text.encode(), path.name)
    if leaks:
        return False, leak_problems(leaks)
    return check or write_atomically(path, text.encode()), ()


def shown_editions(project: Project, archive: Archive) -> Archive:
    """Return the archive without the editions whose page was not written, for a preview.

    A page that may hold what is withheld is not written. One that somebody edited by hand stays.
    """

    def is_kept(edition: Edition) -> bool:
        page = compose_page(edition)
        text = _read_text(project.pages / f"{page.slug}.md")
        return text is not None and (text == page.text or not is_ours(text))

    return replace(archive, editions=tuple(filter(is_kept, archive.editions)))


def _keep_lock(project: Project, slug: str, text: str, check: bool) -> bool:
    """Write an item's lock file if it changed, unless this is a *check*; tell whether it did."""
    path = lock_path(project, slug)
    if check:
        return _read_text(path) != text
    return write_atomically(path, text.encode())


def _read_text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None


def _unsearched(project: Project, path: Path, blind: Collection[str]) -> Problem:
    """Say that a page is not written while it cannot be searched for all that is withheld."""
    fault = f"not written: what {', '.join(sorted(blind))} withholds is not known now"
    return Problem("unsearched", fault, path=project.shown(path), remedy="mend that first")


def _edited(project: Project, path: Path, slug: str) -> Problem:
    annotations = project.shown(project.annotations / f"{slug}.yaml")
    return Problem(
        "edited-page",
        "this page was not written by 'invoke pages', or was edited by hand since",
        path=project.shown(path),
        remedy=f"put tags and annotations in {annotations}, move your text away, and run it again",
    )
