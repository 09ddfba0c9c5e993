"""Spaces, ligatures and loose accents are put right where that is sure, and recorded."""

import pytest
from test_line_ends import text_document

from pipeline.cleaning.spaces import with_plain_spaces
from pipeline.document import AlignedText


def plain(line: str) -> AlignedText:
    [made] = with_plain_spaces(text_document(line)).lines()
    return made.text


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("de financi ele gevolgen", "de financiële gevolgen"),
        ("de ondersteu ning van ouders", "de ondersteuning van ouders"),
        ("Samenwer king met de wijk", "Samenwerking met de wijk"),
        ("het deel vande aanpak", "het deel van de aanpak"),
        ("dat ishet doel", "dat is het doel"),
        ("de gemeente , de provincie en het Rijk .", "de gemeente, de provincie en het Rijk."),
        ("met ( alle ) scholen", "met (alle) scholen"),
        ("B i j l a g e 2", "Bijlage 2"),
        ("O V E R Z I C H T", "OVERZICHT"),
        ("Dit is zo.  De rest van de regel is ook zo.", "Dit is zo. De rest van de regel is ook zo."),
    ],
)
def test_a_space_is_put_right_and_recorded(printed: str, right: str) -> None:
    text = plain(printed)
    assert text.text == right
    assert text.raw() == printed
    assert {repair.rule for repair in text.repairs} == {"space"}


@pytest.mark.parametrize(
    "line",
    [
        "Penvoerder  Stichting De Brug",
        "Doel  Samen met de gemeente en de scholen meer lezen",
        "Project   Uitvoerder   Budget",
        "met gemeen ten en scholen",
        "de leden van de raad",
        "een groot ouder huis",
        "in de stad Den Haag",
        "de heer Van Dam",
        "a b c d e",
        "maat regelen in de stad",
        "optie a ) is het beste",
        "Naam : De Brug",
        "dat is .nl en niet ... zo",
        "de RIEC en het LIEC",
        "health care en open data",
        "zij heten Ende en Vande",
        "‘citaat’ en “citaat” en 'citaat'",
    ],
)
def test_what_is_not_sure_stays(line: str) -> None:
    assert plain(line).text == line
    assert not plain(line).repairs


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("ﬁnanciering en ﬂexibel", "financiering en flexibel"),
        ("de eﬃciënte ﬆichting ĳsbaan", "de efficiënte stichting ijsbaan"),
        ("de financie\u0308le coo\u0308rdinatie", "de financiële coördinatie"),
        ("de co¨ordinatie en be¨ınvloeding", "de coördinatie en beïnvloeding"),
        ("de ge\xadmeen\xadten", "de gemeenten"),
    ],
)
def test_letters_are_spelled_as_words_are(printed: str, right: str) -> None:
    assert plain(printed).text == right


def test_a_soft_hyphen_at_the_line_end_is_left_for_the_next_line() -> None:
    assert plain("de gemeen\xad").text == "de gemeen\xad"
