"""The situations a manager meets, played through the commands as he would: the number is the situation's."""

import json
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from zhiban.cli.main import cli
from zhiban.io.read_roster import RosterFile, read_roster
from zhiban.model.kinds import Line

Row = dict[str, Any]

SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)
NEXT_SATURDAY, NEXT_SUNDAY = date(2026, 11, 28), date(2026, 11, 29)
WEDNESDAY = date(2026, 11, 18)
REGISTERED = datetime(2026, 11, 16, 9, 30)
MONDAY_MORNING = "2026-11-16 08:00"


class Desk:
    """A centre of two windows with three people each, from 16 to 29 November 2026, and its workbook."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings: Row = {
            "中心名称": "柳湾政务服务中心",
            "服务方案": "淄博2024",
            "开始日期": date(2026, 11, 16),
            "结束日期": NEXT_SUNDAY,
            "带班范围": "无",
        }
        names = {"1001": "安宁", "1002": "白露", "1003": "常青", "2001": "丁香", "2002": "方圆", "2003": "高远"}
        self.sheets: dict[str, list[Row]] = {
            "窗口": [
                {"窗口编号": "W01", "窗口名称": "综合窗口", "窗口负责人": "1001"},
                {"窗口编号": "W02", "窗口名称": "社保窗口", "窗口负责人": "2001"},
            ],
            "人员": [{"工号": i, "姓名": name, "窗口编号": f"W0{i[0]}"} for i, name in names.items()],
            "岗位": [
                {"岗位编号": "K1", "岗位名称": "受理岗", "窗口编号": "W01", "A角": "1001", "B角": "1002；1003"},
                {"岗位编号": "K2", "岗位名称": "社保岗", "窗口编号": "W02", "A角": "2001", "B角": "2002；2003"},
            ],
            "事项": [
                {"事项编号": "S1", "事项名称": "企业开办", "主办窗口": "W01", "标准分钟": 60},
                {"事项编号": "S2", "事项名称": "开办一件事", "主办窗口": "W01", "配合窗口": "W02", "标准分钟": 60},
            ],
        }
        self.roster = folder / "值班表.xlsx"
        self.last = self.roster

    # ---- the input ----------------------------------------------------------------------------------------------

    def add(self, sheet: str, **cells: Any) -> None:
        """One more row."""
        self.sheets.setdefault(sheet, []).append(cells)

    def change(self, sheet: str, key: str, **cells: Any) -> None:
        """Other cells in the row whose first column says `key`."""
        next(row for row in self.sheets[sheet] if next(iter(row.values())) == key).update(cells)

    def book(self, number: str, day: date = SATURDAY, start: time = time(10), **more: Any) -> None:
        """A row of 预约登记."""
        row = {
            "预约编号": number, "登记时间": REGISTERED, "渠道": "电话", "预约人": "石磊", "联系电话": "12000000000",
            "事项编号": "S1", "预约日期": day, "开始时间": start, "状态": "已登记",
        }  # fmt: skip
        self.add("预约登记", **{**row, **more})

    def ill(self, person: str, first: date, last: date | None = None, **more: Any) -> None:
        """A row of 请假外出."""
        row = {"工号": person, "类型": "病假", "开始日": first, "结束日": last or first, "状态": "已批"}
        self.add("请假外出", **{**row, **more})

    @property
    def input(self) -> Path:
        """The workbook as it stands now."""
        path = self.folder / "排班数据.xlsx"
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        settings = [{"项目": item, "值": value} for item, value in self.settings.items()]
        for name, rows in {"基本设置": settings, **self.sheets}.items():
            sheet = book.create_sheet(name)
            headers = list(dict.fromkeys(header for row in rows for header in row))
            sheet.append(headers)
            for row in rows:
                sheet.append([row.get(header) for header in headers])
        book.save(path)
        return path

    # ---- the commands -------------------------------------------------------------------------------------------

    def run(self, *words: object) -> Result:
        """A command through the entry point."""
        return CliRunner().invoke(cli, [str(word) for word in words])

    def solve(self, code: int = 0, *more: object) -> RosterFile:
        """`zhiban solve`."""
        result = self.run("solve", self.input, "-o", self.roster, "--workers", 1, *more)
        assert result.exit_code == code, result.output
        self.last = self.roster
        return read_roster(self.roster)

    def resolve(self, now: str = MONDAY_MORNING, code: int = 0) -> RosterFile:
        """`zhiban resolve` near the last roster."""
        target = self.folder / f"重排{self.last.stem}.xlsx"
        result = self.run("resolve", self.input, "--roster", self.last, "--now", now, "-o", target, "--workers", 1)
        assert result.exit_code == code, result.output
        self.last = target
        return read_roster(target)

    def refused(self, now: str = MONDAY_MORNING) -> Result:
        """`zhiban resolve` where nothing can be written."""
        target = self.folder / "无.xlsx"
        result = self.run("resolve", self.input, "--roster", self.last, "--now", now, "-o", target)
        assert not target.exists()
        return result

    def admit(self, code: int, *words: object, now: str = MONDAY_MORNING) -> dict[str, Any]:
        """`zhiban admit` as data."""
        result = self.run("admit", self.input, "--roster", self.last, "--now", now, "--json", *words)
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)

    def changes(self) -> list[Row]:
        """变更记录 of the last roster as written."""
        rows = [list(row) for row in openpyxl.load_workbook(self.last)["变更记录"].iter_rows(values_only=True)]
        top = next(n for n, row in enumerate(rows) if row[0] == "序号")
        return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :] if isinstance(row[0], int | float)]

    def texts(self, sheet: str) -> str:
        """Everything that stands on a sheet of the last roster."""
        cells = (cell for row in openpyxl.load_workbook(self.last)[sheet].iter_rows(values_only=True) for cell in row)
        return "\n".join(str(cell) for cell in cells if cell is not None)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The centre before anything is changed."""
    return Desk(tmp_path)


