"""Hold words that are names and words at once: data, in several languages, folded as names are."""

from .folding import fold
from .plain_text.languages import words


def _folded(cell: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words(cell))


NOBODY = _folded(
    "anonymous anon anonymus guest visitor unknown nobody noname admin administrator moderator mod "
    "editor webmaster user reader name me anonym gast leser anonyme invité anonimo anónimo anônimo "
    "invitado visitante anoniem bezoeker anonieme gäst gæst gjest gość anonim аноним гость "
    "anonyymi vieras misafir 匿名 名無し 名無しさん 通りすがり"
)
"""Names, folded, that many bear, and that mean no one."""

COMMON = _folded(
    # also names
    "will mark hope grace faith joy may june april august rose art bill frank grant rob sue drew "
    "chase dean earl guy gene iris ivy jay lance lee max miles nick noble olive pat pearl penny "
    "rich rock ruby rusty sandy skip sonny stone summer sunny trey victor violet wade ward warren "
    "woody angel baron bishop carol charity chance chip christian cliff clay colt crystal dale "
    "dawn destiny duke eve fern flora forest ginger glen harmony hazel heath heather holly "
    "honor hunter jack jade jean jewel joyce judge justice kay king kit lane lily "
    "major marshal mercy merry misty patience peg prince queen ray reed roman rusty "
    "sage scout serenity shade star sterling storm sky ty van wally wolf "
    # words that serve as names
    "the a an i you he she it we they well yes no yeah ok okay so oh wow lol really true truth "
    "right wrong sir madam mr mrs ms miss dr mom dad mother father friend friends people everyone "
    "anyone someone somebody america american americans iran usa us uk canada india israel world "
    "god jesus lord amen peace freedom liberty citizen voter patriot taxpayer teacher student "
    "doc doctor nurse sad happy just only here there now then thanks please sorry hey hi hello "
    "concerned curious confused disgusted frustrated independent republican democrat liberal "
    "conservative that this what who why how when where and but or not for in on at as is if to "
    "good great nice best new old big little first last one two all some good bad"
)
"""Words, folded, that may be meant as words where they stand like a name."""

OPENERS = _folded(
    "i i'm i've i'd i'll you you're your yours the that that's this these those what what's why how "
    "if it it's its is isn't as and but not no yes we we're they they're he he's she she's there "
    "there's thank thanks well good great nice my when where who in on at to for from of or so do "
    "don't does did are aren't was were have has can can't could would should will please maybe "
    "perhaps actually really very just are all some any every one a an then than with have sorry "
    "exactly amen oh ok okay lol agreed agree couldn't can while since because here however"
)
"""Words that begin a sentence: a capital at their head does not make them part of a name."""

TITLES = _folded("mr mrs ms miss dr sir the a an el la le der die das de prof st")
"""Words, folded, at the head of a name that alone are none."""
