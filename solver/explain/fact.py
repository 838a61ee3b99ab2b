"""One thing the input says, that a question may suppose away: a leave, a pin, a cap, a missing stand-in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from zhiban.model.problem import Problem

Lift = Callable[[Problem], Problem]


class FactKind(StrEnum):
    """What sort of thing the input says, in the words of its sheets."""

    EMPLOYMENT = "在职起止"
    LEAVE = "请假外出"
    GRANTED = "已批调休"
    EXEMPTION = "免加班"
    JOINS = "参加范围"
    ITEMS = "可办事项"
    UNAVAILABLE = "带班不可用"
    LEADER_JOINS = "带班参加"
    PIN = "指定与锁定"
    SWAP = "调换班"
    PRESENCE = "实际到岗"
    WEEKEND_CAP = "每月周末上限"
    HOURS_CAP = "每月延时上限"
    WEEKEND_PAIR = "同人周六日"
    REST = "最多连续工作天"
    POST_CAP = "兼岗上限"
    STAND_IN = "可顶岗人员"
    B_ROLE = "B角"
    LEADER = "带班领导名单"
    TIME = "预约时间"
    DEMAND = "最少人数"


PRICES = {
    FactKind.PIN: 2,
    FactKind.SWAP: 3,
    FactKind.GRANTED: 3,
    FactKind.UNAVAILABLE: 4,
    FactKind.STAND_IN: 5,
    FactKind.B_ROLE: 6,
    FactKind.LEADER: 6,
    FactKind.LEAVE: 7,
    FactKind.WEEKEND_CAP: 8,
    FactKind.LEADER_JOINS: 8,
    FactKind.ITEMS: 9,
    FactKind.JOINS: 10,
    FactKind.POST_CAP: 12,
    FactKind.WEEKEND_PAIR: 14,
    FactKind.HOURS_CAP: 16,
    FactKind.DEMAND: 20,
}
"""What it takes to change a fact of each kind, as a manager feels it; kinds not listed are not his to change.

免加班 and 最多连续工作天 are the law's, who is employed when and who was there are as they are.
"""

MOVABLE_LEAVES = {"会议": 1, "培训": 1, "公差": 2, "调休": 3, "年休假": 7, "事假": 9}
"""Prices of the kinds of leave that can be asked to move; illness, birth, marriage and mourning cannot."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of the input, with the cell it stands in, and the problem without it (`lift`).

    `remedy` says in words what lifting it means for a manager; `price` ranks remedies, None: not his to change.
    `person` and `window` are whom it is about; `touched` are further windows that lifting brings together.
    """

    kind: FactKind
    key: str
    text: str
    cell: str = ""
    person: str = ""
    window: str = ""
    remedy: str = ""
    price: int | None = None
    touched: tuple[str, ...] = ()
    lift: Lift = field(default=lambda problem: problem, compare=False, repr=False)

    def lifted(self, problem: Problem) -> Problem:
        """The problem as if the input did not say so."""
        return self.lift(problem)


def all_lifted(problem: Problem, facts: Iterable[Fact]) -> Problem:
    """The problem with several facts lifted."""
    for fact in facts:
        problem = fact.lifted(problem)
    return problem