def on(file: RosterFile, day: date, window: str = "W01", line: Line = Line.WEEKEND) -> list[str]:
    """Who has a row."""
    rows = (r for r in file.roster.duties if (r.day, r.window, r.line) == (day, window, line))
    return list(dict.fromkeys(row.person for row in rows))


def one(people: Iterable[str]) -> str:
    """The only one."""
    (person,) = people
    return person


def tier(file: RosterFile, code: str) -> int | None:
    """A tier's value as written."""
    return next(t.value for t in file.tiers if t.code == code)


def bank(file: RosterFile, person: str) -> Any:
    """A person's row of 时间银行."""
    return next(row for row in file.bank if row.person == person)


def test_1_sick_call_at_8_10_on_the_duty_saturday(desk: Desk) -> None:
    before = desk.solve()
    ill = one(on(before, SATURDAY))
    desk.ill(ill, SATURDAY, 类型="病假")
    after = desk.resolve(now="2026-11-21 08:10")
    other = one(on(after, SATURDAY))
    assert other != ill
    assert tier(after, "T5a") == 2
    assert {row["人员"] for row in desk.changes()} == {before.people[ill], after.people[other]}
    earned = {row.person: row.credited for row in after.roster.duties if row.day == SATURDAY and row.window == "W01"}
    assert earned == {other: 240}  # the afternoon's row; the morning earned 180
    reason = f"{before.people[ill]}11月21日不能到岗"
    assert all(row["原因"].endswith(reason) for row in desk.changes() if row["线"] == "周末")
    assert "病假" not in desk.texts("变更记录")


def test_2_sick_on_a_workday_while_the_colleague_is_on_comp_leave(desk: Desk) -> None:
    desk.change("岗位", "K1", B角="1002")
    desk.add("时间银行期初", 工号="1002", 产生日期=date(2026, 11, 1), 分钟=180, 来源="周末")
    desk.add("指定与锁定", 日期=WEDNESDAY, 线="调休", 时段="上午", 工号="1002", 方式="必须")
    before = desk.solve()
    assert ("1002", WEDNESDAY) in {(row.person, row.day) for row in before.roster.leaves}
    del desk.sheets["指定与锁定"]
    desk.ill("1001", WEDNESDAY)
    said = desk.refused(now="2026-11-18 08:10")
    assert said.exit_code == 4
    assert "调休上午 白露(1002)：已冻结" in said.stderr and "排班变更提前小时" in said.stderr
    # Called back: no hours of notice are asked for; his credit stays with him.
    desk.settings["排班变更提前小时"] = 0
    after = desk.resolve(now="2026-11-18 08:10")
    mornings = {(row.person, row.day, row.half.value) for row in after.roster.leaves}
    assert ("1002", WEDNESDAY, "上午") not in mornings
    assert ("K1", "1002") in {(r.post, r.stand_in) for r in after.roster.stand_ins if r.day == WEDNESDAY}


