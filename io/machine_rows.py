"""The rows of the machine sheets, each a tuple in the order of the sheet's columns in `machine_sheets`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from importlib import metadata
from typing import NamedTuple, TypeAlias

from zhiban.io.look import Value, day_fraction
from zhiban.io.roster_digest import DIGEST_ITEM, ORIGINAL_ITEM, digest_of, packed
from zhiban.io.roster_view import RosterView
from zhiban.model.errors import Complaint
from zhiban.model.kinds import Severity
from zhiban.model.policy import setting_text
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Outcome

FORMAT_VERSION = "1"
FORMAT_ITEM = "格式版本"
CENTER_ITEM = "中心名称"
FIRST_ITEM = "开始日期"
LAST_ITEM = "结束日期"
LIST_MARK = "；"
YES = "是"
NO = "否"
GRANTED = "已批"
PLACED = "优化"

LIBRARIES = ("ortools", "pydantic", "chinesecalendar", "lunar_python", "openpyxl", "xlsxwriter")


class Clock(NamedTuple):
    """A time of day, minutes from midnight."""

    minutes: int

    @property
    def fraction(self) -> float:
        """As a spreadsheet stores it."""
        return day_fraction(self.minutes)


Cell: TypeAlias = Value | Clock
Rows: TypeAlias = Iterator[Sequence[Cell]]


def duty_rows(view: RosterView) -> Rows:
    """排班明细."""
    problem = view.problem
    for row in view.roster.duties:
        day, window = problem.day(row.day), problem.window.get(row.window)
        person = problem.person.get(row.person)
        yield (
            row.day,
            f"星期{day.weekday}",
            day.day_class.value,
            row.line.value,
            row.segment,
            Clock(row.start),
            Clock(row.end),
            row.window,
            window.name if window else "",
            row.person,
            person.name if person else "",
            row.role.value,
            LIST_MARK.join(row.posts),
            LIST_MARK.join(row.appointments),
            row.credited,
            YES if row.locked else "",
        )


def leave_rows(view: RosterView) -> Rows:
    """调休明细."""
    for row in view.roster.leaves:
        person = view.problem.person.get(row.person)
        yield (
            row.person,
            person.name if person else "",
            person.window if person else "",
            row.day,
            row.half.value,
            Clock(row.start),
            Clock(row.end),
            row.minutes,
            GRANTED if row.granted else PLACED,
        )


def stand_in_rows(view: RosterView) -> Rows:
    """顶岗明细."""
    for row in view.roster.stand_ins:
        yield row.day, row.half.value, row.post, row.absentee, row.reason, row.stand_in or ""


def appointment_rows(view: RosterView) -> Rows:
    """预约明细."""
    for row in view.roster.appointments:
        yield (
            row.appointment,
            row.window,
            row.day,
            Clock(row.start),
            Clock(row.end),
            LIST_MARK.join(row.people),
            row.role.value,
            LIST_MARK.join(mode.value for mode in row.modes),
            YES if row.met else NO,
        )


def bank_rows(view: RosterView) -> Rows:
    """时间银行."""
    for row in view.outcome.judgement.bank:
        person = view.problem.person.get(row.person)
        yield (
            row.person,
            person.name if person else "",
            row.opening,
            row.weekend,
            row.holiday,
            row.lunch,
            row.call_in,
            row.overtime,
            row.taken,
            row.expired,
            row.closing,
        )


def lot_rows(view: RosterView) -> Rows:
    """期末余额."""
    for lot in view.outcome.judgement.closing_lots:
        yield lot.person, lot.earned, lot.minutes, lot.source, lot.expires


def count_rows(view: RosterView) -> Rows:
    """期末累计."""
    for row in view.outcome.judgement.closing_counts:
        counts = (row.saturday, row.sunday, row.holiday, row.statutory, row.lunch, row.call_in, row.lead)
        yield row.person, *counts, row.last_duty


def finding_rows(findings: Iterable[Finding]) -> Rows:
    """问题明细."""
    for found in findings:
        yield (
            found.severity.value,
            found.code,
            found.day,
            found.line,
            found.segment,
            found.window,
            found.person,
            found.subject,
            found.text,
            found.advice,
        )


def tier_rows(view: RosterView) -> Rows:
    """目标层级."""
    for tier in view.outcome.tiers:
        yield tier.code, tier.name, tier.value, tier.bound, tier.status.value


def info_rows(view: RosterView) -> Rows:
    """求解信息."""
    yield from info_items(view.problem, view.outcome)


def info_items(problem: Problem, outcome: Outcome) -> list[tuple[str, Cell]]:
    """项目 and 值 of 求解信息: what the roster is of, how it was made, and 排班明细 as written."""
    items: list[tuple[str, Cell]] = [
        (CENTER_ITEM, problem.center),
        ("服务方案", problem.preset),
        (FIRST_ITEM, problem.first),
        (LAST_ITEM, problem.last),
        (FORMAT_ITEM, FORMAT_VERSION),
        ("输入文件SHA-256", problem.sha256),
        (DIGEST_ITEM, digest_of(outcome.roster.duties)),
    ]
    known = {name for name, _ in items}
    items += [(name, value) for name, value in outcome.info.items() if name not in known]
    known |= set(outcome.info)
    items += [(name, value) for name, value in versions() if name not in known]
    if "部分数" not in known:
        items.append(("部分数", len(outcome.parts)))
    for number, part in enumerate(outcome.parts, 1):
        size = f"{part.windows} 个窗口，{part.people} 人，{part.variables} 个变量，{part.constraints} 条约束"
        times = f"建模 {part.build_seconds:.2f} 秒，求解 {part.solve_seconds:.2f} 秒"
        items.append((f"部分{number}", f"{part.name}：{size}；{times}"))
    items += [(f"参数·{name}", value) for name, value, _ in settings(problem)]
    items += [(f"{ORIGINAL_ITEM}{n}", piece) for n, piece in enumerate(packed(outcome.roster.duties), 1)]
    return items


def versions() -> list[tuple[str, str]]:
    """The program's and the libraries' versions as installed."""
    found: list[tuple[str, str]] = []
    for label, package in (("程序版本", "zhiban"), *((f"{name} 版本", name) for name in LIBRARIES)):
        try:
            found.append((label, metadata.version(package)))
        except metadata.PackageNotFoundError:
            continue
    return found


def settings(problem: Problem) -> list[tuple[str, str, str]]:
    """Every policy setting: its name in 基本设置, its value as people write it, and where it came from."""
    values = problem.policy.values
    return [(name, setting_text(value), problem.setting_sources.get(name, "")) for name, value in values.items()]


def all_findings(outcome: Outcome, remarks: Iterable[Finding | Complaint]) -> list[Finding]:
    """Everything for 问题清单: breaches, unmet units and warnings, then the remarks on the input; the gravest first."""
    judgement = outcome.judgement
    found = [*judgement.breaches, *judgement.unmet, *judgement.warnings]
    found += [remark if isinstance(remark, Finding) else finding_of(remark) for remark in remarks]
    order = {severity: number for number, severity in enumerate(Severity)}
    return sorted(found, key=lambda f: (order[f.severity], f.day or date.max))


def finding_of(remark: Complaint) -> Finding:
    """A remark on the input as a row of 问题明细; its cell stands in 对象."""
    severity = {"错误": Severity.MUST, "提醒": Severity.REMIND}.get(remark.weight, Severity.INFO)
    place = remark.cell or (f"{remark.sheet} 第{remark.row}行" if remark.row else remark.sheet)
    return Finding(severity, "", remark.text, remark.advice, subject=place)


MACHINE_ROWS: dict[str, Callable[[RosterView], Rows]] = {
    "排班明细": duty_rows,
    "调休明细": leave_rows,
    "顶岗明细": stand_in_rows,
    "预约明细": appointment_rows,
    "时间银行": bank_rows,
    "期末余额": lot_rows,
    "期末累计": count_rows,
    "目标层级": tier_rows,
    "求解信息": info_rows,
}
"""Where each machine sheet's rows come from; 问题明细 is given its findings by the writer."""
