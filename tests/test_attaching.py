"""Evidence is found again: moved, reworded, repaired; changed words are told from words that hold."""

import time

import pytest
from deciding import evidence
from hypothesis import given, settings
from hypothesis import strategies as st
from making import head, records

from pipeline.comparing.models import Place
from pipeline.records.models import ProjectRecord
from pipeline.reviewing.decisions.attaching import Finder, Found, evidence_of, find
from pipeline.reviewing.decisions.models import Evidence

TITLES = ("Fietsen in de wijk", "Lezen met opa", "Zwemmen voor ouderen")
TEXTS = (
    "De gemeente Utrecht begon in 2022 met lessen op straat. In totaal zijn 351 hotels bezocht door vrijwilligers. "
    "Het project loopt tot en met 15 juli 2024 en wordt daarna door Fietsersbond Midden voortgezet.",
    "De bibliotheek leest voor aan kinderen van 6 tot 9 jaar. Aan de proef doen 12 scholen mee, verspreid over twee "
    "provincies. De kosten zijn € 1,5 miljoen, waarvan de helft door het ministerie van OCW wordt betaald.",
    "Ouderen leren in een half jaar zwemmen. Zwembad De Kuil stelt de baden op woensdag gratis beschikbaar.",
)


def annex(*texts: str, titles: tuple[str, ...] = TITLES) -> list[ProjectRecord]:
    made = records(head(), *titles[: len(texts)])
    return [one.model_copy(update={"text": text, "organisations": []}) for one, text in zip(made, texts, strict=True)]


def about(words: str, record: int = 0, texts: tuple[str, ...] = TEXTS) -> Evidence:
    old = annex(*texts)[record]
    start = old.text.index(words)
    return evidence(old.text, start, start + len(words), record=old.id, title=old.title)


def found(words: str, *texts: str, record: int = 0, titles: tuple[str, ...] = TITLES) -> Found | None:
    new = annex(*texts, titles=titles)
    place = find(about(words, record), new)
    if place is not None:
        holder = next(one for one in new if one.id == place.record)
        assert (holder.title if place.field == "title" else holder.text)[place.start : place.end] == place.text
    return place


def test_what_stands_where_it_stood_is_found_there() -> None:
    place = found("351 hotels", *TEXTS)
    assert place is not None
    assert (place.how, place.start, place.record) == ("same", TEXTS[0].index("351"), "bijlage/fietsen-in-de-wijk")


def test_evidence_of_a_record_says_what_stands_around_it() -> None:
    record = annex(*TEXTS)[0]
    start = record.text.index("351 hotels")
    place = Place(field="text", start=start, end=start + 10, text="", page=None, boxes=[], next_page_boxes=[])
    [one] = evidence_of(record, [place])
    assert one.text == "351 hotels"
    assert one.before.endswith("In totaal zijn ")
    assert len(one.before) == 71
    assert len(one.after) == 80
    assert record.text[one.start - len(one.before) : one.end + len(one.after)] == one.before + one.text + one.after


@pytest.mark.parametrize(
    "text",
    [
        "Vooraf: " + TEXTS[0],
        "Een nieuwe alinea over het begin.\n\n" + TEXTS[0] + "\n\nEn een slot.",
        TEXTS[0].replace("hotels bezocht", "hotels inmiddels bezocht"),
        TEXTS[0].replace("In totaal zijn", "Bij elkaar werden er"),
        TEXTS[0].replace("bezocht door vrijwilligers", "door vrijwilligers bezocht"),
        TEXTS[0].replace("351 hotels", "351\nhotels"),
        TEXTS[0].replace("351 hotels", "351 hótels"),
        "Het project loopt nog. In totaal zijn 351 hotels bezocht door vrijwilligers. Daarna volgt een verslag.",
        "Intussen zijn door de vrijwilligers 351 hotels bezocht, wat meer is dan verwacht.",
    ],
)
def test_words_that_stand_there_hold_whatever_is_reworded_around_them(text: str) -> None:
    place = found("351 hotels", text, *TEXTS[1:])
    assert place is not None
    assert place.holds
    assert place.text.split() in (["351", "hotels"], ["351", "hótels"])


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("351 hotels", "351 hotels", "420 hotels"),
        ("15 juli 2024", "15 juli 2024", "1 oktober 2025"),
        ("Fietsersbond Midden", "Fietsersbond Midden", "Stichting Wielen"),
        ("351 hotels", "351 hotels bezocht", "420 hotels inmiddels bezocht"),
        ("2022", "2022", "2021"),
    ],
)
def test_other_words_in_the_same_sentence_are_a_change(words: str, old: str, new: str) -> None:
    place = found(words, TEXTS[0].replace(old, new), *TEXTS[1:])
    assert place is not None
    assert place.how == "changed"
    assert place.text in new


def test_the_changed_sentence_counts_and_not_the_same_words_elsewhere() -> None:
    text = TEXTS[0].replace("351 hotels", "420 hotels") + " Een ander plan noemde ooit 351 hotels als einddoel."
    place = found("351 hotels", text, *TEXTS[1:])
    assert place is not None
    assert (place.how, place.text) == ("changed", "420 hotels")


@pytest.mark.parametrize(
    "text",
    [
        "De gemeente Utrecht begon in 2022 met lessen op straat. Het project loopt tot en met 15 juli 2024.",
        "Er is niets meer over bekend.",
        "",
    ],
)
def test_words_that_are_gone_are_found_nowhere(text: str) -> None:
    place = found("351 hotels", text, *TEXTS[1:])
    assert place is None or not place.holds
    assert "hotels" not in text


