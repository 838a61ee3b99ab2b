"""`zhiban solve --what-if`, `--set`: the roster of the input beside the one of a changed input; nothing is written."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from zhiban.cli.solve_cmd import Search
    from zhiban.solver.explain.compare import Comparison, PersonPair

MOST_PEOPLE = 30


def settings_of(words: Sequence[str]) -> dict[str, str]:
    """KEY=VALUE by key; raises UsageError for anything else."""
    found: dict[str, str] = {}
    for word in words:
        key, equals, value = word.replace("＝", "=").partition("=")
        if not equals or not key.strip():
            raise click.UsageError(f"看不懂 --set {word}，请写成 项目=值，如 --set 周末最少人数=2")
        found[key.strip()] = value.strip()
    return found


def compare_with(
    workbook: Path,
    previous: Path | None,
    change: Path | None,
    settings: dict[str, str],
    search: "Search",
    as_json: bool,
) -> int:
    """Solve both, say what differs; the exit code of the changed one."""
    from zhiban.cli.solve_cmd import UNMET, read_inputs, searched
    from zhiban.io.read_changes import changes_of
    from zhiban.solver.explain.compare import compare

    read = read_inputs(workbook, previous)
    changed = read_inputs(workbook, previous, changes_of(change, settings))
    before, after = searched(read, search), searched(changed, search)
    found = compare(read.problem, before, changed.problem, after)
    if as_json:
        click.echo(json.dumps(comparison_data(found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(comparison_lines(found)))
    return UNMET if after.judgement.unmet else 0


def comparison_lines(found: "Comparison") -> list[str]:
    """The verdict, the tiers, what is met or missing now, and the people."""
    lines = [found.verdict, "", "层级（原 → 改后）"]
    for pair in found.tiers:
        mark = "" if pair.proven else "（未证明最优）"
        differs = f"，{pair.after - pair.before:+}" if pair.after != pair.before else ""
        lines.append(f"  {pair.code} {pair.name}：{pair.before} → {pair.after}{differs}{mark}")
    for heading, findings in (("不再缺", found.gone), ("新缺", found.come)):
        if findings:
            lines += ["", heading, *(f"  {finding.text}" for finding in findings)]
    lines += ["", f"受影响的人员 {len(found.people)} 人（原 → 改后）" if found.people else "各人的安排没有变化"]
    lines += [_person_line(pair) for pair in found.people[:MOST_PEOPLE]]
    if len(found.people) > MOST_PEOPLE:
        lines.append(f"  …… 其余 {len(found.people) - MOST_PEOPLE} 人用 --json 查看")
    return [*lines, "", "只作比较，没有写出文件"]


def _person_line(pair: "PersonPair") -> str:
    parts = [f"{line} {old}→{new}" for line, (old, new) in pair.lines.items() if old != new]
    if pair.closing[0] != pair.closing[1]:
        parts.append(f"未休 {pair.closing[0] / 60:g}→{pair.closing[1] / 60:g} 小时")
    if pair.entries:
        parts.append(f"变动 {pair.entries} 项")
    return f"  {pair.name}({pair.person})：{'，'.join(parts)}"


def comparison_data(found: "Comparison") -> dict[str, object]:
    """A comparison for programs."""
    from zhiban.solver.report import finding_data

    return {
        "verdict": found.verdict,
        "tiers": [
            {"code": t.code, "name": t.name, "before": t.before, "after": t.after, "proven": t.proven}
            for t in found.tiers
        ],
        "gone": [finding_data(f) for f in found.gone],
        "come": [finding_data(f) for f in found.come],
        "people": [
            {
                "id": p.person,
                "name": p.name,
                "lines": {line.value: list(counts) for line, counts in p.lines.items() if any(counts)},
                "leave": list(p.leave),
                "closing": list(p.closing),
                "entries": p.entries,
            }
            for p in found.people
        ],
    }