def test_3_one_booking_and_two_departments(desk: Desk) -> None:
    desk.book("Y1", 事项编号="S2")
    file = desk.solve()
    rows = {row.window: row for row in file.roster.appointments}
    assert {(w, r.role.value, r.start, r.met) for w, r in rows.items()} == {
        ("W01", "主办", 600, True),
        ("W02", "配合", 600, True),
    }
    assert "Y1" in desk.texts("节假日预约派单表") or "石磊" in desk.texts("节假日预约派单表")
    for person in ("2001", "2002", "2003"):
        desk.ill(person, NEXT_SATURDAY)
    answer = desk.admit(3, "--item", "S2", "--date", NEXT_SATURDAY, "--time", "10:00")
    assert any("社保窗口" in reason for reason in answer["reasons"])
    assert len(answer["nearest"]) == 3
    assert all(len(offer["people"]) == 2 for offer in answer["nearest"])


def test_4_the_applicant_is_late(desk: Desk) -> None:
    desk.book("Y1", start=time(9))
    before = desk.solve()
    desk.change("预约登记", "Y1", 开始时间=time(9, 30))  # he comes: the agreed start is put off
    after = desk.resolve(now="2026-11-21 09:30")
    assert after.roster.appointments[0].start == 570
    assert on(after, SATURDAY) == on(before, SATURDAY)
    desk.change("预约登记", "Y1", 状态="爽约放弃")
    given_up = desk.resolve(now="2026-11-21 09:40")
    assert tier(given_up, "T5b") == 0
    assert bank(given_up, one(on(before, SATURDAY))).weekend == bank(after, one(on(before, SATURDAY))).weekend


def test_5_postponed_ten_hours_before(desk: Desk) -> None:
    told = datetime(2026, 11, 21, 0, 0)
    desk.book("Y1", 状态="已推迟", 告知时间=told, 批准人="管理科", 变更原因="系统升级")
    said = desk.run("check", desk.input)
    assert said.exit_code == 0
    assert "不足提前12小时" in said.stdout
    desk.change("预约登记", "Y1", 状态="不可抗力")
    assert "不足提前12小时" not in desk.run("check", desk.input).stdout


def test_6_two_applicants_at_one_time(desk: Desk) -> None:
    desk.book("Y1")
    before = desk.solve()
    first = one(p for row in before.roster.appointments for p in row.people)
    answer = desk.admit(0, "--item", "S1", "--date", SATURDAY, "--time", "10:00")
    (second,) = [person["person"] for person in answer["offer"]["people"]]
    assert second != first
    assert answer["offer"]["moves"] == []
    for person in {"1001", "1002", "1003"} - {first}:
        desk.ill(person, SATURDAY)
    desk.last = desk.resolve().path
    answer = desk.admit(3, "--item", "S1", "--date", SATURDAY, "--time", "10:00")
    assert "同一时间已承办其他预约" in "".join(answer["reasons"])
    assert {offer["start"] for offer in answer["nearest"]} >= {"9:00", "11:00"}


def test_7_a_booking_in_a_year_that_is_not_published(desk: Desk) -> None:
    desk.settings |= {"开始日期": date(2027, 2, 1), "结束日期": date(2027, 2, 14)}
    new_year = date(2027, 2, 6)
    desk.book("Y1", new_year, 登记时间=datetime(2027, 2, 2, 9, 30))
    file = desk.solve()
    assert file.roster.appointments[0].met
    assert on(file, new_year, line=Line.CALL_IN)  # booked only: somebody is called in
    assert "推算" in desk.texts("参数与日历") and "推算" in desk.texts("值班表")


