"""Find the organisations of the register in a text."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.recognising.organisations.names import is_capitalised
from pipeline.recognising.organisations.vocabulary import OPENING, heads
from pipeline.recognising.phrases import Found, Phrases, Word
from pipeline.register import WORD, Form, NameRule, Organisation, Register, folded

Entry = tuple[Organisation, Form]


@lru_cache(maxsize=4)
def _phrases(register: Register) -> Phrases[Entry]:
    return Phrases((form, (body, kind)) for form, kind, body in register.forms())


@lru_cache(maxsize=4)
def _lowercase(register: Register) -> frozenset[str]:
    return frozenset(form for body in register.organisations for form in body.lowercase)


def find_known(words: Sequence[Word], register: Register) -> Iterator[tuple[Found[Entry], NameRule | None]]:
    """Give the names of the register that stand in these words, with the rule for names that are ordinary words too."""
    lowercase = _lowercase(register)

    def accepts(form: str, here: Sequence[Word]) -> bool:
        return _is_written_so(form, here, lowercase)

    for found in _phrases(register).find(words, accepts):
        yield found, register.rules.get(found.form)


def _is_written_so(form: str, words: Sequence[Word], lowercase: frozenset[str]) -> bool:
    """Whether the case of the text fits a name.

    An abbreviation stands exactly so. Words that the name capitalises are capitalised in the text, but for a first
    word that is a common noun (``ministerie van``) and for the forms that name a body in lower case too.
    """
    if form in lowercase and len(words) == len(form.split()):
        return True
    parts = WORD.findall(form)
    inner = zip(parts[:-1], words[:-1], strict=False)
    if any(word.whole_end != word.end and folded(part) != word.whole_key for part, word in inner):
        return False  # `RIEC's Limburg` is no genitive inside a name, but a plural that opens a list
    if len(parts) == 1 and sum(c.isupper() for c in form) > 1:
        return words[0].text in (form, form.upper())
    if parts[0].isupper() and words[0].text != parts[0] and words[0].key in OPENING:
        return False  # `Met GGZ Noord` is no `MET ggz`
    for number, (part, word) in enumerate(zip(parts, words, strict=True)):
        if not is_capitalised(part) or is_capitalised(word.text):
            continue
        if number == 0 and len(parts) > 1 and part.lower() in heads() and not heads()[part.lower()].needs_capital:
            continue
        return False
    return any(is_capitalised(word.text) for word in words)
