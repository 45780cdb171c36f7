"""What editors write once holds in the whole archive: glossary, commenters, editors, cross-references."""

from pathlib import Path

import pytest
from pelican.plugins.annotated_archive.glossary import Glossary
from pelican.plugins.annotated_archive.model import GlossaryEntry
from pelican.plugins.annotated_archive.pipeline import Archive, read_archive

from sites import add_item, copy_site, files_of, project_in, run
from test_anchor_lock import document, forget

PAGE = """{title}

June 3, 2010

By Ann Lee

{story}

2 Comments

  1. Bo Quill

    {first}

    June 3, 2010 at 5:04 pm |

  2. Cy Dunn

    {second}

    June 3, 2010 at 5:09 pm |
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site of two items with the same two commenters."""
    site = copy_site(tmp_path, empty=True)
    (site / "content/annotations").mkdir()
    story = "The cistern of the port was full. The port's cisterns leak, said the US consul, to us."
    one = PAGE.format(title="Rain at last", story=story, first="A Cistern leaks.", second="Rain!")
    two = PAGE.format(
        title="Snow", story="No water here.", first="The cistern froze.", second="Ah."
    )
    add_item(site, "rain", one)
    add_item(site, "snow", two)
    return site


def write(site: Path, name: str, text: str) -> None:
    """Write a content file."""
    path = site / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def sound(site: Path) -> Archive:
    """Return the archive, which has no problem."""
    archive = read_archive(project_in(site))
    assert [] == [str(problem) for problem in archive.problems]
    return archive


def marked(archive: Archive) -> dict[str, list[str]]:
    """Return the words of each annotation's targets, with their places, by item and id."""
    found = {}
    for edition in archive.editions:
        texts = {comment.id: comment.text for comment in edition.document.comments}
        texts["article"] = "\n\n".join(block.text for block in edition.document.blocks)
        for one in edition.annotations:
            found[f"{edition.document.slug}#{one.id}"] = [
                f"{t.place}: {texts[t.place][t.start : t.end]}" if t.span else t.place
                for t in one.targets
            ]
    return found


ENTRY = "- id: cistern\n  term: cistern\n  variants: [cisterns]\n  body: A tank.\n"


def test_a_gloss_is_defined_once(site: Path) -> None:
    """An entry explains the first occurrence of its term on each page."""
    write(site, "glossary.yaml", f"entries:\n{ENTRY}")
    assert marked(sound(site)) == {
        "rain#glossary-cistern": ["article: cistern"],
        "snow#glossary-cistern": ["comment-20100603-1704: cistern"],
    }


def test_a_gloss_may_explain_each_occurrence(site: Path) -> None:
    """With occurrence: all every form of the term is marked, whole words only, in any case."""
    write(site, "glossary.yaml", f"entries:\n{ENTRY}  occurrence: all\n")
    assert marked(sound(site))["rain#glossary-cistern"] == [
        "article: cistern",
        "article: cisterns",
        "comment-20100603-1704: Cistern",
    ]


def test_a_term_with_a_capital_is_found_as_written(site: Path) -> None:
    """The US is not us."""
    entry = "- {id: us, term: US, body: A country., occurrence: all}\n"
    write(site, "glossary.yaml", f"entries:\n{entry}")
    assert marked(sound(site)) == {"rain#glossary-us": ["article: US"]}


@pytest.mark.parametrize(
    ("scope", "items"),
    [("{items: [snow]}", {"snow"}), ("{tags: [water]}", {"rain"}), ("{tags: [none]}", set())],
)
def test_an_entry_may_hold_in_some_items(site: Path, scope: str, items: set[str]) -> None:
    """A scope names items, or tags of items."""
    write(site, "annotations/rain.yaml", "tags: [water]\n")
    write(site, "glossary.yaml", f"entries:\n{ENTRY}  scope: {scope}\n")
    assert items == {name.partition("#")[0] for name in marked(sound(site))}


def test_an_items_own_gloss_goes_before_the_glossary(site: Path) -> None:
    """Where an editor glossed the words in the item, the entry explains the next ones."""
    own = "annotations:\n- {id: a-1, kind: gloss, quote: '[[cistern]] of the', body: b}\n"
    write(site, "annotations/rain.yaml", own)
    write(site, "glossary.yaml", f"entries:\n{ENTRY}")
    assert marked(sound(site))["rain#glossary-cistern"] == ["article: cisterns"]


