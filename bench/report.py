"""Lay out what was measured: as plain text, as a table of docs/speed.md."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import Usage, middle, ratio
from sides import OURS, STEPS, Missing

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
Runs = dict[tuple[str, str], list[Usage]]
"""By generator and step, what each round took."""


@dataclass(frozen=True, slots=True)
class Result:
    """Hold what was measured at one size.

    *runs* has the generators and the floors; *stages* has, for each step, seconds by stage.
    """

    size: str
    described: str
    runs: Runs
    stages: dict[str, dict[str, float]]
    missing: tuple[Missing, ...]


def run_rows(result: Result) -> Iterator[tuple[str, ...]]:
    """Yield a head and a row for each generator and step, ours first; the floors come last."""
    yield "step", "program", "wall s", "CPU s", "peak MiB", "ours is of its wall"
    for step in (*STEPS, "floor"):
        for (name, at), runs in result.runs.items():
            if at != step:
                continue
            one = middle(runs)
            ours = result.runs.get((OURS, step), [])
            share = "" if name == OURS or not ours else figure(_share(ours, runs))
            yield step, name, figure(one.wall), figure(one.cpu), f"{one.peak / 2**20:.0f}", share


def _share(ours: Sequence[Usage], theirs: Sequence[Usage]) -> float:
    return ratio([run.wall for run in ours], [run.wall for run in theirs])


def stage_rows(result: Result) -> Iterator[tuple[str, ...]]:
    """Yield a head and a row for each stage, with the seconds of each step that was looked at."""
    steps = list(result.stages)
    yield ("stage, wall s", *steps)
    stages = dict.fromkeys(stage for spent in result.stages.values() for stage in spent)
    for stage in stages:
        cells = (result.stages[step].get(stage) for step in steps)
        yield (stage, *("" if one is None else figure(one) for one in cells))


def figure(number: float) -> str:
    """Return a number with as many places as mean anything.

    >>> [figure(one) for one in (0.0123, 0.456, 7.891, 23.4, 123.4)]
    ['0.012', '0.46', '7.9', '23', '123']
    """
    places = 3 if number < 0.1 else 2 if number < 1 else 1 if number < 10 else 0
    return f"{number:.{places}f}"


def said_of(result: Result) -> Iterator[str]:
    """Yield a line for each generator that is not in the table."""
    for one in result.missing:
        yield f"Not measured: {one.name}: {one.reason}"


def plain(rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns.

    >>> print(plain([("a", "b"), ("long", "1")]))
    a     b
    long  1
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table of Markdown.

    >>> print(markdown([("a", "b"), ("c", "1")]))
    | a | b |
    | --- | --- |
    | c | 1 |
    """
    head, *rest = (f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)
    return "\n".join((head, f"|{' --- |' * len(rows[0])}", *rest))


def as_text(machine: str, results: Sequence[Result]) -> str:
    """Return everything for a terminal."""
    parts = [machine]
    for result in results:
        parts += [result.described, plain([*run_rows(result)]), *said_of(result)]
        parts += [plain([*stage_rows(result)])] if result.stages else ()
    return "\n\n".join(parts) + "\n"


def as_markdown(machine: str, results: Sequence[Result], picture: str) -> str:
    """Return everything as a part of a document."""
    parts = [machine, picture]
    for result in results:
        parts += [f"### {result.described}", markdown([*run_rows(result)]), *said_of(result)]
        parts += [markdown([*stage_rows(result)])] if result.stages else ()
    return "\n\n".join(parts)


def write_between(path: Path, text: str) -> None:
    """Put *text* between the marks of a document, in place of what stands there.

    Raises `ValueError` where the document has not each mark once, in order.
    """
    whole = path.read_text("utf-8")
    before, begin, rest = whole.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end or BEGIN in rest or END in after:
        raise ValueError(f"{path.name} has not each of {BEGIN} and {END} once; put them back")
    path.write_text(f"{before}{BEGIN}\n\n{text.strip()}\n\n{END}{after}", "utf-8")
