"""Flags, environment and file → the settings of a command, each with where it came from; or what is wrong with them."""

import difflib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, TomlConfigSettingsSource
from pydantic_settings import SettingsError as VariableError

from pipeline.cli.settings.early import FILE_VARIABLE, PREFIX
from pipeline.cli.settings.mistakes import Mistake, SettingsError
from pipeline.cli.settings.model import Settings
from pipeline.errors import AnnexError
from pipeline.messages import N_

SourceKind = Literal["flag", "environment", "file", "default"]
Key = tuple[str, ...]
HIDDEN = "********"
_TABLE = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_SETTING = re.compile(r"""\s*["']?([\w.-]+)["']?\s*=""")
_FOLDERS = ("config", "approved", "cache")
"""Settings that are folders: in a file they are seen from the file's own folder."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from."""

    kind: SourceKind
    name: str = ""
    """Of the flag, the variable, or the file."""
    line: int | None = None
    """In the file, from 1, where it is easily had."""

    def __str__(self) -> str:
        """Write it as people look for it."""
        return self.name if self.line is None else f"{self.name}:{self.line}"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The settings of a command."""

    settings: Settings
    file: Path | None
    """The file that was read, or None where there is none."""
    origins: Mapping[Key, Origin]
    """Of those that are not the default, by name."""

    def rows(self) -> Iterator[tuple[str, object, Origin]]:
        """Give each setting by its name, such as ``limits.pages``, with its value and where that came from."""
        for name in Settings.model_fields:
            value = getattr(self.settings, name)
            parts = dict(value) if isinstance(value, BaseModel) else {None: value}
            for part, one in parts.items():
                key = (name,) if part is None else (name, part)
                shown = HIDDEN if isinstance(one, SecretStr) else str(one) if isinstance(one, Path) else one
                yield ".".join(key), shown, self.origins.get(key, Origin("default"))

    def folder(self, name: Literal["config", "approved"]) -> Path | None:
        """Return a folder that must be there when it is set.

        Raises
        ------
        SettingsError
            When it is not.
        """
        path = cast("Path | None", getattr(self.settings, name))
        if path is not None and not os.path.isdir(path):  # noqa: PTH112  # says no where Path.is_dir raises
            self.refuse(name, N_("a folder that is there; {value} does not exist"))
        return path

    def refuse(self, name: str, allowed: str) -> None:
        """Say that the value of a setting cannot be used.

        Raises
        ------
        SettingsError
            Always.
        """
        value = getattr(self.settings, name)
        raise SettingsError([_refused((name,), value, self.origins.get((name,), Origin("default")), allowed)])

    def unknown_variables(self) -> list[tuple[str, str | None]]:
        """Return the variables that look as if they were ours and set nothing, each with one that may be meant."""
        known = {FILE_VARIABLE, *(variable_of(key) for key in keys())}
        strange = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
        return [(name, next(iter(difflib.get_close_matches(name, known, 1)), None)) for name in strange]


def keys() -> list[Key]:
    """Return the names of all settings, those of a group as two words."""
    found: list[Key] = []
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        inner = kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {"": None}
        found += [(name, part) if part else (name,) for part in inner]
    return found


def variable_of(key: Key) -> str:
    """Return the name of the variable that sets a setting."""
    return PREFIX + "_".join(key).upper()


def resolve(flags: Mapping[str, object], file: Path | None) -> Resolved:
    """Return the settings: flags before environment before file before default.

    Parameters
    ----------
    flags
        Those that were given, by the name of the setting.
    file
        To read; None for none.

    Raises
    ------
    SettingsError
        With every mistake that was found.
    """
    text = _text_of(file) if file is not None else ""
    layers: list[tuple[SourceKind, Mapping[str, Any]]] = []

    class Layered(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # we have none
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            sources = [init_settings, env_settings]
            if file is not None:
                sources.append(_FromFile(settings_cls, file))
            kinds: tuple[SourceKind, ...] = ("flag", "environment", "file")
            layers.extend((kind, source()) for kind, source in zip(kinds, sources, strict=False))
            return tuple(sources)

    try:
        settings = Layered(**cast("Any", flags))
    except VariableError as error:
        raise SettingsError([Mistake(N_("the environment cannot be read: {reason}"), reason=str(error))]) from None
    except ValidationError as error:
        said = [_mistake(one["loc"], one["type"], one["input"], layers, file, text) for one in error.errors()]
        raise SettingsError(said) from None
    origins = {key: origin for key in keys() if (origin := _origin(key, layers, file, text)).kind != "default"}
    return Resolved(settings, file, origins)


class _FromFile(TomlConfigSettingsSource):
    """The file; folders that it names are seen from where it lies, ``~`` is the user's own folder."""

    def __init__(self, settings_cls: type[BaseSettings], file: Path) -> None:
        self._folder = file.absolute().parent
        super().__init__(settings_cls, file)

    def __call__(self) -> dict[str, Any]:
        values = dict(super().__call__())
        for name in _FOLDERS:
            if isinstance(value := values.get(name), str) and value:
                values[name] = str(self._folder / os.path.expanduser(value))  # noqa: PTH111  # it never raises
        return values


