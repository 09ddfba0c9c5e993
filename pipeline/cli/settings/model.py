"""The settings that there are: one model, for file, environment and flags alike."""

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, create_model
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.cli.settings.early import PREFIX
from pipeline.logs import LogFormat
from pipeline.settings import Limits


class _Limited(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    def limits(self) -> Limits:
        """Return them as reading takes them."""
        return Limits(**self.model_dump())


# The names and defaults of `Limits`, each above 0.
_LIMITS: dict[str, Any] = {one.name: (Annotated[one.type, Field(gt=0)], one.default) for one in fields(Limits)}
if TYPE_CHECKING:
    LimitSettings = _Limited
else:
    LimitSettings = create_model("LimitSettings", __base__=_Limited, **_LIMITS)


class Settings(BaseSettings):
    """What may be set once for all commands; a field `log_format` is ``ANNEX_LOG_FORMAT`` and ``--log-format`` too."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        extra="forbid",
        frozen=True,
    )

    lang: Literal["en", "nl"] = "en"
    """Language of what people read."""
    config: Path | None = None
    """Folder of the steward's own register."""
    approved: Path | None = None
    """Folder of approved records whose decisions hold in what is extracted."""
    model: str = Field("nl_annex", min_length=1)
    """Model that finds names."""
    jobs: int = Field(1, ge=1)
    """How many processes work at once."""
    password: SecretStr | None = None
    """Of protected PDFs."""
    cache: Path | None = None
    """Folder of what OCR has read; None for what the platform has for it."""
    log_format: LogFormat | None = None
    """Form of the log; None leaves it to the command."""
    log_text: bool = False
    """Whether the log may hold what documents say."""
    limits: LimitSettings = LimitSettings()
    """What one input may cost."""