def test_8_a_make_up_saturday(desk: Desk) -> None:
    saturday = date(2026, 2, 14)
    desk.settings |= {"开始日期": date(2026, 2, 9), "结束日期": date(2026, 2, 15)}
    desk.add("时间银行期初", 工号="1002", 产生日期=date(2026, 1, 10), 分钟=180, 来源="周末")
    desk.add("指定与锁定", 日期=saturday, 线="调休", 时段="上午", 工号="1002", 方式="必须")
    file = desk.solve()
    assert not [row for row in file.roster.duties if row.day == saturday]
    assert [(r.person, r.half.value) for r in file.roster.leaves if r.day == saturday] == [("1002", "上午")]
    assert "调休上班" in desk.texts("参数与日历")
    answer = desk.admit(0, "--item", "S1", "--date", saturday, "--time", "15:00", now="2026-02-14 10:00")
    assert answer["offer"]["people"][0]["mode"] == "在岗"
    assert answer["offer"]["remarks"] == []  # the telephone is answered that Saturday


@pytest.mark.parametrize(("policy", "rows", "code"), [("淄博2024", 0, 0), ("山亭2022", 2, 0), ("西峡2023", 0, 3)])
def test_9_a_weekend_inside_the_national_holiday(desk: Desk, policy: str, rows: int, code: int) -> None:
    saturday = date(2026, 10, 3)
    desk.settings |= {"服务方案": policy, "午间方式": "不开"}
    desk.settings |= {"开始日期": date(2026, 9, 28), "结束日期": date(2026, 10, 9)}
    if policy != "淄博2024":
        desk.add("作息时段", 名称="上午", 类型="工作日上午", 开始=time(8, 30), 结束=time(12))
        desk.add("作息时段", 名称="下午", 类型="工作日下午", 开始=time(14, 30), 结束=time(17, 30))
    file = desk.solve()
    assert len([r for r in file.roster.duties if r.day == saturday]) == rows
    answer = desk.admit(code, "--item", "S1", "--date", saturday, "--time", "10:00", now="2026-09-28 09:30")
    if code:
        assert answer["reasons"] == ["该日不开：2026-10-03（周六）是节假日，节假日不开"]


def test_17_somebody_joins_in_the_middle(desk: Desk) -> None:
    for person, count in (("1001", 20), ("1002", 20), ("1003", 20)):
        desk.add("历史累计", 工号=person, 周六=count)
    desk.add("人员", 工号="1004", 姓名="葛明", 窗口编号="W01", 到岗日=NEXT_SATURDAY)
    file = desk.solve()
    served = [r.day for r in file.roster.duties if r.person == "1004" and r.line == Line.WEEKEND]
    assert all(day >= NEXT_SATURDAY for day in served)
    assert len(set(served)) <= 1  # he need not make up for what he was not there for
    count = next(row for row in file.counts if row.person == "1004")
    assert count.saturday + count.sunday == 20 + len(set(served))


def test_18_somebody_leaves_with_credit(desk: Desk) -> None:
    desk.change("人员", "1003", 离岗日=date(2026, 11, 20))
    desk.add("时间银行期初", 工号="1003", 产生日期=date(2026, 11, 1), 分钟=840, 来源="周末")
    file = desk.solve()
    leaves = [row for row in file.roster.leaves if row.person == "1003"]
    assert sum(row.minutes for row in leaves) == 840
    assert max(row.day for row in leaves) <= date(2026, 11, 20)
    assert bank(file, "1003").closing == 0


def test_19_a_and_b_both_on_annual_leave(desk: Desk) -> None:
    for person in ("1001", "1002", "1003"):
        desk.ill(person, WEDNESDAY, 类型="年休假")
    said = desk.run("check", desk.input)
    assert said.exit_code == 0
    assert "A角和全部B角同时" in said.stdout and "K1" in said.stdout
    file = desk.solve(3)
    assert tier(file, "T3") == 2
    assert {f.day for f in file.findings if f.code == "D2"} == {WEDNESDAY}


