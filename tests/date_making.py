"""Date expressions made at random, each with all that it needs to be read alone."""

from hypothesis import strategies as st

_MONTHS = ["januari", "februari", "maart", "mei", "juli", "oktober", "december", "jan.", "sept", "dec"]
_YEARS = st.integers(1900, 2099).map(str)
_PAIRS = st.integers(1990, 2050).map(lambda year: f"{year}-{year + 1}")
_DAYS = st.integers(1, 28).map(str)
_MODIFIERS = [
    "tot",
    "tot en met",
    "t/m",
    "vóór",
    "uiterlijk",
    "vanaf",
    "sinds",
    "met ingang van",
    "na",
    "niet later dan",
]
_PARTS = ["begin", "medio", "eind", "halverwege", "het einde van"]
_ABOUT = ["rond", "circa", "omstreeks"]


def _joined(*pieces: st.SearchStrategy[str] | str, by: str = " ") -> st.SearchStrategy[str]:
    """Return the pieces put together; a string stands for itself."""
    strategies = [st.just(piece) if isinstance(piece, str) else piece for piece in pieces]
    return st.tuples(*strategies).map(by.join)


_MONTH = st.sampled_from(_MONTHS)
DAYS = st.one_of(
    _joined(_DAYS, _MONTH, _YEARS),
    _joined(_DAYS, st.integers(1, 12).map(str), _YEARS, by="-"),
    _joined(_YEARS, st.integers(1, 12).map("{:02}".format), st.integers(1, 28).map("{:02}".format), by="-"),
    _joined("de", st.sampled_from(["1e", "2e", "3e"]), "van", _MONTH, _YEARS).map(
        lambda text: text.removeprefix("de ")
    ),
    _joined(
        st.sampled_from(["eerste", "laatste", "derde"]), st.sampled_from(["zondag", "maandag"]), "van", _MONTH, _YEARS
    ),
)
MONTHS = _joined(_MONTH, _YEARS)
CODES = st.one_of(
    _joined(
        st.sampled_from(
            ["Q1", "Q4", "H2", "eerste kwartaal van", "tweede helft van", "3e tertaal", "laatste kwartaal"]
        ),
        _YEARS,
    ),
    _joined(st.sampled_from(["voorjaar", "zomer", "herfst", "winter", "najaar van"]), _YEARS),
    _joined(_YEARS, st.sampled_from(["Q2", "(Q3)", "1e helft", "derde kwartaal"])),
)
ERAS = st.sampled_from(["jaren negentig", "jaren '80", "jaren twintig van deze eeuw", "20e eeuw", "negentiende eeuw"])
STRETCHES = st.one_of(
    _joined("eerste", st.sampled_from(["twee maanden", "7 maanden", "drie kwartalen"]), "van", _YEARS),
    _joined("week", st.integers(1, 52).map(str), "van", _YEARS),
    _joined(st.sampled_from(["eerste helft van", "tweede helft van"]), st.one_of(MONTHS, ERAS)),
    _joined(st.sampled_from(["schooljaar", "academisch jaar", "studiejaar"]), _PAIRS),
)
PARTS = _joined(st.sampled_from(_PARTS), st.one_of(MONTHS, ERAS, _joined("van", _YEARS).map(lambda text: text[4:])))
POINTS = st.one_of(DAYS, MONTHS, CODES, ERAS, STRETCHES, PARTS)
ABOUT = _joined(st.sampled_from(_ABOUT), st.one_of(DAYS, MONTHS, CODES, STRETCHES, _YEARS))
SPANS = st.one_of(
    *(
        _joined(kind, st.sampled_from(["tot", "tot en met", "t/m", "-", "–"]), kind)
        for kind in (DAYS, MONTHS, CODES, STRETCHES, _YEARS)
    ),
    _joined(
        _DAYS,
        st.sampled_from(["tot", "t/m", "en met"]).map(lambda joint: "tot en met" if joint == "en met" else joint),
        _DAYS,
        _MONTH,
        _YEARS,
    ),
    _joined("tussen", MONTHS, "en", MONTHS),
)
OPEN = _joined(st.one_of(DAYS, MONTHS, CODES, _YEARS), st.sampled_from(["- heden", "tot heden", "en verder"]))
BOUNDED = _joined(st.sampled_from(_MODIFIERS), st.one_of(POINTS, _YEARS))
SINGLE = st.one_of(POINTS, ABOUT, OPEN, BOUNDED)
EXPRESSIONS = st.one_of(SINGLE, SPANS)
"""A span may run backwards, and then it is none."""
