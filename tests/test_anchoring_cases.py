"""Quotes are anchored as others' test tables ask, where our rule is theirs; never on other words.

The tables are data in tests/anchoring/, a file a source; each says in its head what it holds.
"""

import random
import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pelican.plugins.annotated_archive import selectors
from pelican.plugins.annotated_archive.places import find
from pelican.plugins.annotated_archive.selectors import (
    Miss,
    Selector,
    Span,
    context,
    describe,
    locate,
)

DATA = Path(__file__).parent / "anchoring"
COUNTS = {
    "apache_annotator": 56,
    "approx_string_match": 22,
    "dom_anchor_text_quote": 13,
    "hypothesis_client": 46,
    "named_negatives": 7,
    "suggestions": 33,
    "text_fragments_polyfill": 72,
    "wpt_text_fragments": 60,
}
LICENCE = r"; (Apache-2.0|BSD-[23]-Clause|MIT)\. |, under this project's licence\. "
SIGNS = " .,:;'\""
OFFERED = re.compile(r"(\d+): (before|after): '(.*?)'(?=; \d+: |$)")
ASKED = re.compile(r"did you mean '(.*)'\?(?: \(… (.*) …\))?")


def load(path: Path) -> list[dict[str, Any]]:
    """Return the cases of a file."""
    cases: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["cases"]
    return cases


CASES = {path.stem: load(path) for path in sorted(DATA.glob("*.yaml"))}


def having(key: str) -> pytest.MarkDecorator:
    """Return a mark that runs a test on each case that has a key, named by source and case."""
    cases = [(source, case) for source in CASES for case in CASES[source] if key in case]
    return pytest.mark.parametrize(
        "case", [pytest.param(one, id=f"{source}: {one['name']}") for source, one in cases]
    )


def selector_of(case: dict[str, Any], **changes: Any) -> Selector:
    """Return the selector that a case states."""
    keys = ("quote", "before", "after", "occurrence")
    return Selector(**{**{key: case[key] for key in keys if key in case}, **changes})


def joined(text: str) -> str:
    """Return text with single spaces."""
    return " ".join(text.split())


def asked_about(miss: Miss, text: str) -> str | None:
    """Return the words that a message asks about; they and what is shown beside them are there."""
    asked = ASKED.fullmatch(miss.remedy)
    if asked is None:
        assert "did you mean" not in miss.remedy
        return None
    assert asked[1] in joined(text)
    assert asked[2] or asked[1] == joined(text)
    assert (asked[2] or "") in joined(text)
    return asked[1].strip(SIGNS)


def check_suggestion(found: object, text: str, suggests: str | None) -> None:
    """Hold a refusal against the words that it may ask about."""
    assert isinstance(found, Miss)
    assert (suggests and joined(suggests).strip(SIGNS)) == asked_about(found, text)


def test_every_case_is_held() -> None:
    """No source loses a case unnoticed, and each says of itself whence it is and by what licence."""
    assert {source: len(cases) for source, cases in CASES.items()} == COUNTS
    for path in DATA.glob("*.yaml"):
        head = joined(path.read_text("utf-8").partition("\n\n")[0].replace("#", ""))
        assert head.startswith("Source: ") and re.search(LICENCE, head), path.name


@having("at")
def test_what_is_there_once_is_found(case: dict[str, Any]) -> None:
    """Words that stand once, or once in their context, are found there and nowhere else."""
    assert (Span(*case["at"]),) == find(selector_of(case), case["text"])


@having("several")
def test_what_is_there_several_times_is_refused(case: dict[str, Any]) -> None:
    """Of several places none is taken, until the editor says which; all are found if all are meant."""
    text, spans = case["text"], [Span(*one) for one in case["several"]]
    found = find(selector_of(case), text)
    assert isinstance(found, Miss)
    assert f"occurs {len(spans)} times" in found.fault
    assert tuple(spans) == find(selector_of(case, occurrence="all"), text)
    for number, span in enumerate(spans, 1):
        of = f"{number} of {len(spans)}"
        assert (span,) == find(selector_of(case, occurrence=number), text)
        assert (span,) == find(selector_of(case, occurrence=of), text)
        assert isinstance(find(selector_of(case, occurrence=f"{of}0"), text), Miss)


