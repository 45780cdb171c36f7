"""Draw what was measured as an SVG: one line a size and step, one dot a program, on a log scale."""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10

from measure import middle
from report import Result, figure
from sides import OURS, STEPS

LEFT, WIDTH, RIGHT, LINE, GAP, TOP = 190, 480, 36, 26, 14, 64
COLOURS = ("#0b6e8a", "#b4491f", "#7a3d9a", "#4c7a1d")
"""Ours first; each is 4.5 to 1 at least against white."""
SHAPES = ("circle", "square", "diamond", "triangle")

Point = tuple[str, float]
"""A program, and its seconds."""


def lines_of(results: Sequence[Result]) -> list[tuple[str, list[Point]]]:
    """Return what each line of the drawing shows; floors are left out."""
    return [
        (f"{result.size}, {step}", points)
        for result in results
        for step in STEPS
        if (
            points := [
                (name, middle(runs).wall) for (name, at), runs in result.runs.items() if at == step
            ]
        )
    ]


def drawing(results: Sequence[Result]) -> str:
    """Return the drawing; the same figures give the same bytes."""
    lines = lines_of(results)
    names = list(dict.fromkeys(name for _, points in lines for name, _ in points))
    seconds = [one for _, points in lines for _, one in points] or [1.0]
    low, high = 10.0 ** floor(log10(min(seconds))), 10.0 ** ceil(log10(max(seconds)))
    high = max(high, low * 10)
    height, width = round([*heights(lines)][-1]) + 60 if lines else TOP, LEFT + WIDTH + RIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="title"'
        ' font-family="system-ui, sans-serif" font-size="13">',
        '<title id="title">Seconds by the clock for each program, size and step</title>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_legend(names),
        *_grid(low, high, height),
        *_dots(lines, names, low, high),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def place(seconds: float, low: float, high: float) -> float:
    """Return how far to the right a number of seconds stands.

    >>> place(1, 0.1, 10) == LEFT + WIDTH / 2
    True
    """
    return LEFT + WIDTH * log10(seconds / low) / log10(high / low)


def heights(lines: Sequence[tuple[str, Sequence[Point]]]) -> Iterator[float]:
    """Yield how far down each line stands; sizes stand apart.

    >>> [*heights([("S, cold", []), ("S, one edited", []), ("M, cold", [])])]
    [77.0, 103.0, 143.0]
    """
    y, before = TOP - LINE / 2, ""
    for label, _ in lines:
        size = label.partition(",")[0]
        y += LINE + (GAP if before and before != size else 0)
        before = size
        yield y


def _legend(names: Sequence[str]) -> Iterator[str]:
    at = 16.0
    for number, name in enumerate(names):
        yield mark(number, at, 20, name)
        weight = ' font-weight="600"' if name == OURS else ""
        yield f'<text x="{at + 12:.0f}" y="25" fill="#222"{weight}>{escape(name)}</text>'
        at += 40 + 7.5 * len(name)


def _grid(low: float, high: float, height: int) -> Iterator[str]:
    for power in range(round(log10(low)), round(log10(high)) + 1):
        at = place(10.0**power, low, high)
        yield f'<path d="M{at:.1f} {TOP - 12}V{height - 32}" stroke="#ccc"/>'
        label = f"{10.0**power:g} s"
        yield f'<text x="{at:.1f}" y="{height - 14}" text-anchor="middle" fill="#555">{label}</text>'


def _dots(
    lines: Sequence[tuple[str, Sequence[Point]]], names: Sequence[str], low: float, high: float
) -> Iterator[str]:
    for y, (label, points) in zip(heights(lines), lines, strict=True):
        yield f'<text x="16" y="{y + 4:.0f}" fill="#222">{escape(label)}</text>'
        yield f'<path d="M{LEFT} {y:.0f}H{LEFT + WIDTH}" stroke="#eee"/>'
        for name, seconds in points:
            told = f"{name}: {figure(seconds)} s"
            yield mark(names.index(name), place(seconds, low, high), y, told)


def mark(number: int, x: float, y: float, told: str) -> str:
    """Return the mark of a program: its colour and its shape, so that neither is needed alone."""
    shape, fill = SHAPES[number % len(SHAPES)], COLOURS[number % len(COLOURS)]
    title = f"<title>{escape(told)}</title>"
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{fill}">{title}</circle>'
    path = {
        "square": f"M{x - 5:.1f} {y - 5:.1f}h10v10h-10z",
        "diamond": f"M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7-7z",
        "triangle": f"M{x:.1f} {y - 6:.1f}l7 12h-14z",
    }[shape]
    return f'<path d="{path}" fill="{fill}">{title}</path>'
