"""`zhiban explain`: why something is unmet, why this person, why not that one, and what it would take."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from zhiban.model.kinds import Line
    from zhiban.model.problem import Problem
    from zhiban.model.roster import Finding, Judgement, Roster
    from zhiban.solver.explain.unmet import UnmetExplanation

MOST_LISTED = 30
"""So many unmet lines are explained when none is asked for."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The roster that is asked about."""

    problem: "Problem"
    roster: "Roster"
    judgement: "Judgement"


@click.command("explain", help="解释值班表：为什么无法满足，为什么排了这个人，为什么没排那个人，怎样才能解决。")
@click.argument("workbook", metavar="排班数据", type=click.Path(path_type=Path))
@click.argument("roster", metavar="值班表", type=click.Path(path_type=Path))
@click.option("--issue", metavar="编号", type=click.IntRange(1), help="未满足的需求之一，编号见不加选项时的清单。")
@click.option("--duty", metavar="日期/线/窗口", help="一个值班，如 2026-12-05/周末/W01。")
@click.option("--person", metavar="工号", help="一个人的负担，以及每次值班换别人的代价。")
@click.option("--why-not", metavar="工号@日期/线", help="为什么没排这个人，如 1001@2026-12-05/周末。")
@click.option("--previous", metavar="值班表", type=click.Path(path_type=Path), help="排班时用过的上期值班表。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def command(
    workbook: Path,
    roster: Path,
    issue: int | None,
    duty: str | None,
    person: str | None,
    why_not: str | None,
    previous: Path | None,
    as_json: bool,
) -> None:
    """Explain a roster; every answer has been solved for."""
    if sum(choice is not None for choice in (issue, duty, person, why_not)) > 1:
        raise click.UsageError("--issue、--duty、--person、--why-not 一次只写一个")
    subject = _subject(workbook, roster, previous)
    if duty is not None:
        _explain_duty(subject, duty, as_json)
    elif person is not None:
        _explain_person(subject, person, as_json)
    elif why_not is not None:
        _explain_why_not(subject, why_not, as_json)
    else:
        _explain_unmet(subject, issue, as_json)


def _subject(workbook: Path, path: Path, previous: Path | None) -> Subject:
    """Input and roster, hand-made edits included, judged anew."""
    from zhiban.cli.solve_cmd import read_inputs
    from zhiban.io.read_roster import read_roster, require_period
    from zhiban.solver.verify import judge

    problem = read_inputs(workbook, previous).problem
    file = read_roster(path, problem)
    require_period(file, problem)
    return Subject(problem, file.roster, judge(problem, file.roster))


# ---- what is unmet --------------------------------------------------------------------------------------------------


def _explain_unmet(subject: Subject, issue: int | None, as_json: bool) -> None:
    from zhiban.cli.explained import full_lines, listed, short_lines, unmet_data

    unmet = subject.judgement.unmet
    if issue is not None and issue > len(unmet):
        raise click.UsageError(f"未满足的需求只有 {len(unmet)} 项，没有第 {issue} 项")
    numbers = [issue] if issue is not None else list(range(1, min(len(unmet), MOST_LISTED) + 1))
    explained = list(zip(numbers, _explained(subject, [unmet[n - 1] for n in numbers]), strict=True))
    if as_json:
        data = [unmet_data(subject.problem, n, found) for n, found in explained if found is not None]
        _print({"unmet": len(unmet), "explained": data})
        return
    if not unmet:
        click.echo("需求全部满足，没有要解释的问题")
        return
    told = full_lines if issue is not None else short_lines
    click.echo(listed(told(subject.problem, n, found) for n, found in explained if found is not None))
    if len(numbers) < len(unmet) and issue is None:
        click.echo(
            f"\n其余 {len(unmet) - len(numbers)} 项请用 --issue 编号逐项查看（编号 {len(numbers) + 1} 至 {len(unmet)}）"
        )