@having("several")
def test_an_offered_context_means_its_place(case: dict[str, Any]) -> None:
    """Whoever copies a context from the message gets the place that it was offered for."""
    found = locate(Selector(case["quote"]), case["text"])
    spans = locate(Selector(case["quote"], occurrence="all"), case["text"])
    assert isinstance(found, Miss) and isinstance(spans, tuple)
    for number, side, words in OFFERED.findall(found.remedy.partition("context: ")[2]):
        selector = Selector(case["quote"], **{side: words})
        assert (spans[int(number) - 1],) == locate(selector, case["text"])


@having("absent")
def test_what_is_not_there_is_at_most_asked_about(case: dict[str, Any]) -> None:
    """Words that only resemble the quote are never taken, and asked about only above the noise."""
    found = find(selector_of(case), case["text"])
    assert isinstance(found, Miss) and "does not occur" in found.fault
    check_suggestion(found, case["text"], case["suggests"])


@having("refused")
def test_a_passage_needs_both_its_ends_once(case: dict[str, Any]) -> None:
    """'first … last' is refused where an end stands several times, or they stand the other way round."""
    found = find(selector_of(case), case["text"])
    assert isinstance(found, Miss)
    assert " times" in found.fault or " stands before " in found.fault


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without outer white space."""
    words = text[start:end]
    return Span(end - len(words.lstrip()), start + len(words.rstrip()))


@having("span")
def test_a_span_of_others_is_described(case: dict[str, Any]) -> None:
    """A description means its span alone; the context of another tool means it too, or is refused."""
    text = case.get("captured") or case["text"]
    span = trimmed(text, *case["span"])
    selector = describe(text, span)
    if span.start >= span.end:
        assert isinstance(locate(selector, text), Miss)
        return
    assert (span,) == locate(selector, text)
    theirs = locate(Selector(text[span.start : span.end], *case.get("theirs", ())), text)
    assert isinstance(theirs, Miss) or (span,) == theirs


def shorter(selector: Selector) -> Selector:
    """Return a selector whose longer side, or both if they are as long, lacks its outermost word."""
    before, after = selector.before, selector.after
    longest = max(len(before), len(after))
    if len(selector.before) == longest:
        before = re.sub(r"^\s*\S+\s*", "", before)
    if len(selector.after) == longest:
        after = re.sub(r"\s*\S+\s*$", "", after)
    return Selector(selector.quote, before, after)


@having("span")
def test_a_description_has_no_word_too_many(case: dict[str, Any]) -> None:
    """There is no context without need, none on a second side, and none with a word to spare."""
    text = case.get("captured") or case["text"]
    selector = describe(text, Span(*case["span"]))
    if not selector.before and not selector.after:
        alone = locate(Selector(selector.quote), text)
        assert isinstance(alone, Miss) == (selector.occurrence is not None or not selector.quote)
        return
    assert selector.occurrence is None
    assert isinstance(locate(shorter(selector), text), Miss)
    if selector.before and selector.after:
        for one in (
            Selector(selector.quote, selector.before),
            Selector(selector.quote, "", selector.after),
        ):
            assert isinstance(locate(one, text), Miss)


@having("captured")
def test_a_lookalike_gets_no_annotation(case: dict[str, Any]) -> None:
    """What Hypothesis moved to other words, or to another place, is refused and told."""
    described = describe(case["captured"], Span(*case["span"]))
    assert (Span(*case["span"]),) == locate(described, case["captured"])
    now = locate(described, case["now"])
    assert now == (Span(*case["still"]),) if "still" in case else isinstance(now, Miss)
    for one in case["selectors"]:
        found = locate(selector_of(one), case["now"])
        check_suggestion(found, case["now"], one["suggests"])
        assert isinstance(found, Miss)
        if "times" in one:
            assert f"occurs {one['times']} times" in found.fault


def test_words_in_another_context_are_not_said_to_be_absent() -> None:
    """Where the words stand, but not where the editor says, the message tells so."""
    found = locate(Selector("Robin", after="wrote"), "Robin opened it, and Elisa wrote.")
    assert found == Miss("'Robin' does not occur with that context", "copy the words from the page")


ODD = (
    "a b ab A é e\u0301 q\u0302 \u0301 ß ﬁ İ ǰ ’ ' - – . … क\u093c \u0937\u093f 가 \u1100 \u1161 \u11a8 日本 "
    "👩\u200d💻 👩 💻 👍🏽 👍 🏽 ❤\ufe0f ❤ \ufe0f 🇩🇪 🇫🇷 🇩 \u200b \u200c \u200d \u00ad \ufeff 1\ufe0f\u20e3"
)
SPACES = (" ", "  ", "\n", "\r\n", "\n\n", " \n ", "\u00a0", "\u2028", "\t")
PIECES = st.sampled_from((*ODD.split(" "), *SPACES))
TEXTS = st.lists(PIECES | st.characters(), min_size=1, max_size=24).map("".join)


def folded(words: str) -> str:
    """Return words as the guide says they are compared at last: a second writing of the rule."""
    words = unicodedata.normalize("NFD", unicodedata.normalize("NFD", words).casefold())
    words = re.sub(
        "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff]", "", words
    )
    for sign, others in (("'", "‘’‚‛′`´"), ('"', "“”„‟″«»‹›"), ("-", "‐‑‒–—−")):
        words = re.sub(f"[{others}]", sign, words)
    return joined(words)


def is_whole(text: str, at: int) -> bool:
    """Tell whether an offset surely stands between two characters as readers see them."""
    if not 0 < at < len(text) or text[at] < "\u0300":
        return True
    return unicodedata.category(text[at])[0] in "LNPZ" and not "\u1100" <= text[at] <= "\u11ff"


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, Span]:
    """Draw a text and any words in it."""
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@settings(max_examples=600, deadline=None)
@given(spans())
def test_any_words_can_be_described(drawn: tuple[str, Span]) -> None:
    """What describes a span finds it alone, but for outer white space and what belongs to a letter."""
    text, span = drawn
    words = trimmed(text, span.start, span.end)
    found = locate(describe(text, span), text)
    if words.start >= words.end:
        assert isinstance(found, Miss)
        return
    assert isinstance(found, tuple)
    ((start, end),) = [(one.start, one.end) for one in found]
    assert start <= words.start and words.end <= end
    assert not re.search(r"\s", text[start : words.start] + text[words.end : end])
    assert start == words.start or not is_whole(text, words.start)
    assert end == words.end or not is_whole(text, words.end)
    assert found == locate(describe(text, found[0]), text)


@settings(max_examples=600, deadline=None)
@given(spans(), TEXTS, st.data())
def test_an_edit_elsewhere_moves_no_annotation(
    drawn: tuple[str, Span], new: str, data: st.DataObject
) -> None:
    """After a change beside a span and its context it is found where it went, or it is refused."""
    text, any_span = drawn
    selector = describe(text, any_span)
    found = locate(selector, text)
    assume(isinstance(found, tuple))
    assert isinstance(found, tuple)
    (span,) = found
    first, last = span.start - len(selector.before) - 1, span.end + len(selector.after) + 1
    places = [(0, first)] * (first >= 0) + [(last, len(text))] * (last <= len(text))
    assume(places)
    low, high = data.draw(st.sampled_from(places))
    start = data.draw(st.integers(low, high))
    end = data.draw(st.integers(start, high))
    shift = len(new) - (end - start) if end <= span.start else 0
    now = locate(selector, text[:start] + new + text[end:])
    assert isinstance(now, Miss) or now == (Span(span.start + shift, span.end + shift),)


@settings(max_examples=600, deadline=None)
@given(spans(), TEXTS | st.just(""), st.data())
def test_an_edit_of_the_words_never_gives_other_words(
    drawn: tuple[str, Span], new: str, data: st.DataObject
) -> None:
    """After a change within a span nothing is found, or words that differ in no letter."""
    text, span = drawn
    start = data.draw(st.integers(span.start, span.end))
    end = data.draw(st.integers(start, span.end))
    changed = text[:start] + new + text[end:]
    for selector in (describe(text, span), Selector(text[span.start : span.end])):
        found = locate(selector, changed)
        for one in found if isinstance(found, tuple) else ():
            assert folded(selector.quote) == folded(changed[one.start : one.end])


@settings(max_examples=600, deadline=None)
@given(TEXTS, TEXTS, TEXTS | st.just(""), TEXTS | st.just(""), st.data())
def test_what_is_found_is_what_was_asked_for(
    text: str, quote: str, before: str, after: str, data: st.DataObject
) -> None:
    """Found words are the quote, and stand between what should stand there, for any selector."""
    at = data.draw(st.integers(0, len(text)))
    text = text[:at] + before + quote + after + text[at:]
    found = locate(Selector(quote, before, after, occurrence="all"), text)
    assert isinstance(found, Miss) or len(set(found)) == len(found)
    for one in found if isinstance(found, tuple) else ():
        assert folded(quote) == folded(text[one.start : one.end])
        assert folded(text[: one.start]).endswith(folded(before))
        assert folded(text[one.end :]).startswith(folded(after))


@settings(max_examples=400, deadline=None)
@given(st.text("ab \n.B", min_size=1, max_size=40), st.sampled_from(["a", "b", "ab", "a b"]))
def test_no_offered_context_means_another_place(text: str, quote: str) -> None:
    """A context that is offered for a place means that place, or is refused."""
    found = locate(Selector(quote, occurrence="all"), text)
    for span in found if isinstance(found, tuple) else ():
        side, _, words = context(text, span, list(found)).partition(": ")
        if side != "occurrence":
            again = locate(Selector(quote, **{side: words.strip("'")}), text)
            assert isinstance(again, Miss) or again == (span,)


def prose(words: int, seed: int) -> str:
    """Return made-up prose, with signs as pages have them."""
    chance = random.Random(seed)
    parts = ["ra", "ben", "tol", "mi", "sed", "kar", "ü", "no", "’s", "the ", "of ", "and ", "in "]
    made = ["".join(chance.choices(parts, k=3)).strip() for _ in range(words)]
    return " ".join(word + chance.choice(("", "", "", ",", ".\n\n")) for word in made)


def test_a_thousand_annotations_take_less_than_a_second() -> None:
    """1,000 quotes are located in an article and 2,000 comments, which are read once for all."""
    chance = random.Random(5)
    texts = [prose(20_000, 0), *(prose(70, number) for number in range(1, 2_001))]
    requests = []
    for number in range(1_000):
        text = texts[0 if number % 2 else chance.randrange(len(texts))]
        start = chance.randrange(len(text) - 60)
        requests.append((Selector(text[start : start + chance.randrange(30, 60)]), text))
    selectors.normal_of.cache_clear()
    begun = time.process_time()
    found = [locate(selector, text) for selector, text in requests]
    taken = time.process_time() - begun
    assert sum(isinstance(one, tuple) for one in found) > 900
    assert selectors.normal_of.cache_info().misses < 2 * 502
    assert taken < 1


def test_messages_on_many_places_are_quick() -> None:
    """A letter that stands thousands of times is refused at once, and can be described."""
    text = prose(20_000, 7)
    begun = time.process_time()
    found = locate(Selector("a"), text)
    assert isinstance(found, Miss) and "times; add" not in found.fault
    middle = text.index("a", len(text) // 2)
    assert (Span(middle, middle + 1),) == locate(describe(text, Span(middle, middle + 1)), text)
    assert time.process_time() - begun < 2
