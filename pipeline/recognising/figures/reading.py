"""What is known so far of one number of a text: filled step by step, then turned into a value."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.recognising.figures.values import PLAIN
from pipeline.recognising.spans import Comparator, FigureKind


@dataclass(slots=True)
class Reading:
    """A number in a text and what is known of it so far."""

    first: int
    """Index of the first token of the evidence."""
    after: int
    """Index of the token after the evidence."""
    number: int
    """Index of the first token of the number itself."""
    low: Decimal
    high: Decimal | None = None
    kind: FigureKind | None = None
    """None where neither noun nor unit follows."""
    unit: str | None = None
    comparator: Comparator = "="
    compared: bool = False
    in_digits: bool = True
    times: Decimal | None = None
    confidence: float = PLAIN
    said: bool = False
    """`daarvan` and the like follow: the noun was left out."""
