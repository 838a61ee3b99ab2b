"""One entry from records to a valid problem, whoever read the records."""

import datetime as dt

import pytest

from zhiban.model.build import build_problem
from zhiban.model.checks_references import nearest
from zhiban.model.errors import InputError
from zhiban.model.inputs import TABLES, Inputs
from zhiban.model.records import Appointment, Item, Person, Post, Window, Wish

DAY = dt.date(2026, 11, 7)


def inputs(**changes: object) -> Inputs:
    """A small office of two windows under Zibo's policy."""
    values: dict[str, object] = {
        "center": "清河区政务服务中心",
        "preset": "淄博2024",
        "first": dt.date(2026, 11, 2),
        "last": dt.date(2026, 11, 15),
        "settings": {"带班范围": "无"},
        "windows": [Window(row=2, id="W1", name="甲"), Window(row=3, id="W2", name="乙")],
        "people": [Person(row=2, id="P1", name="张", window="W1"), Person(row=3, id="P2", name="李", window="W2")],
        **changes,
    }
    return Inputs(**values)  # pyright: ignore[reportArgumentType]


def faults(made: Inputs) -> list[tuple[str, int, str]]:
    with pytest.raises(InputError) as caught:
        build_problem(made)
    return [(c.sheet, c.row, c.column) for c in caught.value.complaints if c.weight == "错误"]


def test_sound_records_make_a_problem() -> None:
    built = build_problem(inputs())
    assert built.remarks == ()
    assert [w.id for w in built.problem.windows] == ["W1", "W2"]
    assert built.problem.preset == "淄博2024"
    assert built.problem.policy.leader_scope == "无"


def test_every_table_is_a_field() -> None:
    made = inputs()
    assert all(isinstance(made.table(name), list) for name in TABLES)


def test_faults_of_all_kinds_come_together() -> None:
    made = inputs(
        settings={"周末服务": "天天"},
        setting_rows={"周末服务": 9},
        people=[Person(row=2, id="P1", name="张", window="W1"), Person(row=3, id="P1", name="李", window="W9")],
        posts=[Post(row=2, id="G1", name="岗", window="W2", a="P1")],
        wishes=[Wish(row=5, person="P7", day=DAY, wants=True)],
    )
    assert faults(made) == [
        ("基本设置", 9, "值"),
        ("人员", 3, "工号"),
        ("人员", 3, "窗口编号"),
        ("意愿", 5, "工号"),
        ("岗位", 2, "A角"),
    ]


def test_calendar_checks_run_on_the_sound_rows_beside_faults_elsewhere() -> None:
    made = inputs(
        settings={"带班范围": "无", "周末服务": "仅周日"},
        items=[Item(row=2, id="S1", name="甲", host="W1", minutes=30), Item(row=3, id="S2", name="乙", host="W9")],
        appointments=[
            Appointment(
                row=2,
                id="A1",
                registered=dt.datetime(2026, 11, 3, 9),
                channel="电话",
                applicant="王",
                phone="1",
                item="S1",
                day=DAY,
                start=600,
                state="已登记",
            )
        ],
    )
    assert faults(made) == [("事项", 3, "主办窗口"), ("预约登记", 2, "预约日期")]


def test_rows_that_hang_on_faulty_rows_are_not_blamed() -> None:
    made = inputs(
        people=[Person(row=2, id="P1", name="张", window="W9"), Person(row=3, id="P2", name="李", window="W2")],
        posts=[Post(row=2, id="G1", name="岗", window="W1", a="P1", b=("P2",))],
        wishes=[Wish(row=2, person="P1", day=DAY, wants=True)],
    )
    assert faults(made) == [("人员", 2, "窗口编号"), ("岗位", 2, "B角")]


def test_ids_that_could_not_be_read_are_known_all_the_same() -> None:
    made = inputs(wishes=[Wish(row=2, person="P9", day=DAY, wants=True)], broken={"人员": {"P9"}})
    assert build_problem(made).problem.wishes == ()


@pytest.mark.parametrize("preset", ["", "济南2024"])
def test_without_a_known_policy_there_is_no_problem(preset: str) -> None:
    assert faults(inputs(preset=preset)) == [("基本设置", 0, "值")]


@pytest.mark.parametrize("last", [None, dt.date(2026, 11, 1), dt.date(2027, 11, 3)])
def test_without_a_sound_period_there_is_no_problem(last: dt.date | None) -> None:
    assert faults(inputs(last=last)) == [("基本设置", 0, "值")]


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("W0l", "W01"),
        ("w01", "W01"),
        ("WO1", "W01"),
        ("W-01", "W01"),
        ("W1", "W01"),
        ("GLX", "GLK"),
        ("社保", ""),
        ("", ""),
    ],
)
def test_the_nearest_id(wanted: str, near: str) -> None:
    assert nearest(wanted, ["W01", "W02", "GLK"]) == near
