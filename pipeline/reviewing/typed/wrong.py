"""What was typed and cannot be read."""

from pipeline.errors import ToldError

LONGEST = 300
"""Code points of a typed value that are read."""


class TypedError(ToldError):
    """What was typed cannot be read; `field` names the input."""

    def __init__(self, field: str, template: str, /, **values: object) -> None:
        super().__init__(template, **values)
        self.field = field
