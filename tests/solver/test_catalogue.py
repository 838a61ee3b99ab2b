"""The catalogue finds every rule by itself; each has its own code, words and test."""

from pathlib import Path

import pytest

from zhiban.model.roster import TIER_NAMES
from zhiban.solver import rules as package
from zhiban.solver.rule import catalogue, in_order

HERE = Path(__file__).parent
CODES = ["D1", "D2", "D3", "D4", *(f"H{n}" for n in range(1, 11)), "F1", "F2"]


def test_every_rule_of_the_contract_is_there_once():
    assert [rule.code for rule in catalogue()] == CODES


def test_the_four_demands_feed_the_four_highest_tiers():
    tiers = {rule.code: rule.tier for rule in catalogue() if rule.tier}
    assert tiers == {"D4": "T1", "D1": "T2", "D2": "T3", "D3": "T4"}
    assert set(tiers.values()) <= set(TIER_NAMES)


def test_every_module_holds_one_rule():
    modules = [p.stem for p in Path(package.__path__[0]).glob("[!_]*.py")]
    assert sorted(modules) == sorted(type(rule).__module__.rsplit(".", 1)[1] for rule in catalogue())


@pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.code)
def test_a_rule_speaks_and_is_tested(rule):
    assert rule.name and rule.sentence.endswith("。")
    name = type(rule).__module__.rsplit(".", 1)[1]
    test = HERE / "rules" / f"test_{name}.py"
    assert f"from zhiban.solver.rules.{name} import {type(rule).__name__}" in test.read_text(encoding="utf-8")


def test_two_rules_of_one_code_are_refused():
    rules = catalogue()
    assert in_order(reversed(rules)) == rules
    with pytest.raises(TypeError, match="D3"):
        in_order([*rules, rules[2]])
