"""Find the organisations of the register in a text."""

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.recognising.organisations.names import is_capitalised
from pipeline.recognising.organisations.vocabulary import heads
from pipeline.recognising.phrases import Found, Phrases, Word
from pipeline.register import WORD, Form, NameRule, Organisation, name_rules, organisations

Entry = tuple[Organisation, Form]


@cache
def _phrases() -> Phrases[Entry]:
    return Phrases((form, (body, kind)) for body in organisations() for form, kind in body.forms())


@cache
def _lowercase() -> frozenset[str]:
    return frozenset(form for body in organisations() for form in body.lowercase)


def find_known(words: Sequence[Word]) -> Iterator[tuple[Found[Entry], NameRule | None]]:
    """Give the names of the register that stand in these words, with the rule for names that are ordinary words too."""
    for found in _phrases().find(words, _is_written_so):
        yield found, name_rules().get(found.form)


def _is_written_so(form: str, words: Sequence[Word]) -> bool:
    """Whether the case of the text fits a name.

    An abbreviation stands exactly so. Words that the name capitalises are capitalised in the text, but for a first
    word that is a common noun (``ministerie van``) and for the forms that name a body in lower case too.
    """
    if form in _lowercase() and len(words) == len(form.split()):
        return True
    parts = WORD.findall(form)
    if len(parts) == 1 and sum(c.isupper() for c in form) > 1:
        return words[0].text in (form, form.upper())
    for number, (part, word) in enumerate(zip(parts, words, strict=True)):
        if not is_capitalised(part) or is_capitalised(word.text):
            continue
        if number == 0 and len(parts) > 1 and part.lower() in heads() and not heads()[part.lower()].needs_capital:
            continue
        return False
    return any(is_capitalised(word.text) for word in words)
