"""The command ``annex register`` run on a folder of a steward's own, for the tests of it."""

from pathlib import Path

from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.cli.exits import Exit

ANNEX = """Bijlage I. Projecten in de buurt 2023

1. Samen eten

Lichtkring Noord werkt in 2023 samen met de Domstad en met Stichting Waterkers. De gemeente Utrecht betaalt.
In opdracht van Stichting Waterkers zijn er twintig maaltijden.

2. Samen leren

In 2024 gaf Lichtkring Noord les aan 40 leerlingen, met steun van Halt.
"""


def annex(*arguments: object, **environment: str) -> Result:
    return CliRunner(env={"COLUMNS": "80", **environment}).invoke(main, [str(argument) for argument in arguments])


def register(own: Path, *arguments: object) -> str:
    """Run a command that must succeed, and return what it says."""
    done = annex("register", *arguments, "--config", own)
    assert (done.exit_code, done.stderr) == (Exit.OK, "")
    return done.stdout


def refused(own: Path, *arguments: object) -> str:
    """Run a command that must be wrong use, and change nothing; return what it says."""
    before = files(own)
    done = annex("register", *arguments, "--config", own)
    assert done.exit_code == Exit.WRONG_USE, done.output
    assert files(own) == before
    return done.stderr.splitlines()[-1]


def files(own: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in own.iterdir()} if own.is_dir() else {}