def _explained(subject: Subject, findings: "Sequence[Finding]") -> "list[UnmetExplanation | None]":
    from zhiban.solver.explain.unmet import Explainer

    explainer = Explainer(subject.problem, subject.roster, subject.judgement)
    return [explainer.unmet(finding) for finding in findings]


# ---- who ------------------------------------------------------------------------------------------------------------


def _explain_duty(subject: Subject, text: str, as_json: bool) -> None:
    from zhiban.cli.explained import duty_data, duty_lines, full_lines, listed, unmet_data
    from zhiban.solver.explain.person import PersonExplainer

    day, line, window = _duty(subject.problem, text)
    unmet = subject.judgement.unmet
    short = [n for n, f in enumerate(unmet, 1) if (f.day, str(f.line), f.window) == (day, line.value, window)]
    explained = list(zip(short, _explained(subject, [unmet[n - 1] for n in short]), strict=True))
    duties = PersonExplainer(subject.problem, subject.roster).why_duty(day, line, window)
    if as_json:
        issues = [unmet_data(subject.problem, n, found) for n, found in explained if found is not None]
        _print({"duties": [duty_data(duty) for duty in duties], "explained": issues})
        return
    if not duties and not explained:
        click.echo("该日该窗口没有这样的值班")
        return
    blocks = [full_lines(subject.problem, n, found) for n, found in explained if found is not None]
    click.echo(listed([*blocks, *(duty_lines(duty) for duty in duties)]))


def _explain_person(subject: Subject, person: str, as_json: bool) -> None:
    from zhiban.cli.explained import person_data, person_lines
    from zhiban.solver.explain.person import PersonExplainer

    _known(subject.problem, person)
    why = PersonExplainer(subject.problem, subject.roster).why_me(person)
    if as_json:
        _print(person_data(why))
    else:
        click.echo("\n".join(person_lines(why)))


def _explain_why_not(subject: Subject, text: str, as_json: bool) -> None:
    from zhiban.cli.explained import why_not_data, why_not_lines
    from zhiban.solver.explain.person import PersonExplainer

    person, _, rest = text.partition("@")
    day_text, _, line_text = rest.partition("/")
    _known(subject.problem, person)
    day, line = _day(subject.problem, day_text), _line(line_text)
    why = PersonExplainer(subject.problem, subject.roster).why_not(person, day, line)
    if as_json:
        _print(why_not_data(why))
    else:
        click.echo("\n".join(why_not_lines(why)))


# ---- words of the command ------------------------------------------------------------------------------------------


def _duty(problem: "Problem", text: str) -> "tuple[date, Line, str]":
    parts = [part.strip() for part in text.split("/")]
    if len(parts) != 3:
        raise click.UsageError(f"看不懂 --duty {text}，请写成 日期/线/窗口编号，如 2026-12-05/周末/W01")
    window = parts[2]
    if window not in problem.window and window not in problem.facts.leader_groups:
        raise click.UsageError(f"没有窗口“{window}”")
    return _day(problem, parts[0]), _line(parts[1]), window


def _day(problem: "Problem", text: str) -> date:
    found = re.fullmatch(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})", text.strip())
    try:
        day = date(int(found[1] or problem.first.year), int(found[2]), int(found[3])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise click.UsageError(f"看不懂日期“{text}”，请写成 2026-12-05")
    if not problem.holds(day):
        raise click.UsageError(f"{day} 不在 {problem.first} 至 {problem.last} 之内")
    return day


def _line(text: str) -> "Line":
    from zhiban.model.kinds import Line

    try:
        return Line(text.strip())
    except ValueError:
        raise click.UsageError(f"没有线“{text}”，可用：{'、'.join(line.value for line in Line)}") from None


def _known(problem: "Problem", person: str) -> None:
    if person not in problem.person:
        raise click.UsageError(f"没有工号“{person}”")


def _print(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
