"""Whether something is EDTF, by the library of that name. What days it comes to is not asked of it: bounds are ours."""

import re
from functools import lru_cache

_OPEN = ".."
_SEASON = re.compile(r"(\d{4}-[2-4]\d)~")


@lru_cache(maxsize=4096)
def is_edtf(text: str) -> bool:
    """Tell whether the syntax of a date, or of a span of two, is that of EDTF level 2.

    The library refuses a span of quarters and a season that is about; so a span is read by its ends, and the sign
    of `2023-22~` is taken off.
    """
    from edtf import parse_edtf  # takes 60 ms to load
    from edtf.parser.edtf_exceptions import EDTFParseException

    ends = text.split("/")
    named = [end for end in ends if end != _OPEN]
    if len(ends) > len(("first", "last")) or not named:
        return False
    try:
        for end in named:
            parse_edtf(_SEASON.sub(r"\1", end))
    except EDTFParseException:
        return False
    return True
