"""What can go wrong with an input: one exception with a code of the record contract and a message for people."""

from typing import Literal, get_args

ErrorCode = Literal[
    "not_found",
    "unreadable",
    "unsupported_type",
    "empty_file",
    "corrupt_file",
    "encrypted",
    "no_text_layer",
    "ocr_failed",
    "no_projects",
    "limit_exceeded",
    "write_failed",
    "internal_error",
]
ERROR_CODES: tuple[ErrorCode, ...] = get_args(ErrorCode)


class ToldError(Exception):
    """An error whose message can be said in any language.

    Parameters
    ----------
    template
        English text that says what is wrong and what to do, with ``{names}`` for `values`; the command line looks its
        translation up by this very text.
    values
        What the names stand for.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The text in English."""
        return self.template.format(**self.values)


class MissingExtraError(ToldError):
    """A library that is not installed; the message says how to get it."""


class AnnexError(ToldError):
    """An input that cannot be turned into records; `code` is one of the contract's."""

    def __init__(self, code: ErrorCode, template: str, **values: object) -> None:
        self.code: ErrorCode = code
        super().__init__(template, **values)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes whole."""
        return (_rebuild, (self.code, self.template, self.values))


def _rebuild(code: ErrorCode, template: str, values: dict[str, object]) -> AnnexError:
    return AnnexError(code, template, **values)
