"""Every check of an input in order: first what single rows say, then what calendar and policy make of them."""

from zhiban.model.checks_appointments import appointment_complaints, appointment_row_complaints
from zhiban.model.checks_pins import pin_complaints, pin_row_complaints
from zhiban.model.checks_references import key_complaints, reference_complaints
from zhiban.model.checks_rows import row_complaints
from zhiban.model.checks_warnings import warning_complaints
from zhiban.model.days import holiday_row_complaints
from zhiban.model.errors import Complaint
from zhiban.model.inputs import Inputs
from zhiban.model.kinds import LeaveKind, Line, SegmentKind
from zhiban.model.ledger import Uncovered, granted_shortages
from zhiban.model.problem import Problem
from zhiban.model.records import Leave
from zhiban.model.segments import SegmentRow, segment_complaints

ERROR = "错误"
STANDING_KINDS = (SegmentKind.LUNCH, SegmentKind.WEEKEND, SegmentKind.HOLIDAY)


def input_complaints(inputs: Inputs) -> list[Complaint]:
    """What rows say by themselves and of each other: references, keys, ranges, laws of single sheets."""
    return [
        *key_complaints(inputs),
        *reference_complaints(inputs),
        *row_complaints(inputs),
        *appointment_row_complaints(inputs),
        *pin_row_complaints(inputs),
        *holiday_row_complaints(inputs.holidays),
    ]


def problem_complaints(problem: Problem, inputs: Inputs) -> list[Complaint]:
    """What only shows on the calendar: segments, closed days, dutiless pins, uncovered leave; and all warnings.

    `problem` holds the sound rows only. Where segments are at fault nothing that needs them is judged.
    """
    found = segment_complaints(problem.segments, problem.calendar.period(problem.first, problem.last), _needed(problem))
    if any(complaint.weight == ERROR for complaint in found):
        return found
    return [
        *found,
        *appointment_complaints(problem),
        *pin_complaints(problem),
        *_uncovered(problem),
        *warning_complaints(problem, inputs),
    ]


def _needed(problem: Problem) -> list[SegmentKind]:
    """The kinds of segments that a standing line in use needs; "must be given" holds for no other (rules.md 5).

    A kind without any row is tried with one: where that opens a duty, the line is in use.
    """
    missing = [kind for kind in STANDING_KINDS if all(row.kind != kind for row in problem.segments)]
    if not missing:
        return []
    tried = tuple(SegmentRow(name=kind, kind=kind, start=0, end=1) for kind in missing)
    trial = problem.changed(segments=problem.segments + tried)
    in_use = {slot.line for slot in trial.facts.slots}
    return [kind for kind in missing if Line(kind.value) in in_use]


def _uncovered(problem: Problem) -> list[Complaint]:
    """Granted 调休 that the bank does not cover, one complaint a row with the shortage."""
    found: dict[int, tuple[Leave, list[Uncovered]]] = {}
    for shortage in granted_shortages(problem):
        leave = next(
            row
            for row in problem.leaves
            if row.kind == LeaveKind.COMPENSATORY
            and row.approved
            and row.person == shortage.leave.person
            and row.first <= shortage.leave.day <= row.last
        )
        found.setdefault(leave.row, (leave, []))[1].append(shortage)
    return [_told(leave, shortages) for leave, shortages in found.values()]


def _told(leave: Leave, shortages: list[Uncovered]) -> Complaint:
    missing = sum(shortage.missing for shortage in shortages)
    first = shortages[0].leave
    text = (
        f"工号 {leave.person} 已批的调休时间银行不够，还差 {missing} 分钟"
        f"（{first.day} {first.half}起，期初余额加已指定值班的计入分钟）"
    )
    advice = "请减少调休、改为其他请假类型，或补登时间银行期初"
    return Complaint("请假外出", leave.row, "类型", leave.kind, text, advice)
