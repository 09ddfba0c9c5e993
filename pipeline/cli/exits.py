"""Exit codes of the command."""

from enum import IntEnum


class Exit(IntEnum):
    """What the command tells the program that called it."""

    OK = 0
    """Every input gave its records."""
    INPUT_FAILED = 1
    """At least one input failed; all the others are written. For `validate`: something is wrong in the records."""
    WRONG_USE = 2
    """The command cannot be understood."""
    ASSERTIONS = 3
    """The run's own assertions failed: records broke what must hold of them, or all that was found broke what the team
    asserts of a run; it has not taken the place of what was there."""
    LOCKED = 4
    """Another run is writing to the same folder."""
    INTERRUPTED = 130
    """Stopped by hand, as shells tell it."""
    TERMINATED = 143
    """Ended by SIGTERM, as shells tell it."""
