"""What a single word looks like, without a tagger: a plural noun, an adjective, a participle, a verb."""

import re

from pipeline.recognising.figures.tokens import Token
from pipeline.recognising.kinds import kinds_of
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/figures/words.toml")["nouns"]
STOP = frozenset(_DATA["stop"])
"""Words that end the noun phrase after a number."""
COORDINATORS = frozenset(_DATA["coordinators"])
ADVERBS = frozenset(_DATA["adverbs"])
_VERBS = frozenset([*_DATA["verbs"], *_DATA["auxiliaries"], *_DATA["finite"]])
_AUXILIARIES = frozenset(_DATA["auxiliaries"])
_ADJECTIVES = frozenset(_DATA["adjectives"])
_PARTICIPLES: tuple[str, ...] = tuple(_DATA["participles"])
_NOT_PARTICIPLES: tuple[str, ...] = tuple(_DATA["not_participles"])
_SEPARABLE: tuple[str, ...] = tuple(_DATA["separable"])
_NOUNS: tuple[str, ...] = tuple(_DATA["nouns"])
_E_NOUNS: tuple[str, ...] = tuple(_DATA["e_nouns"])
_ADJECTIVE_ENDINGS: tuple[str, ...] = tuple(_DATA["adjective_endings"])
_INVARIABLE = frozenset(_DATA["invariable"])
_LATIN: tuple[str, ...] = tuple(_DATA["latin_endings"])
_PLURAL_ENDINGS: tuple[str, ...] = tuple(_DATA["plural_endings"])
_SINGULAR_ENDINGS: tuple[str, ...] = tuple(_DATA["singular_endings"])
_PLURAL_AFTER_ALL: tuple[str, ...] = tuple(_DATA["plural_after_all"])
_NOT_PLURAL = frozenset(_DATA["not_plural"])
_GE = re.compile(rf"(?:{'|'.join(_SEPARABLE)})?ge[a-z]+(?<![dt])en")
_NOMINAL = re.compile(rf"(?:{'|'.join(_SEPARABLE)})?ge[a-z]{{3,}}[dt]en")
"""`gedaagden`, `aangeklaagden`."""
_IS_DONE = re.compile(rf"(?:(?:{'|'.join(_SEPARABLE)})?ge|be|ver|ont|her|er)[a-z]+[dt]|[a-z]{{3,}}end")
"""`gebouwd`, `vernieuwd`, `lopend`; not `loopt`."""
_PAST = ("den", "ten")
_PREFIXES: tuple[str, ...] = tuple(_DATA["prefixes"])
_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹0123456789"


def unmarked(word: str) -> str:
    """Take a footnote mark off the end of a word."""
    return word.rstrip(_MARKS)


def is_plural(token: Token) -> bool:
    """Tell whether a word looks like a plural noun."""
    word = unmarked(token.fold)
    if word in _INVARIABLE or word.endswith(_LATIN):
        return True
    if word in STOP or word in _NOT_PLURAL or len(word) < 3 or not word.endswith(_PLURAL_ENDINGS):
        return False
    if word.endswith(_SINGULAR_ENDINGS) and not word.endswith(_PLURAL_AFTER_ALL):
        return False
    return not _kinds(word)


def is_participle(token: Token) -> bool:
    """Tell whether a word is a participle in -en: `ingetrokken`."""
    word = token.fold
    if not word.endswith("en") or word.endswith(_NOT_PARTICIPLES):
        return False
    kinds = kinds_of(word)
    if "v" in kinds and ("a" in kinds or _GE.fullmatch(word)):
        return True
    return word.endswith(_PARTICIPLES)


def is_verb(token: Token) -> bool:
    """Tell whether a word is a verb in the plural and no noun: `twijfelen`, `reageerden`."""
    word = token.fold
    if word in _VERBS or not word.endswith("en"):
        return word in _VERBS
    kinds = _kinds(word)
    return "v" in kinds and ("n" not in kinds or word.endswith(_PAST)) and not is_participle(token)


def is_auxiliary(word: str) -> bool:
    """Tell whether a folded word is one of the verbs that no noun looks like, whatever stands before it."""
    return word in _AUXILIARIES


def is_done(token: Token) -> bool:
    """Tell whether a word by itself says what became of something: `gecertificeerd`, `vals`, `elektrisch`."""
    word = token.fold
    if token.kind != "word" or word in STOP:
        return False
    return is_participle(token) or (word[-1:] in ("d", "t") and "n" not in kinds_of(word)) or "a" in kinds_of(word)


def describes(token: Token) -> bool:
    """Tell whether a word by itself looks like an adjective with its ending."""
    return token.fold.endswith("e") and token.fold not in STOP


def is_attribute(token: Token) -> bool:
    """Tell whether a word with its ending may end a long attribute: `aangewezen`, `ingediende`, `afkomstige`."""
    word = token.fold
    if not describes(token):
        return is_participle(token) or ("v" in kinds_of(word) and word.endswith("en") and word.startswith(_PREFIXES))
    return word.endswith(("ende", *_DATA["attributes"])) or bool(kinds_of(word[:-1])) or word.startswith("ge")


def is_adjective(token: Token, *, singular: bool) -> bool:
    """Tell whether a word may describe a noun that follows it."""
    word = token.fold
    if token.kind != "word" or word in STOP or word in _INVARIABLE:
        return False
    if word in _ADJECTIVES or is_participle(token):
        return True
    if word.endswith("e"):
        return not (singular and word.endswith(_E_NOUNS))
    kinds = kinds_of(word)
    if not singular:
        return "a" in kinds and word.endswith("n")
    if word in ADVERBS or "a" in kinds or ("v" in kinds and "n" not in kinds and _IS_DONE.fullmatch(word)):
        return True
    return not kinds and len(word) > 4 and word.endswith(_ADJECTIVE_ENDINGS)


def is_singular(token: Token) -> bool:
    """Tell whether a word can be a noun in the singular."""
    word = token.fold
    return (
        word not in STOP
        and word not in _VERBS
        and word not in ADVERBS
        and (not kinds_of(word) or "n" in kinds_of(word))
    )


def _kinds(word: str) -> str:
    """Return the kinds of a word that is listed, by itself or as a verb with what stands before it (`uitstroomden`)."""
    kinds = kinds_of(word)
    if word.endswith(_NOUNS) or (kinds and word not in _VERBS and _NOMINAL.fullmatch(word)):
        return ""
    if not kinds and word.endswith(_PAST):
        for before in _SEPARABLE:
            if word.startswith(before) and "v" in kinds_of(word.removeprefix(before)):
                return "v"
    return kinds
