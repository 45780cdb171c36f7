"""Make up words and draw texts from them, as frequent as words of a language are.

Some are Persian, Spanish, Chinese or Japanese, and some hold signs that mean something in Markdown
or HTML. What is withheld has letters that no other word has.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from random import Random

NAMES, TAGS, WORDS, DRAWN = 2_000, 200, 12_000, 400_000

STARTS = [
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "tr",
    "v",
    "w",
]
MIDDLES = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "ee"]
ENDS = ["", "", "l", "m", "n", "nd", "r", "rs", "s", "st", "t"]
FOREIGN = [
    "آزادی",
    "خیابان",
    "تهران",
    "امروز",
    "مردم",
    "سلام",
    "niñez",
    "corazón",
    "señal",
    "mañana",
    "está",
    "también",
    "新聞",
    "自由",
    "東京",
    "意見",
    "コメント",
    "ありがとう",
    "café",
    "naïve",
    "über",
]
MANGLED = (
    "*not*",
    "_so_",
    "[sic]",
    "[a](b)",
    "<b>bold</b>",
    "&amp;",
    "AT&T",
    "`code`",
    "C:\\dir\\x",
    "{{name}}",
    "#1",
    "~~no~~",
    "a|b",
    "http://example.org/a_b?c=d&e=f",
    "snake_case_name",
    "2*3*4",
    "“quoted”",
    "it's",
    "don't",
    "…",
    "—",
    "--",
    ":-)",
    "$5.00",
)


@dataclass(frozen=True)
class Language:
    """Hold what all items are written with: *seed* decides it."""

    seed: int

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the vocabulary, the most frequent word first: mostly a short one."""
        random = Random(f"{self.seed} words")
        made = dict.fromkeys(_made(random, random.choice((1, 2, 2, 2, 3))) for _ in range(WORDS))
        return tuple(sorted(made, key=lambda word: len(word) + random.gauss(0, 1.5)))

    @cached_property
    def drawn(self) -> tuple[str, ...]:
        """Return words as a long text would have them: the frequency falls as the rank rises."""
        random = Random(f"{self.seed} drawn")
        weights = [*accumulate(1 / (rank + 2) for rank in range(len(self.words)))]
        drawn = random.choices(self.words, cum_weights=weights, k=DRAWN)
        for rare, share in ((FOREIGN, 60), (MANGLED, 45)):
            for at in random.sample(range(DRAWN), DRAWN // share):
                drawn[at] = random.choice(rare)
        return tuple(drawn)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of commenters."""
        random = Random(f"{self.seed} names")
        every = iter(lambda: _name(random), "")
        return tuple(islice(dict.fromkeys(islice(every, NAMES * 2)), NAMES))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Return the tags of editors; the first are also what articles are filed under."""
        random = Random(f"{self.seed} tags")
        made = dict.fromkeys(_made(random, 3).capitalize() for _ in range(TAGS * 2))
        return tuple(islice(made, TAGS))


def _made(random: Random, syllables: int) -> str:
    parts = range(syllables)
    return "".join(
        f"{random.choice(STARTS)}{random.choice(MIDDLES)}{random.choice(ENDS)}" for _ in parts
    )


def _name(random: Random) -> str:
    """Return a commenter's name: one word, two, or a word with a number."""
    first, form = _made(random, 2).capitalize(), random.random()
    if form < 0.5:
        return f"{first} {_made(random, 2).capitalize()}"
    return first if form < 0.8 else f"{first}{random.randrange(100)}"


def withheld_words(random: Random, words: int) -> str:
    """Return words with letters that stand in no other word."""
    return " ".join(f"Zqx{_made(random, 2)}" for _ in range(words))


class Writer:
    """Draw sentences and paragraphs for one item."""

    def __init__(self, language: Language, random: Random) -> None:
        self.drawn, self.random = language.drawn, random

    def sentence(self) -> str:
        """Return a sentence of 6 to 18 words."""
        length = 6 + int(self.random.random() * 13)
        at = int(self.random.random() * (DRAWN - length))
        text = " ".join(self.drawn[at : at + length])
        return f"{text[0].upper()}{text[1:]}{'.' if length < 15 else ', ' + self.drawn[at] + '!'}"

    def text(self, words: int, paragraph: int) -> list[str]:
        """Return paragraphs of about so many words each, about *words* in all."""
        paragraphs: list[str] = []
        while words > 6:
            sentences = [self.sentence() for _ in range(max(1, min(words, paragraph) // 12))]
            paragraphs.append(" ".join(sentences))
            words -= 12 * len(sentences)
        return paragraphs