def test_22_exempt_between_two_dates(desk: Desk) -> None:
    for n in range(4):
        desk.add("历史累计", 工号=("1001", "1002", "1003", "2001")[n], 周六=5)
    desk.change("人员", "1001", 免加班起=date(2026, 11, 16), 免加班止=date(2026, 11, 24), 免加班原因="哺乳期")
    file = desk.solve()
    days = {r.day for r in file.roster.duties if r.person == "1001" and r.line == Line.WEEKEND}
    assert not days & {SATURDAY, SUNDAY}
    assert len(days) <= 1  # half the dates, half the share: nothing is owed
    assert "哺乳期" not in desk.texts("公示版")


def test_25_leave_that_waits_for_approval_is_a_wish(desk: Desk) -> None:
    before = desk.solve()
    person = one(on(before, SATURDAY))
    desk.ill(person, SATURDAY, 状态="待批")
    assert tier(desk.resolve(), "T5b") == 0  # published duties do not move for a wish
    desk.change("请假外出", person, 状态="已批")
    assert person not in on(desk.resolve(), SATURDAY)


def test_27_a_swap_keeps_its_turns(desk: Desk) -> None:
    before = desk.solve()
    a, b = one(on(before, SATURDAY)), one(on(before, SUNDAY))
    if a == b:
        b = one(on(before, NEXT_SATURDAY))
    other = SUNDAY if b in on(before, SUNDAY) else NEXT_SATURDAY
    desk.add("调换班", 类型="对调", 甲=a, 甲日期=SATURDAY, 甲线="周末", 乙=b, 乙日期=other, 乙线="周末", 批准人="安宁")
    after = desk.resolve()
    assert (on(after, SATURDAY), on(after, other)) == ([b], [a])
    counts = {row.person: row.saturday + row.sunday for row in before.counts}
    assert {row.person: row.saturday + row.sunday for row in after.counts} == counts  # turns stay with who was due
    assert bank(after, b).weekend == bank(before, b).weekend
    assert all("调换班!第2行" in row["原因"] for row in desk.changes())
    assert tier(desk.resolve(now="2026-11-23 08:00"), "T5b") == 0  # the swap is replayed, not made twice


def edit_table(path: Path, day: date, column: str, value: object) -> str:
    """Type something into 值班表; the cell."""
    book = openpyxl.load_workbook(path)
    sheet = book["值班表"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "日期")
    place = next(cell.column for cell in header if cell.value == column)
    row = next(r for r in sheet.iter_rows() if r[0].value == datetime(day.year, day.month, day.day))
    cell = sheet.cell(row[0].row, place)
    cell.value = value
    book.save(path)
    return f"值班表!{cell.coordinate}"


def test_28_the_manager_edits_the_printed_table(desk: Desk) -> None:
    before = desk.solve()
    a, b = one(on(before, SATURDAY)), one(on(before, SUNDAY))
    c = next(p for p in ("1001", "1002", "1003") if p not in (a, b))
    first = edit_table(desk.last, SATURDAY, "综合窗口", before.people.get(c) or c)
    second = edit_table(desk.last, SUNDAY, "社保窗口", None)
    gone = one(on(before, SUNDAY, "W02"))
    after = desk.resolve()
    assert on(after, SATURDAY) == [c]
    assert len(on(after, SUNDAY, "W02")) == 1 and on(after, SUNDAY, "W02") != [gone]
    assert {row["原因"] for row in desk.changes()} >= {f"按{first}的手工修改", f"按{second}的手工修改"}


def test_28_an_unlawful_edit_is_named_and_painted_not_undone(desk: Desk, tmp_path: Path) -> None:
    before = desk.solve()
    desk.add("请假外出", 工号="1002", 类型="事假", 开始日=SATURDAY, 结束日=SATURDAY, 状态="已批")
    desk.last = desk.resolve().path
    cell = edit_table(desk.last, SATURDAY, "综合窗口", "白露")
    painted = tmp_path / "标注.xlsx"
    said = desk.run("check", desk.input, desk.last, "--paint", painted)
    assert said.exit_code == 3
    assert "H2" in said.stdout and "白露(1002)" in said.stdout
    mark = openpyxl.load_workbook(painted)["值班表"][cell.partition("!")[2]]
    assert mark.value == "白露" and mark.fill.fgColor.rgb != "00000000"
    refused = desk.refused()
    assert refused.exit_code == 4
    assert cell in refused.stderr and "白露(1002)" in refused.stderr
    assert before.center == "柳湾政务服务中心"


