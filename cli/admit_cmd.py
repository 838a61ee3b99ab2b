"""`zhiban admit`: can this appointment be kept, by whom and at what cost; if not, why, and when it can."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiban.cli.published import Published, day, local_now, moment, read_published
from zhiban.cli.resolve_cmd import change_data, change_line
from zhiban.cli.solve_cmd import SECONDS, seconds_limit
from zhiban.model.policy import CHANNELS

if TYPE_CHECKING:
    from zhiban.model.problem import Problem
    from zhiban.model.records import Item
    from zhiban.solver.admit import Admission, Answer, Offer

NO = 3
SHOWN = 20
"""So many times of a range are printed; `--json` has all of them."""
LONGEST = 600
MODES = {"值班": "当班办理", "应约": "专门到岗", "在岗": "在岗办理"}


def clock_time(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | None:
    """A time of day in minutes, 9:30."""
    if value is None:
        return None
    hours, _, minutes = value.strip().replace("：", ":").partition(":")
    if not (hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
        raise click.BadParameter(f"“{value}”不是时刻，请写成 9:30")
    return int(hours) * 60 + int(minutes)


@click.command("admit", help="能否受理一项预约：谁来办、还要动谁、各层代价；不能则说明原因和最近的可行时间。不写文件。")
@click.argument("workbook", metavar="排班数据", type=click.Path(path_type=Path))
@click.option("--roster", metavar="值班表", required=True, type=click.Path(path_type=Path), help="现行的值班表。")
@click.option("--item", metavar="事项编号", required=True, help="要办的事项。")
@click.option("--date", "on", metavar="日期", callback=day, help="预约日期，如 2026-11-21。")
@click.option("--time", "at", metavar="时刻", callback=clock_time, help="开始时间，如 9:30；不写则选代价最小的时间。")
@click.option("--minutes", metavar="分钟", type=click.IntRange(1, LONGEST), help="预计分钟；不写用事项的标准分钟。")
@click.option("--from", "first", metavar="日期", callback=day, help="列出这一天起所有能受理的时间，按代价排序。")
@click.option("--to", "last", metavar="日期", callback=day, help="列到这一天为止。")
@click.option(
    "--now", metavar="时间", callback=moment, show_default="此刻", help="现在，即登记时间，如 2026-11-20 9:00。"
)
@click.option(
    "--channel", metavar="渠道", type=click.Choice(CHANNELS), default="电话", show_default=True, help="预约渠道。"
)
@click.option("--previous", metavar="值班表", type=click.Path(path_type=Path), help="排班时用过的上期值班表。")
@click.option(
    "--seconds",
    metavar="秒",
    type=float,
    default=SECONDS,
    show_default=True,
    callback=seconds_limit,
    help="求解最多用多少秒。",
)
@click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出。")
def command(
    workbook: Path,
    roster: Path,
    item: str,
    on: date | None,
    at: int | None,
    minutes: int | None,
    first: date | None,
    last: date | None,
    now: datetime | None,
    channel: str,
    previous: Path | None,
    seconds: float,
    as_json: bool,
) -> None:
    """Say whether an appointment can be kept: exit 0 yes, 3 no."""
    if on is None and first is None and last is None:
        raise click.UsageError("请写明 --date 日期，或用 --from、--to 写明日期范围")
    if first and last and last < first:
        raise click.UsageError(f"--to {last} 早于 --from {first}")
    from zhiban.solver.admit import Admission, Request
    from zhiban.solver.settings import Settings

    published = read_published(workbook, roster, previous)
    wanted = _item(published.problem, item)
    if minutes is None and wanted.minutes is None:
        raise click.UsageError(f"事项 {item} 没有标准分钟，请用 --minutes 写明分钟数")
    request = Request(wanted, minutes, channel)
    admission = Admission(published.problem, published.old, now or local_now(), request, Settings(seconds))
    answer = _asked(admission, on, at, first, last)
    (_print_data if as_json else _print_answer)(published, admission, wanted, answer)
    raise SystemExit(0 if answer.offer is not None else NO)


def _item(problem: "Problem", wanted: str) -> "Item":
    """The item by its id (or its name, where only one has it); UsageError naming near ones."""
    from difflib import get_close_matches

    if wanted in problem.item:
        return problem.item[wanted]
    named = [item for item in problem.items if item.name == wanted]
    if len(named) == 1:
        return named[0]
    near = get_close_matches(wanted, [*problem.item, *(item.name for item in problem.items)], 1, 0.5)
    hint = f"，是否为 {near[0]}？" if near else ""
    raise click.UsageError(f"事项编号 {wanted} 不存在{hint}")


def _asked(admission: "Admission", on: date | None, at: int | None, first: date | None, last: date | None) -> "Answer":
    """The answer for a day, with the times of a range where one is given; without a day the best of the range."""
    from dataclasses import replace

    from zhiban.solver.admit import Answer

    others: tuple[Offer, ...] = ()
    if first is not None or last is not None:
        problem = admission.problem
        others = admission.within(first or on or problem.first, last or problem.last, at if on is None else None)
    if on is not None:
        return replace(admission.ask(on, at), others=others)
    reasons = () if others else ("这些天没有能受理的时间",)
    return Answer(others[0] if others else None, reasons, (), others)


# ---- what is said ---------------------------------------------------------------------------------------------------


def _print_answer(published: Published, admission: "Admission", item: "Item", answer: "Answer") -> None:
    from zhiban.cli.terminal import terminal

    out = terminal()
    problem = published.problem
    lines: list[str] = []
    if answer.offer is not None:
        lines += [f"可以受理 {item.name}({item.id})：{offer_line(problem, answer.offer)}"]
        lines += _details(problem, answer.offer)
    else:
        lines += [f"不能受理 {item.name}({item.id})：", *(f"  {reason}" for reason in answer.reasons)]
    if admission.repaired:
        lines.append("注意：现行值班表与排班数据已不相符，以上按先重排（zhiban resolve）之后计算")
    if answer.nearest:
        lines += ["最近的可行时间：", *_listed(problem, answer.nearest)]
    if answer.others:
        lines += [f"可行时间（共 {len(answer.others)} 个，代价小的在前）：", *_listed(problem, answer.others[:SHOWN])]
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)


def _listed(problem: "Problem", offers: "Sequence[Offer]") -> list[str]:
    return [f"  {offer_line(problem, offer)}；{cost_text(offer)}" for offer in offers]


def offer_line(problem: "Problem", offer: "Offer") -> str:
    """2026-11-21（周六） 10:00–10:15 综合窗口 王某(1001) 当班办理."""
    from zhiban.solver.wording import day_text, person_text, span_text, window_text

    served = "，".join(
        f"{window_text(problem, window)} {person_text(problem, person)} {MODES[mode]}"
        for window, person, mode in offer.people
    )
    return f"{day_text(offer.day)} {span_text(offer.start, offer.end)} {served}"


def cost_text(offer: "Offer") -> str:
    """What it costs in each tier, those that stay as they are left out."""
    from zhiban.model.roster import TIER_NAMES

    told = [f"{code}{TIER_NAMES[code]} {rise:+d}" for code, rise in offer.cost.items() if rise]
    return "代价 " + "，".join(told) if told else "没有代价"


def _details(problem: "Problem", offer: "Offer") -> list[str]:
    from zhiban.solver.wording import people_text

    moved = people_text(problem, offer.movers) if offer.movers else "无"
    lines = [f"  另需调动：{moved}", f"  {cost_text(offer)}"]
    serving = {person for _, person, _ in offer.people}
    changes = [c for c in offer.changes if c.person not in serving or c.why != "新增预约"]
    lines += [f"    {change_line(problem, change)}" for change in changes if offer.movers]
    lines += [f"  提醒：{remark.text}" for remark in offer.remarks]
    return lines


def _print_data(published: Published, admission: "Admission", item: "Item", answer: "Answer") -> None:
    problem = published.problem
    data = {
        "exit": 0 if answer.offer is not None else NO,
        "item": item.id,
        "minutes": admission.minutes,
        "now": f"{admission.now:%Y-%m-%d %H:%M}",
        "admitted": answer.offer is not None,
        "resolve_first": admission.repaired,
        "offer": offer_data(problem, answer.offer) if answer.offer is not None else None,
        "reasons": list(answer.reasons),
        "nearest": [offer_data(problem, offer) for offer in answer.nearest],
        "alternatives": [offer_data(problem, offer) for offer in answer.others],
    }
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def offer_data(problem: "Problem", offer: "Offer") -> dict[str, object]:
    """An offer as plain data."""
    return {
        "date": offer.day.isoformat(),
        "start": f"{offer.start // 60}:{offer.start % 60:02}",
        "end": f"{offer.end // 60}:{offer.end % 60:02}",
        "people": [
            {"window": window, "person": person, "name": problem.person[person].name, "mode": mode.value}
            for window, person, mode in offer.people
        ],
        "moves": [
            {"person": person, "name": problem.person[person].name if person in problem.person else ""}
            for person in offer.movers
        ],
        "cost": offer.cost,
        "changes": [change_data(problem, change) for change in offer.changes],
        "remarks": [{"kind": r.kind.value, "text": r.text} for r in offer.remarks],
    }
