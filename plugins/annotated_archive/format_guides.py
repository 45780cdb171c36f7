"""Write what people are told of each format and container: the generated part of docs/formats.md."""

from collections.abc import Sequence

from .captures import FORMATS, format_of
from .captures.base import Guide
from .containers import CONTAINERS

BEGIN = "<!-- What follows is generated: run 'invoke schemas' -->"
END = "<!-- Until here -->"


def guides() -> str:
    """Return a section for each format but the text format, which has its own, and each container."""
    formats = [
        _section(f"The {name} format", format_of(name).guide) for name in FORMATS if name != "text"
    ]
    containers = [_section(f"The {one.name} container", one.guide) for one in CONTAINERS]
    intro = (
        "A container holds captures of many items. `invoke capture FILE --list` shows what is in it, "
        "and `--select PATTERN` takes the items whose address, slug or title match: words that stand "
        "in one of them, or a pattern with `*` that is all of one. Pages of one address become "
        "captures of one item."
    )
    return "\n\n".join([BEGIN, *formats, "## Containers", intro, *containers, END])


def _section(title: str, guide: Guide) -> str:
    parts = [f"## {title}", f"{guide.about}. Recognised by: {guide.recognised}."]
    for words, listed in (
        ("What it reads:", guide.reads),
        ("What it does not:", guide.lacks),
        ("How to make one:", guide.make),
    ):
        if listed:
            parts += [words, _items(listed)]
    return "\n\n".join(parts)


def _items(listed: Sequence[str]) -> str:
    return "\n".join(f"- {one}." for one in listed)


def with_guides(text: str) -> str:
    """Return the text of docs/formats.md with its generated part as it is to be.

    >>> with_guides("a").startswith("a")
    True
    """
    before, begun, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before if begun else text.rstrip() + chr(10) * 2}{guides()}{after or chr(10)}"
