"""Days and years in words: ``eenentwintig``, ``negentien zevenentachtig``, ``tweeduizend achttien``."""

from functools import cache

from pipeline.recognising.dates.lexicon import SPACE, fold, one_of, words

_CENTURIES = range(15, 22)
"""What a year in words may begin with: ``negentien``."""
_LAST_DAY = 31


@cache
def spelled_numbers() -> dict[str, int]:
    """Return the numbers from 1 to 99 in words, folded."""
    known = words()["spelled"]
    low, tens = known["below_twenty"], known["tens"]
    numbers = {fold(word): number for number, word in enumerate(low) if number}
    numbers[fold(known["one"])] = 1
    for place, ten in enumerate(tens, start=2):
        numbers[fold(ten)] = place * 10
        for number in range(1, 10):
            joint = known["and_after_e"] if low[number].endswith("e") else known["and"]
            for spelling in {joint, known["and"]}:  # tweeëntwintig, also without its dots
                numbers[fold(f"{low[number]}{spelling}{ten}")] = place * 10 + number
    return numbers


def spelled_year(phrase: str) -> int | None:
    """Read ``negentien zevenentachtig``, ``negentienhonderd en een``, ``tweeduizend achttien``."""
    known, numbers = words()["spelled"], spelled_numbers()
    rest = "".join(fold(phrase).replace("-", " ").split())
    is_whole = True
    if rest.startswith(known["two_thousand"]):
        base, rest = 2000, rest.removeprefix(known["two_thousand"])
    else:
        century = max((word for word in numbers if numbers[word] in _CENTURIES and rest.startswith(word)), key=len)
        base, rest = numbers[century] * 100, rest.removeprefix(century)
        is_whole = rest.startswith(known["hundred"])
        rest = rest.removeprefix(known["hundred"])
    if not rest:
        return base
    small = rest.removeprefix(known["and"]).removeprefix(known["below_twenty"][0])
    number = numbers.get(rest) or numbers[small]
    fits = is_whole or (number < 10) != (rest in numbers)  # negentien en een, negentien tachtig
    return base + number if fits else None


def day_pattern() -> str:
    """Return a pattern for the days of a month; ``een`` without accents is an article."""
    article = fold(words()["spelled"]["below_twenty"][1])
    return one_of(word for word, number in spelled_numbers().items() if number <= _LAST_DAY and word != article)


def year_pattern() -> str:
    """Return a pattern for years; what it takes too much, `spelled_year` refuses."""
    known, numbers = words()["spelled"], spelled_numbers()
    space = f"(?:{SPACE}|-)?"
    century = one_of(word for word, number in numbers.items() if number in _CENTURIES)
    small = f"(?:{known['and']}{SPACE}|{known['below_twenty'][0]}{space})?(?:{one_of(numbers)})"
    hundreds = f"{century}{space}(?:{known['hundred']}(?:{space}{small})?|{small})"
    return f"(?:{known['two_thousand']}(?:{space}{small})?|{hundreds})"
