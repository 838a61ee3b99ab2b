"""Explanations in plain Chinese, and as data for programs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhiban.model.problem import Problem
    from zhiban.solver.explain.cost import Cost
    from zhiban.solver.explain.fact import Fact
    from zhiban.solver.explain.person import DutyWhy, PersonWhy, WhyNot
    from zhiban.solver.explain.unmet import Repair, UnmetExplanation

MOST_PEOPLE = 12
MOST_OTHERS = 6
NOT_PROVEN = "（时限内未能全部验证，仅供参考）"


# ---- unmet demand ---------------------------------------------------------------------------------------------------


def short_lines(problem: "Problem", number: int, explained: "UnmetExplanation") -> list[str]:
    """A line of 问题清单, why in one line and the cheapest cure in another."""
    return [f"[{number}] {explained.finding.text}", f"    {_why(explained)}", f"    {_cure(problem, explained)}"]


def _why(explained: "UnmetExplanation") -> str:
    if explained.avoidable:
        return "原因：按现有数据本可满足，重新排班即可"
    facts = "；".join(fact.text for fact in explained.conflict)
    return f"原因：{facts}{'' if explained.proven else NOT_PROVEN}"


def _cure(problem: "Problem", explained: "UnmetExplanation") -> str:
    if explained.avoidable:
        return "办法：zhiban solve 或 zhiban resolve"
    if not explained.repairs:
        return "办法：改动一处或两处数据都不能解决，请报政务服务管理科协调"
    return f"办法：{_repair(problem, explained.repairs[0])}"


def _repair(problem: "Problem", repair: "Repair") -> str:
    from zhiban.solver.explain.unmet import served_text

    served = served_text(problem, repair.rows)
    return f"{repair.text}（代价 {repair.price}{f'；{served}' if served else ''}）"


def full_lines(problem: "Problem", number: int, explained: "UnmetExplanation") -> list[str]:
    """Everything about a line of 问题清单."""
    from zhiban.solver.rule import catalogue

    names = {rule.code: rule.name for rule in catalogue()}
    lines = [f"[{number}] {explained.finding.text}", "", "可能的人员"]
    for person in explained.people[:MOST_PEOPLE]:
        code = f"{person.code} {names[person.code]}：" if person.code else ""
        lines.append(f"  {person.name}({person.person})  {code}{person.text}")
    if len(explained.people) > MOST_PEOPLE:
        lines.append(f"  …… 共 {len(explained.people)} 人")
    if not explained.people:
        lines.append("  没有一个人有资格")
    if explained.avoidable:
        return [*lines, "", _why(explained)]
    said = "下列各项合在一起使其无法满足；去掉其中任何一项即可减少缺口"
    lines += ["", f"{said}（已求解验证）" if explained.proven else f"{said}{NOT_PROVEN}"]
    lines += [f"  {_fact(fact)}" for fact in explained.conflict]
    lines += ["", "可行的办法（每一项都已求解验证，代价小的在前）"]
    lines += [f"  {_repair(problem, repair)}" for repair in explained.repairs]
    return lines if explained.repairs else [*lines[:-1], _cure(problem, explained)]


def _fact(fact: "Fact") -> str:
    return f"{fact.text}  〔{fact.cell}〕" if fact.cell else fact.text


def unmet_data(problem: "Problem", number: int, explained: "UnmetExplanation") -> dict[str, object]:
    """The same for programs."""
    from zhiban.solver.report import finding_data

    return {
        "number": number,
        "finding": finding_data(explained.finding),
        "avoidable": explained.avoidable,
        "proven": explained.proven,
        "people": [{"id": p.person, "name": p.name, "rule": p.code, "text": p.text} for p in explained.people],
        "conflict": [_fact_data(fact) for fact in explained.conflict],
        "repairs": [
            {
                "text": repair.text,
                "price": repair.price,
                "served_by": list(dict.fromkeys(row.person for row in repair.rows)),
                "facts": [_fact_data(fact) for fact in repair.facts],
            }
            for repair in explained.repairs
        ],
    }


def _fact_data(fact: "Fact") -> dict[str, object]:
    return {
        "kind": fact.kind.value,
        "text": fact.text,
        "cell": fact.cell,
        "person": fact.person,
        "window": fact.window,
        "remedy": fact.remedy,
        "price": fact.price,
    }


# ---- people ---------------------------------------------------------------------------------------------------------


def person_lines(why: "PersonWhy") -> list[str]:
    """A person's load, then his duties."""
    lines = [f"{why.name}({why.person})", "", "负担（本期次数＋以前次数，按可值班天数折算）"]
    for load in why.loads:
        share = float(load.share)
        lines.append(
            f"  {load.line}：本期 {load.count} 次（同组平均 {load.mean:.1f}），以前 {load.before} 次，"
            f"可值班 {load.could}/{load.duty_days} 天（{share:.0%}），公平代价 {load.cost}"
        )
    if not why.loads:
        lines.append("  本期各线都不能值班")
    lines += ["", "各次值班" if why.duties else "本期没有值班"]
    return lines + [line for duty in why.duties for line in duty_lines(duty)]


