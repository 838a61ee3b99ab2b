"""H3: windows and items."""

from datetime import date

import pytest

from zhiban.model.kinds import Mode
from zhiban.model.records import Appointment, Item, Person, Window
from zhiban.solver.rules.qualification import Qualification

SATURDAY = date(2026, 12, 5)
RULE = Qualification()
WINDOWS = (Window(id="W1", name="一"), Window(id="W2", name="二"))


@pytest.mark.parametrize(
    ("window", "stand_in", "faults"), [("W1", (), 0), ("W2", (), 1), ("W2", ("W2",), 0), ("W1", ("W2",), 0)]
)
def test_windows_of_a_person(make_problem, rows, window, stand_in, faults):
    person = Person(id="P1", name="员工一", window="W1", stand_in_windows=stand_in)
    problem = make_problem(windows=WINDOWS, people=(person,))
    roster = rows.roster(rows.day(SATURDAY, "P1", window=window))
    assert len(RULE.breaches(problem, roster)) == faults  # once a duty, not once a segment


@pytest.mark.parametrize(("items", "faults"), [((), 0), (("S1",), 0), (("S2", "S1"), 0), (("S2",), 1)])
def test_items_of_a_person(make_problem, rows, items, faults):
    booking = Appointment(
        id="Y1", registered="2026-11-30T09:00:00", channel="现场", applicant="某某", phone="0", item="S1",
        day=SATURDAY, start=600, state="已登记",
    )  # fmt: skip
    problem = make_problem(
        people=(Person(id="P1", name="员工一", window="W1", items=items),),
        items=(Item(id="S1", name="甲", host="W1", minutes=60), Item(id="S2", name="乙", host="W1", minutes=60)),
        appointments=(booking,),
    )
    roster = rows.roster(rows.day(SATURDAY, "P1"), rows.served("Y1", SATURDAY, 600, 660, {"P1": Mode.ON_DUTY}))
    assert [f.subject for f in RULE.breaches(problem, roster)] == ["Y1"] * faults
