"""Make a site with annotations of every sort: on words, on a commenter, lost, warned of, defined once."""

from pathlib import Path

from sites import add_item, copy_site, run

WORDS = " ".join(f"w{number:02}" for number in range(40))
FLOOD = f"""The flood

June 3, 2010 9:00 am

By Ann Lee

The harbour master said that the rain filled the old cistern in one night.

The drowned were three, as the Almanac had foretold, says the harbour master.

Forty notes stand on {WORDS}.

Nothing is said of this.

2 Comments

  1. Bo Quill

    The cistern leaks. The damned Almanac never knew.

    June 3, 2010 at 5:04 pm |
  2. Bo Quill

    I said so.

    June 3, 2010 at 6:04 pm |
"""
FLOOD_NOTES = """
by: The editors
date: 2026-11-23
annotations:
  - {id: master, kind: gloss, quote: harbour master, occurrence: all, tags: [people], body: Keeps the port.}
  - {id: filled, kind: fact-check, quote: filled … night, by: D. Roe, tags: [water], verdict: Unverified., body: Unknown.}
  - {id: cistern, kind: context, quote: old cistern, by: D. Roe, body: "See [the comment](#comment-20100603-1704)."}
  - {id: drowned, kind: content-warning, quote: The drowned, body: The paragraph speaks of the dead.}
  - {id: damned, kind: content-warning, in: comment-20100603-1704, quote: damned, body: A curse.}
  - {id: quill, kind: context, in: "commenter: Bo Quill", tags: [people], body: The lighthouse keeper.}
  - {id: later, kind: cross-reference, quote: one night, to: "second#note-sand", body: A year later.}
  - {id: gone, kind: gloss, quote: the church tower, body: It stands.}
""" + "".join(
    f"  - {{id: w{n:02}, kind: question, quote: w{n:02}, body: '{'Why? ' * (1 + 40 * (n == 7))}'}}\n"
    for n in range(40)
)
SECOND = """The second flood

June 9, 2011 9:00 am

By Ann Lee

The mayor had sand. Three men drowned.

1 Comment

  1. Eve Hart

    Sand!

    June 9, 2011 at 5:04 pm |
"""
SECOND_NOTES = """
annotations:
  - {id: all, kind: content-warning, in: article, body: Drownings.}
  - {id: sand, kind: context, quote: sand, body: Of the beach.}
  - {id: back, kind: cross-reference, quote: The mayor, to: flood, body: The first.}
  - {id: back-2, kind: cross-reference, in: comment-20110609-1704, to: "flood#note-cistern", body: There.}
"""
GLOSSARY = """
entries:
  - {id: almanac, term: Almanac, occurrence: all, tags: [books], body: A *yearly* book.}
"""
EDITORS = """
editors:
  - {name: The editors}
  - {name: D. Roe, role: Engineer, address: https://roe.example}
"""


def lay_noted_site(folder: Path) -> None:
    """Write the content of the site into *folder*."""
    copy_site(folder)
    for slug, text, notes in (("flood", FLOOD, FLOOD_NOTES), ("second", SECOND, SECOND_NOTES)):
        add_item(folder, slug, text)
        (folder / f"content/annotations/{slug}.yaml").write_text(notes, "utf-8")
    (folder / "content/glossary.yaml").write_text(GLOSSARY, "utf-8")
    (folder / "content/editors.yaml").write_text(EDITORS, "utf-8")


def build_noted_site(folder: Path) -> Path:
    """Build the site in *folder*; return its output folder."""
    lay_noted_site(folder)
    result = run(folder, "build", "--allow-lost")
    assert 0 == result.returncode, result.stderr
    return folder / "output"
