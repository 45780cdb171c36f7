"""Tell whether anything that a site is built from has changed since it was built.

Where nothing has, and the site stands as it was built, there is nothing to do. Files are known by how
they stand, and not read.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from .file_states import State, state_of, states_in
from .fixity import sha256
from .project import Project


@dataclass(frozen=True, slots=True)
class Inputs:
    """Hold how each file stands that a site is built from, and *rest*: what else it depends on."""

    states: Mapping[str, State]
    rest: str

    @property
    def digest(self) -> str:
        """Return the digest of it all; no file's size can be told from it."""
        rows = (f"{name}\0{state}" for name, state in sorted(self.states.items()))
        return sha256("\n".join((self.rest, *rows)).encode("utf-8", "surrogatepass"))

    def is_settled(self, at: int) -> bool:
        """Tell whether nothing done to a file after the moment *at* can have left all as they are."""
        return all(state.is_settled(at) for state in self.states.values())

    def same_but_for(self, earlier: "Inputs", names: Collection[str]) -> bool:
        """Tell whether all but some files stand as they stood *earlier*."""
        changed = {name for name, _ in self.states.items() ^ earlier.states.items()}
        return self.rest == earlier.rest and changed <= set(names)


def inputs_of(project: Project, theme: Path, *rest: object) -> Inputs:
    """Return what a project's site is built from; the day is a part of it, since reviews fall due."""
    said = (datetime.now(UTC).date().isoformat(), *map(repr, rest))
    return Inputs(dict(_states(project, theme)), "\0".join(said))


def _states(project: Project, theme: Path) -> Iterator[tuple[str, State]]:
    content = project.pages.parent
    for folder in (project.captures, project.annotations, content, theme):
        for name, state in states_in(folder, through_links=True):
            yield str(folder / name), state
    files = (project.redactions, project.key_file, project.editors, project.glossary)
    for file in (*files, project.redirects, project.settings):
        found = state_of(file) if file else None
        if found is not None:
            yield str(file), found