def _text_of(file: Path) -> str:
    import tomllib

    name = str(file)
    try:
        text = file.read_text(encoding="utf-8")
        tomllib.loads(text)
    except FileNotFoundError:
        error = AnnexError("not_found", "there is no such file; check the name and the folder")
    except OSError as found:
        reason = found.strerror or str(found)
        error = AnnexError("unreadable", "it cannot be read ({reason}); check its permissions", reason=reason)
    except UnicodeDecodeError:
        error = AnnexError("corrupt_file", "this is no UTF-8; save the file as text with UTF-8")
    except tomllib.TOMLDecodeError as found:
        error = AnnexError("corrupt_file", "this is no TOML; write lines such as jobs = 2 ({reason})", reason=found)
    else:
        return text
    raise SettingsError([Mistake(error.template, place=name, code=error.code, **error.values)])


def _mistake(
    place: Sequence[int | str],
    kind: str,
    value: object,
    layers: Sequence[tuple[SourceKind, Mapping[str, Any]]],
    file: Path | None,
    text: str,
) -> Mistake:
    key = tuple(map(str, place))[:2]
    origin = _origin(key, layers, file, text)
    if kind == "extra_forbidden":
        names = ", ".join(".".join(one) for one in keys() if key[:-1] == one[: len(key) - 1])
        return Mistake(
            N_("{key} is no setting; there are: {names}"),
            place=str(origin),
            code="corrupt_file" if origin.kind == "file" else None,
            key=".".join(key),
            names=names,
        )
    template, values = _allowed(key)
    return _refused(key, value, origin, template, **values)


def _refused(key: Key, value: object, origin: Origin, allowed: str, **values: Any) -> Mistake:  # noqa: ANN401  # what fits the template
    return Mistake(
        N_("{key} cannot be {value}; it must be {allowed}"),
        place=str(origin),
        code="corrupt_file" if origin.kind == "file" else None,
        key=".".join(key),
        value=HIDDEN if key == ("password",) else repr(value) if isinstance(value, str) else value,
        allowed=Mistake(allowed, value=value, **values),
    )


def _allowed(key: Key) -> tuple[str, dict[str, Any]]:
    """Return what a setting may be, in words, of what the model says of it."""
    schema = Settings.model_json_schema()
    of: dict[str, Any] = schema["properties"][key[0]]
    while "$ref" in of or len(key) > 1:
        of = schema["$defs"][of["$ref"].rpartition("/")[2]] if "$ref" in of else of
        if len(key) > 1:
            of, key = of["properties"].get(key[1], {}), key[:1]
    of = of.get("anyOf", [of])[0]
    if "enum" in of:
        return N_("one of {names}"), {"names": ", ".join(of["enum"])}
    if of.get("type") == "integer":
        return N_("a whole number, {least} or more"), {"least": of.get("minimum", of.get("exclusiveMinimum", 0) + 1)}
    if of.get("type") == "number":
        return N_("a number above {least}"), {"least": of.get("exclusiveMinimum", 0)}
    if of.get("type") == "boolean":
        return N_("true or false"), {}
    if of.get("type") == "object":
        return N_("a table of its own, such as [limits]"), {}
    return N_("a text between quotation marks"), {}


def _origin(key: Key, layers: Sequence[tuple[SourceKind, Mapping[str, Any]]], file: Path | None, text: str) -> Origin:
    """Return the first layer that has a value for a setting, or for what it is a part of."""
    for kind, values in layers:
        for part in key[:-1]:
            inner = values.get(part, {})
            values = inner if isinstance(inner, Mapping) else {}
        if key[-1] not in values:
            continue
        if kind == "flag":
            return Origin(kind, f"--{key[-1].replace('_', '-')}")
        if kind == "environment":
            return Origin(kind, variable_of(key))
        return Origin(kind, str(file), _line_of(key, text))
    return Origin("default")


def _line_of(key: Key, text: str) -> int | None:
    """Return the line on which a setting stands; None where it is written in an unusual way."""
    table: Key = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _TABLE.match(line):
            table = tuple(found[1].split("."))
            if table == key:
                return number
        elif (found := _SETTING.match(line)) and (*table, *found[1].split(".")) == key:
            return number
    return None
