"""A roster as JSON, and the published schema of it (docs/schema/roster.schema.json)."""

import json
import sys
from pathlib import Path
from typing import Any

from zhiban.io.atomic import written_whole
from zhiban.io.public_roster import PublicRoster

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_TITLE = "值班表（zhiban export --to json）"


def json_text(roster: PublicRoster) -> str:
    """The roster as JSON, indented, Chinese as it is."""
    return json.dumps(roster.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def write_json(roster: PublicRoster, path: Path) -> None:
    """Write the roster as JSON in UTF-8. `UsageError` when the file cannot be written."""
    with written_whole(path) as temporary:
        temporary.write_text(json_text(roster), "utf-8")


def schema_text() -> str:
    """The JSON schema of an exported roster."""
    schema: dict[str, Any] = PublicRoster.model_json_schema(mode="serialization")
    return json.dumps({"$schema": SCHEMA_DIALECT, **schema, "title": SCHEMA_TITLE}, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":  # python -m zhiban.io.export_json docs/schema/roster.schema.json
    with written_whole(sys.argv[1]) as temporary_schema:
        temporary_schema.write_text(schema_text(), "utf-8")