def test_a_term_cuts_no_letter_from_its_accent(site: Path) -> None:
    """cafe is not the beginning of café, however that is written."""
    add_item(site, "cafe", PAGE.format(title="A", story="The cafe\u0301.", first="b", second="c"))
    write(site, "glossary.yaml", "entries:\n- {id: cafe, term: cafe, body: b}\n")
    assert {} == marked(sound(site))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("[x]({attach}../../pelicanconf.py)", "leads to no page"),
        ("[x](javascript:alert(1))", "leads to no page"),
        ("[x](../../content/captures/rain/capture.txt)", "leads to no page"),
        ("a <script>b</script>", "tags of HTML"),
        ("see [^b]", "refers to a footnote"),
        ("bell \\u0007", "U+0007"),
    ],
)
def test_a_body_that_would_act_elsewhere_is_refused(site: Path, body: str, told: str) -> None:
    """What another program would make a file, a script or a reference of is told by file and line."""
    entry = f'- {{id: a-1, kind: gloss, quote: full, body: "{body}"}}'
    write(site, "annotations/rain.yaml", f"annotations:\n{entry}\n")
    problems = [str(problem) for problem in read_archive(project_in(site)).problems]
    assert 1 == len(problems), problems
    assert "content/annotations/rain.yaml:2: annotation 'a-1'" in problems[0]
    assert told in problems[0]


@pytest.mark.parametrize("name", ["glossary-cistern", "from-rain"])
def test_ids_that_the_tool_makes_are_reserved(site: Path, name: str) -> None:
    """No editor's note can share the address of a gloss or of another item's note."""
    write(
        site,
        "annotations/rain.yaml",
        f"annotations:\n- {{id: {name}, kind: gloss, quote: full, body: b}}\n",
    )
    (problem,) = read_archive(project_in(site)).problems
    assert "schema" == problem.code


def test_a_note_that_moved_and_is_overdue_can_be_accepted(site: Path) -> None:
    """What a build refuses is told before what it only warns of."""
    entry = "{id: fc, kind: fact-check, quote: leak, body: b, review-by: 2020-01-01}"
    write(site, "annotations/rain.yaml", f"annotations:\n- {entry}\n")
    assert 0 == run(site, "pages").returncode
    forget(site / "content/annotations/rain.lock.yaml", "fc")
    assert "moved" in run(site, "annotations", "list").stdout
    accepted = run(site, "annotations", "accept", "fc")
    assert 0 == accepted.returncode, accepted.stderr


def test_the_glossary_has_its_pages(site: Path) -> None:
    """Each entry has a page with all places where the term occurs; a draft is nowhere."""
    draft = "- {id: port, term: port, body: Zanzibar., status: draft}\n"
    write(site, "glossary.yaml", f"entries:\n{ENTRY}{draft}")
    assert 0 == run(site, "build").returncode
    page = (site / "output/glossary/cistern.html").read_text()
    assert "rain/index.html#ref-glossary-cistern" in page
    assert "snow/index.html#ref-glossary-cistern" in page
    assert not [name for name, data in files_of(site / "output").items() if b"Zanzibar" in data]


def test_many_terms_are_found_as_each_would_be() -> None:
    """The search for all entries at once finds what each entry alone finds."""
    terms = [("a b", "ab"), ("naïve", ""), ("c++", ""), ("日本", ""), ("State Dept.", "")]
    entries = [GlossaryEntry(f"e-{n}", tuple(filter(None, t)), "b") for n, t in enumerate(terms)]
    text = "A  B and a\nb, nai\u0308ve and NAÏVE, C++ or c+, 日本語, the State Dept. here"
    together = Glossary(entries).annotations(document(text), ())
    assert [["e-0"], ["e-1"], ["e-2"], ["e-3"], ["e-4"]] == [
        [one.entry for one in Glossary([entry]).annotations(document(text), ())]
        for entry in entries
    ]
    assert [one.entry for one in together] == ["e-0", "e-1", "e-2", "e-3", "e-4"]


COMMENTER = """annotations:
- id: who
  kind: context
  in: "commenter: {name}"
  body: A neighbour of the port.
"""


def test_a_commenter_is_annotated_across_the_archive(site: Path) -> None:
    """One entry stands with every comment of a person, in every item."""
    write(site, "annotations/rain.yaml", COMMENTER.format(name="Bo Quill"))
    assert marked(sound(site)) == {
        "rain#who": ["comment-20100603-1704"],
        "snow#from-rain--who": ["comment-20100603-1704"],
    }
    assert 0 == run(site, "build").returncode
    assert "A neighbour of the port." in (site / "output/snow/index.html").read_text()


