"""Find and read the data files that rules live on: vocabularies, registers, models."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent


def models_folder() -> Path:
    """Return the folder of models and registers.

    In a wheel it lies inside the package; in a checkout it stands beside it.
    """
    packed = _PACKAGE / "models"
    return packed if packed.is_dir() else _PACKAGE.parent / "models"


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """Read one vocabulary, a TOML file given by its path inside the package.

    Parameters
    ----------
    name
        Such as ``"recognising/dates/words.toml"``. What comes back is shared: read it, never change it.

    Raises
    ------
    FileNotFoundError
        When the package holds no such file: a fault of ours.
    """
    return tomllib.loads((_PACKAGE / name).read_text(encoding="utf-8"))