def test_29_again_in_the_middle_of_the_month(desk: Desk) -> None:
    before = desk.solve()
    for person in on(before, NEXT_SATURDAY):
        desk.ill(person, NEXT_SATURDAY, NEXT_SUNDAY)
    desk.ill(one(on(before, SATURDAY)), SATURDAY, SATURDAY)  # recorded too late: that Saturday is over
    after = desk.resolve(now="2026-11-25 09:00")
    past = [row for row in before.roster.duties if row.day < date(2026, 11, 25) and row.day != SATURDAY]
    assert set(past) <= set(after.roster.duties)
    assert one(on(after, NEXT_SATURDAY)) != one(on(before, NEXT_SATURDAY))
    assert len(desk.changes()) == tier(after, "T5b")
    assert tier(after, "T5a") == len({row["人员"] for row in desk.changes()})


def test_30_a_supplementary_notice_reopens_only_its_dates(desk: Desk) -> None:
    before = desk.solve()
    desk.add("放假安排", 日期=NEXT_SATURDAY, 类型="调休上班", 来源="通知")
    desk.add("放假安排", 日期=date(2026, 11, 23), 类型="放假调休", 节日名称="补充放假", 来源="通知")
    after = desk.resolve()
    assert on(after, NEXT_SATURDAY) == []
    for day in (SATURDAY, SUNDAY, NEXT_SUNDAY):
        assert on(after, day) == on(before, day)
    assert {row["原因"] for row in desk.changes() if row["线"] == "周末"} == {"11月28日已不安排周末"}


def test_36_the_leader_is_on_leave(desk: Desk) -> None:
    desk.settings |= {"带班范围": "全中心", "带班方式": "听班"}
    desk.add("带班领导", 工号="1001", 职务="主任", 次序=1)
    desk.add("带班领导", 工号="2001", 职务="副主任", 次序=2)
    before = desk.solve()
    leader = one(on(before, SATURDAY, "全中心", Line.LEAD))
    other = "2001" if leader == "1001" else "1001"
    desk.ill(leader, SATURDAY)
    after = desk.resolve()
    assert on(after, SATURDAY, "全中心", Line.LEAD) == [other]
    desk.ill(other, SATURDAY)
    nobody = desk.resolve(code=3)
    assert any(f.code == "D3" and f.day == SATURDAY for f in nobody.findings)


def test_39_more_bookings_than_staff_in_a_holiday_hour(desk: Desk) -> None:
    holiday = date(2026, 10, 3)
    desk.settings |= {"开始日期": date(2026, 9, 28), "结束日期": date(2026, 10, 9)}
    for number in range(4):
        desk.book(f"Y{number}", holiday, 登记时间=datetime(2026, 9, 28, 9, 30))
    file = desk.solve(3)
    assert tier(file, "T1") == 1
    assert len(file.roster.appointments) == 4  # none is dropped
    lacking = [f for f in file.findings if f.code == "D4"]
    assert len(lacking) == 1 and lacking[0].severity == "必须处理"
    answer = desk.admit(3, "--item", "S1", "--date", holiday, "--time", "10:00", now="2026-09-28 10:00")
    assert answer["reasons"] and len(answer["nearest"]) == 3
    assert all(offer["cost"]["T1"] <= 0 for offer in answer["nearest"])