def test_a_commenter_who_is_nowhere_is_told(site: Path) -> None:
    """A name that nobody bears is a mistake, with the name that is meant; in a later run as in the first."""
    assert 0 == run(site, "pages").returncode
    write(site, "annotations/rain.yaml", COMMENTER.format(name="Bo Quil"))
    (problem,) = read_archive(project_in(site)).problems
    assert "content/annotations/rain.yaml:2:" in str(problem)
    assert "did you mean 'Bo Quill'?" in str(problem)


LEADING = "annotations:\n- {{id: see, kind: cross-reference, quote: port, occurrence: 1, to: '{}', body: See there.}}\n"


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("snow", "article"),
        ("snow#comment-20100603-1704", "comment-20100603-1704"),
        ("snow#note-cold", "note-cold"),
    ],
)
def test_a_cross_reference_leads_there_and_back(site: Path, target: str, place: str) -> None:
    """A reference to another item is checked, and that item leads back."""
    write(site, "annotations/rain.yaml", LEADING.format(target))
    write(
        site,
        "annotations/snow.yaml",
        "annotations:\n- {id: cold, kind: gloss, quote: water, body: b}\n",
    )
    archive = sound(site)
    (reference,) = next(e for e in archive.editions if e.document.slug == "snow").references
    assert (place, "rain", "see") == (reference.place, reference.slug, reference.id)
    assert 0 == run(site, "build").returncode
    assert "../snow/index.html" in (site / "output/rain/index.html").read_text()
    assert "../rain/index.html#note-see" in (site / "output/snow/index.html").read_text()
    assert "{filename}rain.md" in (site / "content/pages/articles/snow.md").read_text()


@pytest.mark.parametrize(
    "target", ["hail", "snow#comment-1", "snow#note-x", "note-x", "glossary#x"]
)
def test_a_cross_reference_that_leads_nowhere_is_told(site: Path, target: str) -> None:
    """Each names the annotation, by file and line."""
    write(site, "annotations/rain.yaml", LEADING.format(target))
    (problem,) = read_archive(project_in(site)).problems
    assert "content/annotations/rain.yaml:2: annotation 'see'" in str(problem)


def test_a_long_annotation_is_a_file_of_its_own(site: Path) -> None:
    """Front matter and a body in Markdown say the same as an entry; defaults hold for it."""
    write(site, "annotations/rain.yaml", "by: The editors\ndate: 2026-11-23\n")
    body = "A list:\n\n- one\n- two\n\n> A quote.\n\n    code\n"
    write(site, "annotations/rain/port.md", f"---\nkind: context\nquote: port was\n---\n\n{body}")
    archive = sound(site)
    (one,) = archive.editions[0].annotations
    assert ("port", "The editors", "2026-11-23", body.strip()) == (
        one.id,
        one.by,
        one.date,
        one.body,
    )
    assert 0 == run(site, "build").returncode
    page = (site / "output/rain/index.html").read_text()
    for piece in ("<li>one</li>", "<blockquote>", "<pre><code>code"):
        assert piece in page


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("port.md", "no front matter", "port.md:1: the annotation does not begin"),
        ("port.md", "---\nkind: contxt\n---\nb", "port.md:2: kind is 'contxt'"),
        ("port.md", "---\nkind: gloss\nid: other\n---\nb", "port.md:3: the id 'other'"),
        ("port.md", "---\nkind: gloss\n---\n\n", "the annotation is empty"),
        (
            "port.md",
            "---\nkind: gloss\ndate: 2026-02-30\n---\nb",
            "port.md:3: there is no such day",
        ),
        ("Port.md", "---\nkind: gloss\nin: page\n---\nb", "is no id of an annotation"),
        ("port.txt", "x", "this is no annotation"),
        ("port.md", "---\nkind: gloss\nquote: nowhere\n---\nb", "port.md:1: annotation 'port'"),
    ],
)
def test_mistakes_in_long_annotations_are_told(site: Path, name: str, text: str, told: str) -> None:
    """By file and line, as in any content file."""
    write(site, f"annotations/rain/{name}", text)
    problems = [str(problem) for problem in read_archive(project_in(site)).problems]
    assert len(problems) == 1
    assert told in problems[0]