def duty_lines(why: "DutyWhy") -> list[str]:
    """One duty: the price without him, and who else could have had it."""
    from zhiban.solver.wording import day_text

    lines = [f"  {day_text(why.day)} {why.line} {why.window}（{why.person}）", f"    不排此人：{_cost(why.forbidden)}"]
    lines += [f"    换成{other.name}({other.person})：{other.text}" for other in why.others[:MOST_OTHERS]]
    return lines if len(why.others) <= MOST_OTHERS else [*lines, f"    …… 另有 {len(why.others) - MOST_OTHERS} 人"]


def _cost(cost: "Cost | None") -> str:
    return cost.text if cost is not None else "时限内未能核算"


def why_not_lines(why: "WhyNot") -> list[str]:
    """Why a person does not serve a line on a date."""
    from zhiban.solver.wording import day_text

    head = f"{why.name}({why.person}) {day_text(why.day)} {why.line}"
    if why.has_it:
        return [f"{head}：本来就排了此人"]
    if why.facts:
        return [f"{head}：按规则不能安排", *(f"  {_fact(fact)}" for fact in why.facts)]
    return [f"{head}：若一定排此人，{_cost(why.forced)}"]


def person_data(why: "PersonWhy") -> dict[str, object]:
    """A person for programs."""
    loads = [
        {
            "line": load.line.value,
            "count": load.count,
            "before": load.before,
            "could": load.could,
            "duty_days": load.duty_days,
            "share": float(load.share),
            "cost": load.cost,
            "mean": round(load.mean, 2),
        }
        for load in why.loads
    ]
    return {"id": why.person, "name": why.name, "loads": loads, "duties": [duty_data(d) for d in why.duties]}


def duty_data(why: "DutyWhy") -> dict[str, object]:
    """A duty for programs."""
    return {
        "person": why.person,
        "date": why.day.isoformat(),
        "line": why.line.value,
        "window": why.window,
        "without": cost_data(why.forbidden),
        "others": [
            {
                "id": other.person,
                "name": other.name,
                "text": other.text,
                "facts": [_fact_data(fact) for fact in other.facts],
                "cost": cost_data(other.cost),
            }
            for other in why.others
        ],
    }


def why_not_data(why: "WhyNot") -> dict[str, object]:
    """The answer to 'why not he' for programs."""
    return {
        "person": why.person,
        "name": why.name,
        "date": why.day.isoformat(),
        "line": why.line.value,
        "has_it": why.has_it,
        "facts": [_fact_data(fact) for fact in why.facts],
        "forced": cost_data(why.forced),
    }


def cost_data(cost: "Cost | None") -> dict[str, object] | None:
    """A price for programs."""
    if cost is None:
        return None
    return {
        "possible": cost.lawful,
        "text": cost.text,
        "rule": cost.fault.code if cost.fault is not None else "",
        "exact": cost.exact,
        "tiers": {change.code: change.by for change in cost.changes},
    }


def listed(lines: Iterable[Iterable[str]]) -> str:
    """Blocks of lines with a blank line between them."""
    return "\n\n".join("\n".join(block) for block in lines)