def test_40_the_applicant_cancels_in_the_morning(desk: Desk) -> None:
    holiday = date(2026, 10, 3)
    desk.settings |= {"开始日期": date(2026, 9, 28), "结束日期": date(2026, 10, 9)}
    desk.book("Y1", holiday, time(14), 登记时间=datetime(2026, 9, 28, 9, 30))
    desk.book("Y2", holiday, time(10), 登记时间=datetime(2026, 9, 28, 9, 40))
    before = desk.solve()
    freed = one(p for row in before.roster.appointments if row.appointment == "Y1" for p in row.people)
    desk.change("预约登记", "Y1", 状态="申请人取消")
    after = desk.resolve(now="2026-10-03 08:30")
    assert [(row["人员"], row["原因"]) for row in desk.changes()] == [(before.people[freed], "预约Y1申请人取消")]
    assert bank(after, freed).call_in == bank(before, freed).call_in - 60
    kept = [row for row in before.roster.appointments if row.appointment == "Y2"]
    assert [row for row in after.roster.appointments if row.appointment == "Y2"] == kept


def test_41_longer_than_half_a_day(desk: Desk) -> None:
    desk.solve()
    answer = desk.admit(
        0, "--item", "S1", "--date", SATURDAY, "--time", "9:00", "--minutes", "300", now="2026-11-16 09:30"
    )
    texts = [remark["text"] for remark in answer["offer"]["remarks"]]
    assert texts == ["预计 300 分钟，超过单次上限 210 分钟；可分两次办理或由两人承办"]
    desk.settings["提前方式"] = "必须"
    answer = desk.admit(
        3, "--item", "S1", "--date", SATURDAY, "--time", "9:00", "--minutes", "300", now="2026-11-16 09:30"
    )
    assert "超过单次上限" in answer["reasons"][0]


def test_46_the_phone_desk_on_sunday(desk: Desk) -> None:
    desk.settings |= {"服务方案": "阳泉2023", "午间方式": "不开", "带班范围": "无"}
    for kinds, name, start, end in ((("工作日上午", "周末"), "上午", 9, 12), (("工作日下午", "周末"), "下午", 13, 17)):
        for kind in kinds:
            desk.add("作息时段", 名称=name, 类型=kind, 开始=time(start), 结束=time(end))
    desk.add("窗口", 窗口编号="W03", 窗口名称="咨询台", 类别="咨询台")
    for person, name in (("3001", "何平"), ("3002", "江月")):
        desk.add("人员", 工号=person, 姓名=name, 窗口编号="W03")
    file = desk.solve()
    assert len(on(file, SUNDAY, "W03")) == 1
    answer = desk.admit(0, "--item", "S1", "--date", NEXT_SATURDAY, "--time", "10:00", now="2026-11-22 09:30")
    assert answer["offer"]["remarks"] == []  # telephone hours on Sunday too


def test_47_over_the_turn_of_the_year(desk: Desk) -> None:
    desk.settings |= {"开始日期": date(2026, 12, 14), "结束日期": date(2026, 12, 27)}
    december = desk.solve()
    closing = {row.person: row.closing for row in december.bank}
    counts = {row.person: row.saturday + row.sunday for row in december.counts}
    assert any(closing.values())
    before = desk.roster
    desk.roster = desk.folder / "一月.xlsx"
    desk.settings |= {"开始日期": date(2026, 12, 28), "结束日期": date(2027, 1, 10)}
    january = desk.solve(0, "--previous", before)
    assert {row.person: row.opening for row in january.bank} == closing
    weekends = {(row.person, row.day) for row in january.roster.duties if row.line == Line.WEEKEND}
    expected = {person: count + sum(p == person for p, _ in weekends) for person, count in counts.items()}
    assert {row.person: row.saturday + row.sunday for row in january.counts} == expected
    assert tier(desk.resolve(now="2026-12-28"), "T5b") == 0  # the earlier roster is found beside this one


def test_48_nobody_can_cover(desk: Desk) -> None:
    before = desk.solve()
    assert len(on(before, SATURDAY)) == 1
    for person in ("1001", "1002", "1003"):
        desk.ill(person, SATURDAY)
    after = desk.resolve(code=3)
    lack = one(f.text for f in after.findings if f.code == "D1")
    finding = next(f for f in after.findings if f.code == "D1")
    assert (finding.severity, finding.day, finding.window) == ("必须处理", SATURDAY, "W01")
    assert "缺1人" in lack and finding.advice
    assert openpyxl.load_workbook(desk.last).sheetnames[0] == "问题清单"
