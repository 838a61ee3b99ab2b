"""The JSON of a roster holds all of it, and the published schema is the one it follows."""

import json
from pathlib import Path

import jsonschema
import pytest

from zhiban.io.export_json import json_text, schema_text, write_json
from zhiban.io.machine_sheets import MACHINE_SHEETS
from zhiban.io.public_roster import PublicRoster
from zhiban.io.read_public import read_public
from zhiban.io.write_workbook import write_roster
from zhiban.model.problem import Problem
from zhiban.model.roster import Outcome

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schema" / "roster.schema.json"


@pytest.fixture
def roster(tmp_path: Path, small_problem: Problem, small_outcome: Outcome) -> PublicRoster:
    write_roster(tmp_path / "值班表.xlsx", small_problem, small_outcome)
    return read_public(tmp_path / "值班表.xlsx")


def test_the_published_schema_is_current() -> None:
    """If not: python -m zhiban.io.export_json docs/schema/roster.schema.json."""
    assert SCHEMA.read_text("utf-8") == schema_text()


def test_an_exported_roster_follows_the_schema(roster: PublicRoster) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(json_text(roster))
    jsonschema.Draft202012Validator(schema).validate(data)
    data["排班明细"][0]["开始"] = "9点"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(data)


def test_nothing_is_lost_on_the_way_back(roster: PublicRoster, tmp_path: Path) -> None:
    write_json(roster, tmp_path / "a.json")
    assert PublicRoster.model_validate_json((tmp_path / "a.json").read_bytes()) == roster


def test_keys_are_the_sheets_and_columns_of_the_workbook(roster: PublicRoster) -> None:
    data = json.loads(json_text(roster))
    for sheet, columns in MACHINE_SHEETS.items():
        for record in data[sheet][:1]:
            assert set(columns) <= set(record), sheet
    assert data["排班明细"]


def test_the_packed_original_stays_in_the_workbook(roster: PublicRoster) -> None:
    assert not any(item.item.startswith("排班明细原文") for item in roster.info)
    assert any(item.item == "随机种子" for item in roster.info)
