"""Time grows with the text and no faster, for every pattern of the recogniser of dates on its worst characters."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from timing import WHILE, assert_in_proportion, least_seconds

import pipeline.recognising.dates
from pipeline.recognising.dates import find_dates
from pipeline.recognising.dates.tokens import tokens

WORST: dict[str, tuple[str, ...]] = {
    "tokens._scanner": (
        *(
            "1-1-",
            "1.1.",
            "2024-01-",
            "2024-W",
            "2024Q",
            "'",
            "https://",
            "www.",
            "a",
            "1",
            "1,",
            "1e ",
            "jan-",
            "1-jan-",
            "05.2024",
            "2H2024",
            "1/1-1/1/",
        ),
        *(
            "een",
            "negentien ",
            "negentien en ",
            "tweeduizend nul ",
            "eerste ",
            "laatste drie ",
            "tweede \n ",
            "tot en ",
            "t / ",
        ),
        *(
            "met" + " " * 20 + "terugwerkende" + " " * 20 + "kracht" + " " * 20,
            "week",
            "wk.1",
            "jaren \n",
            "kwartaal I",
        ),
    ),
    "tokens._tokens": ("21e ", "week12 ", "2024-W12 "),
    "tokens._nth": ("21ste zondag ", "eerste week "),
    "tokens._whole": ("1-1-2024 ", "2024/01/01 ", "1-jan-2024 "),
    "gaps.gaps": (
        "1 van de ",
        "begin in het jaar ",
        "2024 , ",
        "1 op de ",
        "2024 (",
        "eerste\n",
        "maart van het jaar ",
        "1 en de ",
    ),
    "gaps.after": (
        "2024 en ",
        "2024 -  ",
        "2024 -\n",
        "jaren 90 van de ",
        "2024 of ",
        "2024 ",
        "06-2024 2024 ",
        "voor 9.15 uur op de ",
    ),
    "gaps.before": (
        "op 1, ",
        "op 3, 4 ",
        "groep 3 en 4 ",
        "gepland voor 2024 ",
        "voor 2024 of ",
        "na 2016 en voor ",
        "(3-2024 ",
    ),
    "gaps.loose": ("1-2024", "01-2024 "),
    "gaps.free": ("2024-01-", "2023-24-", "2024/1/"),
    "points._whole": ("1-1-24 ", "01-01-2024 "),
    "finding._COMPOUND": ("Q4-", "mei-a "),
    "finding._within": ("in maart 2024 op 3 mei ", "2021-2024 in mei ", "in maart "),
    "finding._aside": ("elke zomer 2024 in de zomer ", "1 mei van het ", "week 3 van 2024 week 3 "),
    "years._GLUED_LEFT": ("2024/", "a-2024 ", "€ 2024 ", "1 : 2024 "),
    "years._LABEL": ("aaaaaaaaaaaaaaaaaaaa", "a:2024 ", "Jaar:"),
    "years._GLUED_RIGHT": ("2024-a ", "2024 € ", "2024,-", "2024/a "),
    "years._PHONE": ("12-2024 2024 ", "1 24 2024 "),
    "years._SAMPLE": ("n = 2024 ", "N=2024"),
    "years._AMOUNT": ("€ 12-2024", "$ 1-1-24 "),
    "years._POSTCODE": ("2024 AB ", "2024 A "),
    "year_words._WORD": ("a.", "a’", "1,", "in a-2024 ", "(", "2024 wet arbeid van de "),
    "year_words.year_words": ("2024- en ", "2024-of "),
    "clauses._BRACKETS": ("2024 (", "in 2024 ((", "2024 ()"),
    "clauses._boundary": ("2024, en ", "2024, \n", "2024;", ", maar 2024 ", ":2024"),
    "clauses.cue": ("gestart 2024 ", "in 2024 gestart "),
    "moments._DAY": ("op 1 mei 2024 ", "peildatum 1-1-2024 "),
    "moments._WORD": ("1 mei 2024 a-", "1 mei 2024 1,"),
    "moments._and": ("1 mei 2024, en ",),
    "moments._right_before": ("stand van de 1 mei 2024 ", "peildatum "),
    "moments._announced": ("peildatum a 1 mei 2024 ", "ten tijde van "),
    "moments._on": ("op 1 mei 2024 12 ", "12 (op 1 mei 2024 ", "12 a ("),
    "roles._YEARS": ("2023-2024 ", "schooljaar 2023-2024 "),
    "roles._DAY": ("1 mei 2024 ",),
    "roles._running": ("looptijd 2024 ", "looptijd:  2024"),
    "roles._apposed": ("einde van de looptijd, 2024, ", "einde in in in 2024, "),
    "roles._labelled": ("looptijd a a a: 2024 ", "|looptijd (a 2024 ", "\nlooptijd   a "),
    "roles._near": ("gestart in de 2024 ", "start van de periode 2024 ", "start: "),
    "roles._wide": ("gestart met een a b 2024 ", "eindigde met-een "),
    "roles._parted": ("fase 2024 ", "2024 de tweede fase "),
    "roles._together": ("samen 2024 ", "start en einde 2024 "),
    "roles._origin": ("sinds de 2024 ", "na de start in 2024 "),
    "subjects._BRACKETS": ("(2024 (", "() 2024 "),
    "subjects._known": (
        "het project 2024 ",
        "de wet die 2024 ",
        "dit lange mooie 2024 ",
        "in de grote 2024 ",
        "zij 2024 ",
        ", en is 2024 ",
        " en 2024",
        ", 2024",
        " en  en 2024 ",
    ),
}
"""Characters that keep a pattern busy the longest, by where it is compiled; a new pattern needs its own line."""
TEXTS = sorted({unit for units in WORST.values() for unit in units})
_FIRST = sorted({units[0] for units in WORST.values()})
_WORDS_A_SECOND = 20_000


def test_every_pattern_has_its_worst_characters() -> None:
    assert set(_patterns()) == set(WORST)


@pytest.mark.parametrize("unit", _FIRST)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    assert_in_proportion(unit, _find)


@pytest.mark.soak
@pytest.mark.parametrize("unit", TEXTS)
def test_time_grows_no_faster_on_any_of_them(unit: str) -> None:
    assert_in_proportion(unit, _find, busy=WHILE)


@pytest.mark.parametrize("unit", WORST["tokens._scanner"])
def test_a_text_is_cut_in_proportion(unit: str) -> None:
    assert_in_proportion(unit, lambda text: lambda: list(tokens(text)))


def test_a_thousand_sentences_take_a_moment() -> None:
    sentence = "In 2021 is de proef gestart en tot en met oktober 2024 lopen er 2.024 van de 2000 trajecten door. "
    enough = 1000 * len(sentence.split()) / _WORDS_A_SECOND
    assert least_seconds(_find(1000 * sentence), enough=enough) <= enough


def _find(text: str) -> Callable[[], object]:
    return lambda: find_dates(text)


def _patterns() -> Iterator[str]:
    """Give where patterns are compiled or matched in the source of the recogniser."""
    for path in sorted(Path(pipeline.recognising.dates.__file__).parent.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for part in node.body if isinstance(node, ast.ClassDef) else [node]:
                if any(_is_pattern(call) for call in ast.walk(part)):
                    yield f"{path.stem}.{_name(part)}"


def _is_pattern(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    owner = node.func.value
    return isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr != "escape"


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.FunctionDef):
        return node.name
    assert isinstance(node, ast.Assign)
    assert isinstance(node.targets[0], ast.Name)
    return node.targets[0].id
