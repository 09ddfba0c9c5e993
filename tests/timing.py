"""Asserts that work takes time in proportion to a text, also on a machine that has other work to do."""

import gc
import time
from collections.abc import Callable

MOMENT, WHILE = 0.01, 0.1
"""Seconds of CPU time that a text must keep the work busy before a longer one is held against it: quick, and for soak
tests, where a small quadratic part shows as well."""
_LONGER = 4
"""How many times as long the longer text is: what is linear takes so many times as long, what is quadratic 16 times."""
_SLACK = 1.5
"""Of that, what the memory of a longer text may cost on top."""
ROUNDS = 6
"""Other work makes single runs slower, never faster: the least of some tells. Linear work rarely needs a second."""
_STEPS = 2
"""Where memory runs over some bound, one step takes more than its share; quadratic work takes more in each."""
_START, _LONGEST = 1_000, 1_000_000
"""Length of the texts, in code points. What keeps no work busy at the longest is not looked at further."""

Prepare = Callable[[str], Callable[[], object]]


def of_length(piece: str, length: int) -> str:
    """Repeat a piece of text up to a length in code points."""
    return (piece * (length // len(piece) + 1))[:length]


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Return the time that work takes once, of the CPU or by another clock, without collecting garbage of others."""
    gc.disable()
    try:
        start = clock()
        work()
        return clock() - start
    finally:
        gc.enable()


def least_seconds(
    work: Callable[[], object],
    *,
    enough: float = 0.0,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.process_time,
) -> float:
    """Return the least time of some runs; the first that takes no more than enough is the last.

    The time of the CPU is that of this process: what a child does is timed by `time.perf_counter`.
    """
    least = seconds(work, clock)
    for _ in range(rounds - 1):
        if least <= enough:
            break
        least = min(least, seconds(work, clock))
    return least


def assert_in_proportion(piece: str, prepare: Prepare, *, busy: float = MOMENT) -> None:
    """Assert that the time over a repeated piece of text grows as the text does.

    Parameters
    ----------
    piece
        What is repeated.
    prepare
        Makes the work over a text that is timed; what it does itself is not.
    busy
        Seconds that the shorter text takes at least: `MOMENT` or `WHILE`.

    Raises
    ------
    AssertionError
        When a text has been too slow in every round, and one that is longer again has been as well.
    """
    length = _START
    work = prepare(of_length(piece, length))
    once = min(seconds(work), seconds(work))
    while once < busy and length < _LONGEST:
        length *= 2
        work = prepare(of_length(piece, length))
        once = seconds(work)
    for _ in range(_STEPS):
        short, work, length = work, prepare(of_length(piece, _LONGER * length)), _LONGER * length
        longer = seconds(work)
        for _ in range(ROUNDS):
            if longer <= max(_LONGER * _SLACK * once, busy):
                return
            once, longer = min(once, seconds(short)), min(longer, seconds(work))
        said = f"{piece!r} × {length}: {longer:.3f} s, a text of {_LONGER} times less {once:.3f} s"
        once = longer
    raise AssertionError(said)
