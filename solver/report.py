"""A judgement in words and as data, for the command line and other programs."""

from collections.abc import Iterable

from zhiban.model.roster import TIER_NAMES, Finding, Judgement


def finding_line(finding: Finding) -> str:
    """One finding on one line: weight, code, text and advice."""
    advice = f"（{finding.advice}）" if finding.advice else ""
    return f"{finding.severity} {finding.code} {finding.text}{advice}"


def finding_data(finding: Finding) -> dict[str, object]:
    """One finding under the columns of 问题明细."""
    return {
        "级别": finding.severity.value,
        "代码": finding.code,
        "日期": finding.day.isoformat() if finding.day else "",
        "线": str(finding.line),
        "时段": str(finding.segment),
        "窗口编号": finding.window,
        "工号": finding.person,
        "对象": finding.subject,
        "数量": finding.amount,
        "说明": finding.text,
        "建议": finding.advice,
    }


def breach_lines(judgement: Judgement) -> list[str]:
    """Everything the verifier says under headings: breaches, what is unmet, reminders."""
    parts = (
        ("违反规则", judgement.breaches),
        ("未满足的需求", judgement.unmet),
        ("提醒", judgement.warnings),
    )
    lines: list[str] = []
    for heading, findings in parts:
        if findings:
            lines.append(f"{heading}（{len(findings)}项）")
            lines += [f"  {finding_line(finding)}" for finding in findings]
    return lines or ["没有违反规则，需求全部满足"]


def tier_lines(judgement: Judgement) -> list[str]:
    """The tier values, one a line; 未求 where a tier was not asked for."""
    return [f"{code} {TIER_NAMES[code]} {_value(value)}" for code, value in judgement.tiers.items()]


def judgement_data(judgement: Judgement) -> dict[str, object]:
    """A judgement as data: findings by kind and tier values by code."""
    return {
        "违反规则": _listed(judgement.breaches),
        "未满足的需求": _listed(judgement.unmet),
        "提醒": _listed(judgement.warnings),
        "目标层级": dict(judgement.tiers),
    }


def _listed(findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [finding_data(finding) for finding in findings]


def _value(value: int | None) -> str:
    return "未求" if value is None else str(value)
