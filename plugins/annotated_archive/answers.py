"""Say which comment answers which: as the page says, as an editor reads it, or as the machine guesses.

Where the page or an editor has spoken of a comment, nothing is guessed of it.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from .answer_entries import Reading, in_circles
from .comment_order import ranks
from .discussion import Discussion, Guess
from .model import Answer, Document
from .named_answers import named_answers
from .quoted_answers import quoted_answers

Rule = Callable[[Discussion], Iterator[Guess]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("it quotes words of one earlier comment", quoted_answers),
    ("it addresses a commenter by name", named_answers),
)
"""The rules of guessing, the surest first; address_forms has the forms of the second."""


def answers(document: Document, readings: Sequence[Reading] = ()) -> tuple[Answer, ...]:
    """Return each answer among the comments of a redacted *document*, in the order captured.

    *readings* are the editor's; they were held against the document before. A guess always leads
    to an earlier comment, and never round in a circle.
    """
    comments = document.comments
    known = {comment.id for comment in comments}
    said = [
        Answer(one.id, one.reply_to, "page")
        for one in comments
        if one.reply_to in known and one.reply_to != one.id
    ]
    spoken = {one.comment for one in said}
    read = [
        Answer(one.comment, one.to, "editor")
        for one in readings
        if one.to and one.comment not in spoken
    ]
    spoken |= {one.comment for one in readings}
    still = tuple(
        place
        for place, one in enumerate(comments)
        if one.id not in spoken and one.kind == "comment"
    )
    guessed = _guesses(document, still)
    circles = in_circles((one.comment, one.to) for one in (*said, *read, *guessed))
    sound = [one for one in guessed if one.comment not in circles or one.to not in circles]
    order = {comment.id: place for place, comment in enumerate(comments)}
    return tuple(sorted((*said, *read, *sound), key=lambda one: order[one.comment]))


@lru_cache(1)  # an item of very many comments that is edited is read again and again
def _guesses(document: Document, still: tuple[int, ...]) -> Sequence[Answer]:
    """Return what the rules guess; of two rules' guesses at answers to one person the surer one's."""
    comments = document.comments
    discussion = Discussion(document, ranks(comments), still)
    found: dict[tuple[int, int], Guess] = {}
    for _, rule in RULES if discussion.open else ():
        known = {(one.place, comments[one.to].author) for one in found.values()}
        for guess in rule(discussion):
            if (guess.place, comments[guess.to].author) not in known:
                found.setdefault((guess.place, guess.to), guess)
    return [
        Answer(comments[one.place].id, comments[one.to].id, "machine", one.words)
        for one in found.values()
    ]
