"""Name the kinds of annotation: one file each."""

from collections.abc import Mapping

from .base import AnnotationKind
from .content_warning import KIND as CONTENT_WARNING
from .context import KIND as CONTEXT
from .correction import KIND as CORRECTION
from .cross_reference import KIND as CROSS_REFERENCE
from .fact_check import KIND as FACT_CHECK
from .gloss import KIND as GLOSS
from .question import KIND as QUESTION
from .translation import KIND as TRANSLATION

KINDS: Mapping[str, AnnotationKind] = {
    kind.name: kind
    for kind in (
        GLOSS,
        CONTEXT,
        FACT_CHECK,
        CORRECTION,
        CROSS_REFERENCE,
        TRANSLATION,
        CONTENT_WARNING,
        QUESTION,
    )
}