def test_an_unknown_editor_is_told(site: Path) -> None:
    """Where editors are registered, annotations and glosses are by one of them."""
    write(site, "editors.yaml", "editors:\n- {name: D. Roe, role: historian}\n")
    write(site, "glossary.yaml", f"by: D. Ro\nentries:\n{ENTRY}")
    write(
        site,
        "annotations/rain.yaml",
        "by: D. Roe\nannotations:\n- {id: a-1, kind: gloss, quote: full, body: b}\n",
    )
    (problem,) = read_archive(project_in(site)).problems
    assert "content/glossary.yaml:3: 'D. Ro' is not a registered editor" in str(problem)
    assert "did you mean 'D. Roe'?" in str(problem)


def test_an_overdue_review_is_a_warning(site: Path) -> None:
    """A fact-check whose day of review has passed is named, and the site is built."""
    entry = "{id: a-1, kind: fact-check, quote: full, body: b, checked: 2020-01-01, review-by: 2021-01-01}"
    write(site, "annotations/rain.yaml", f"annotations:\n- {entry}\n")
    built = run(site, "build")
    assert 0 == built.returncode
    assert (
        "content/annotations/rain.yaml:2: fact-check 'a-1' was to be reviewed by 2021-01-01"
        in built.stderr
    )


def test_annotations_have_their_pages(site: Path) -> None:
    """There is an index of all, by kind, by editor; a tag joins items, comments and annotations."""
    write(site, "annotations/snow.yaml", "tags: [water]\n")
    entry = "{id: a-1, kind: gloss, in: comment-20100603-1704, quote: leaks, body: b, tags: [water, pipes]}"
    write(site, "annotations/rain.yaml", f"by: D. Roe\nannotations:\n- {entry}\n")
    assert 0 == run(site, "build").returncode
    output = site / "output"
    for name in (
        "notes/index.html",
        "notes/kind-gloss.html",
        "notes/by-d-roe.html",
        "tag/pipes.html",
    ):
        assert "rain/index.html#note-a-1" in (output / name).read_text()
    joined = (output / "tag/water.html").read_text()
    for place in (
        "snow/index.html",
        "rain/index.html#note-a-1",
        "rain/index.html#comment-20100603-1704",
    ):
        assert place in joined


def test_annotations_have_a_feed(site: Path) -> None:
    """A published site has an Atom feed of the dated annotations, newest first."""
    entries = "\n".join(
        f"- {{id: a-{n}, kind: gloss, quote: full, body: b{n}, date: 2026-11-2{n}}}"
        for n in (1, 3, 2)
    )
    write(site, "annotations/rain.yaml", f"annotations:\n{entries}\n")
    assert 0 == run(site, "publish", "--site-url", "https://a.example").returncode
    feed = (site / "output/feeds/annotations.atom.xml").read_text()
    places = [feed.index(f"rain/#note-a-{n}") for n in (3, 2, 1)]
    assert places == sorted(places)


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def test_a_picture_goes_out_with_its_annotation(site: Path) -> None:
    """A file beside a long annotation is shown on the item's page and in the lists."""
    body = "---\nkind: context\nquote: port was\n---\n![A map](map.png)\n"
    write(site, "annotations/rain/port.md", body)
    (site / "content/annotations/rain/map.png").write_bytes(PNG)
    assert 0 == run(site, "build").returncode
    assert PNG == (site / "output/rain/map.png").read_bytes()
    assert 'src="map.png"' in (site / "output/rain/index.html").read_text()
    assert 'src="../rain/map.png"' in (site / "output/notes/index.html").read_text()
    page = (site / "content/pages/articles/rain.md").read_text()
    assert "](../../annotations/rain/map.png)" in page


@pytest.mark.parametrize(
    "name",
    [
        "https://a.example/x.png",
        "no.png",
        "../x.png",
        "x.svg",
        "data:image/png;base64,AA",
        "false.png",
    ],
)
def test_other_pictures_are_refused(site: Path, name: str) -> None:
    """A picture on another host, out of the folder, or that is none, is told by file and line."""
    entry = f"{{id: a-1, kind: gloss, quote: full, body: '![x]({name})'}}"
    write(site, "annotations/rain.yaml", f"annotations:\n- {entry}\n")
    write(site, "annotations/rain/false.png", "no picture")
    problems = read_archive(project_in(site)).problems
    assert ["image"] == [problem.code for problem in problems], problems
    assert "content/annotations/rain.yaml:2:" in str(problems[0])
