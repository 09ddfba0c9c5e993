"""JSON Schemas of what the pipeline writes, from the models; ``python -m pipeline.schemas`` writes them."""

import json
import sys
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel

from pipeline.comparing.models import Diff
from pipeline.records.models import AnnexFile, Manifest, ProjectRecord
from pipeline.reviewing.decisions.models import Decision

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = Path(__file__).parents[1] / "schemas"
"""Where they lie in a checkout."""

SchemaName = Literal["record", "annex", "manifest", "diff", "decision"]
SCHEMA_NAMES: tuple[SchemaName, ...] = get_args(SchemaName)

_MODELS: dict[SchemaName, type[BaseModel]] = {
    "record": ProjectRecord,
    "annex": AnnexFile,
    "manifest": Manifest,
    "diff": Diff,
    "decision": Decision,
}


def schema(name: SchemaName) -> dict[str, Any]:
    """Return one schema, of JSON Schema 2020-12: of what is written, with every key required."""
    return {"$schema": DIALECT} | _MODELS[name].model_json_schema(mode="serialization")


def schema_text(name: SchemaName) -> str:
    """Return one schema as its file holds it."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def schema_file(name: SchemaName) -> str:
    """Return the name of the file of one schema."""
    return f"{name}.schema.json"


def write_schemas(folder: Path = FOLDER) -> None:
    """Write all schemas into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCHEMA_NAMES:
        (folder / schema_file(name)).write_text(schema_text(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_schemas(*map(Path, sys.argv[1:2]))