def test_a_sentence_that_went_to_another_project_is_found_there() -> None:
    sentence = "In totaal zijn 351 hotels bezocht door vrijwilligers. "
    place = found("351 hotels", TEXTS[0].replace(sentence, ""), TEXTS[1], sentence + TEXTS[2])
    assert place is not None
    assert place.record == "bijlage/zwemmen-voor-ouderen"
    assert place.holds


def test_a_project_with_another_title_is_known_by_its_words() -> None:
    titles = ("Samen op weg", "Boeken", "Baden")
    new = annex(*(text.replace(" zijn ", " waren ") for text in TEXTS), titles=titles)
    every = [about("351 hotels"), about("15 juli 2024"), about("Fietsersbond Midden"), about("12 scholen", 1)]
    finder = Finder(new, every)
    assert finder.homes(every[0]) == ["bijlage/samen-op-weg"]
    assert finder.homes(every[3]) == ["bijlage/boeken"]
    assert all((place := finder.find(one)) is not None and place.holds for one in every)


def test_a_letter_of_a_long_word_may_be_repaired_but_no_digit_and_no_short_word() -> None:
    holds = found("Fietsersbond Midden", TEXTS[0].replace("Fietsersbond", "Fietserbond"), *TEXTS[1:])
    assert holds is not None
    assert holds.holds
    for new in ("15 juni 2024", "16 juli 2024", "15 juli 2025"):
        place = found("15 juli 2024", TEXTS[0].replace("15 juli 2024", new), *TEXTS[1:])
        assert place is not None
        assert (place.how, place.text) == ("changed", new)


def test_a_title_holds_while_it_is_the_same_title() -> None:
    one = evidence(TITLES[0], 0, len(TITLES[0]), field="title", record="bijlage/fietsen-in-de-wijk", title=TITLES[0])
    assert one.before == one.after == ""
    place = find(one, annex(*TEXTS, titles=("Fietsen in de Wijk", "Fietsen in de wijk en de stad", "Zwemmen")))
    assert place is not None
    assert (place.record, place.holds) == ("bijlage/fietsen-in-de-wijk", True)
    place = find(one, annex(TEXTS[1], titles=("Fietsen in de wijk en de stad",)))
    assert place is not None
    assert place.how == "changed"
    assert find(one, annex(TEXTS[1], titles=("Lezen",))) is None


def test_a_point_between_words_is_found() -> None:
    at = TEXTS[0].index("Het project")
    one = evidence(TEXTS[0], at, at, record="bijlage/fietsen-in-de-wijk", title=TITLES[0])
    place = find(one, annex("Nieuw. " + TEXTS[0], *TEXTS[1:]))
    assert place is not None
    assert (place.start, place.end) == (at + 7, at + 7)
    reworded = TEXTS[0].replace("In totaal", "Bij elkaar")
    place = find(one, annex(reworded, *TEXTS[1:]))
    assert place is not None
    assert reworded[place.start :].strip().startswith("Het project")


def test_word_for_word_takes_nothing_else() -> None:
    one = about("351 hotels")
    same = annex(TEXTS[1], "Nieuw. " + TEXTS[0], titles=("Lezen", "Elders"))
    assert Finder(same).find_word_for_word(one) is not None
    other = annex(TEXTS[1], TEXTS[0].replace("vrijwilligers", "anderen"), titles=("Lezen", "Elders"))
    assert Finder(other).find_word_for_word(one) is None


WORDS = ["de", "het", "12", "scholen", "15", "juli", "2024", "Koraal", "met", ".", ",", "€", "1,5", "\n", "é", "ﬁets"]
TEXT = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(old=TEXT, new=TEXT, data=st.data())
def test_what_is_claimed_stands_there(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    one = evidence(old, start, end, record="bijlage/fietsen-in-de-wijk", title=TITLES[0])
    [record] = annex(new)
    place = find(one, [record])
    if place is not None:
        text = record.title if place.field == "title" else record.text
        assert 0 <= place.start <= place.end <= len(text)
        assert text[place.start : place.end] == place.text
        assert place.how != "same" or (place.start, place.text) == (start, old[start:end])


@settings(max_examples=100, deadline=None)
@given(text=TEXT, before=TEXT, after=TEXT, data=st.data())
def test_what_only_moved_is_found_word_for_word(text: str, before: str, after: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if not text:
        return
    one = evidence(text, start, end, record="bijlage/fietsen-in-de-wijk", title=TITLES[0])
    place = find(one, annex(f"{before}\n{text}\n{after}"))
    assert place is not None
    assert place.holds
    assert place.text == text[start:end]


def test_five_thousand_over_three_hundred_projects_take_seconds() -> None:
    texts = tuple(f"Project {n} heet zo. {TEXTS[n % 3]} Deel {n} van de reeks, in jaar {1000 + n}." for n in range(300))
    titles = tuple(f"Project nummer {n}" for n in range(300))
    new = annex(*(text.replace("project", "plan") for text in texts), titles=titles)
    words = ("351 hotels", "12 scholen", "Zwembad De Kuil")
    every = []
    for n, text in enumerate(texts):
        start = text.index(words[n % 3])
        one = evidence(text, start, start + len(words[n % 3]), record=f"bijlage/project-nummer-{n}", title=titles[n])
        every += [one, *(one.model_copy(update={"before": f"{k} {one.before}"[:80]}) for k in range(16))]
    begin = time.perf_counter()
    finder = Finder(new, every)
    assert all((place := finder.find(one)) is not None and place.holds for one in every)
    assert time.perf_counter() - begin < 20
