"""The page in a headless Chromium: no console message, filters that filter, a layout that fits a phone.

Chromium is no Python package; where there is none (continuous integration installs nothing but Python) these are
skipped. Environment variable CHROMIUM names another browser of its family.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from zhiban.io.read_public import read_public
from zhiban.io.report_html import write_html
from zhiban.io.write_workbook import write_roster
from zhiban.model.kinds import Line
from zhiban.model.problem import Problem
from zhiban.model.roster import Outcome

NAMES = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
BROWSER = next((found for name in NAMES if name and (found := shutil.which(name))), "")
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--virtual-time-budget=4000",
    "--dump-dom",
]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not BROWSER, reason="no Chromium here")]

DRIVER = """
<script>
const told = {};
const $ = (id) => document.getElementById(id);
const days = () => [...document.querySelectorAll(".day")];
const entries = () => document.querySelectorAll(".day li").length;
const input = (element, value) => {
  element.value = value;
  element.dispatchEvent(new Event("input", { bubbles: true }));
};
const tick = (id) => { $(id).click(); };
const rows = (id) => document.querySelectorAll(`#${id} tbody tr`).length;
const labels = (id) => Chart.getChart(id).data.labels;
told.days = days().length;
told.firstColumn = getComputedStyle(days()[0]).gridColumnStart;
told.all = entries();
told.people = labels("load-chart").length;
told.bank = Chart.getChart("bank-chart").data.datasets[0].data;
told.tiers = rows("tier-table");
input($("window"), "W01");
told.window = [...document.querySelectorAll(".day li")].map((li) => li.textContent);
told.windowPeople = labels("load-chart");
$("window").value = "W02";
$("window").dispatchEvent(new Event("change", { bubbles: true }));
told.changed = [...document.querySelectorAll(".day li")].map((li) => li.textContent);
input($("window"), "");
input($("person"), "0102");
told.person = [...document.querySelectorAll(".day li")].map((li) => li.textContent);
told.personBank = rows("bank-table");
input($("person"), "查无此人");
told.nobody = [entries(), $("found").textContent, $("load-said").textContent];
input($("person"), "");
for (const line of ["节假日", "午间", "应约", "带班"]) if ($("line-" + line)) tick("line-" + line);
told.weekend = entries();
tick("line-调休");
told.weekendAndLeave = entries();
$("filters").querySelector("button[type=reset]").click();
setTimeout(() => {
  told.reset = entries();
  const button = days()[0].querySelector("h4 button");
  button.focus();
  button.click();
  told.dialog = [$("day").open, $("day-title").textContent, document.querySelectorAll("#day-body tbody tr").length];
  $("day").querySelector("form button").click();
  told.closed = !$("day").open;
  told.focus = document.activeElement === button;
  told.overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  told.unnamed = [...document.querySelectorAll("button, input, select, canvas")].filter((e) =>
    !(e.textContent.trim() || e.getAttribute("aria-label") || (e.labels && e.labels.length))).map((e) => e.outerHTML);
  const result = document.createElement("pre");
  result.id = "told";
  result.textContent = encodeURIComponent(JSON.stringify(told));
  document.body.append(result);
}, 50);
</script>
"""


def opened(page: Path, profile: Path, width: int = 1280) -> tuple[str, list[str]]:
    """The page as drawn and everything on its console."""
    command = [BROWSER, *OPTIONS, f"--user-data-dir={profile}", f"--window-size={width},900", page.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    console = [line for line in done.stderr.decode(errors="replace").splitlines() if "CONSOLE" in line]
    return done.stdout.decode(), console


def driven(page: Path, profile: Path, width: int) -> tuple[dict[str, Any], list[str]]:
    """What the driver saw, on a copy of the page whose policy lets it in."""
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text("utf-8"))
    copy = page.with_name(f"driven{width}.html")
    copy.write_text(text.replace("</body>", DRIVER + "</body>"), "utf-8")
    drawn, console = opened(copy, profile, width)
    found = re.search(r'<pre id="told">([^<]*)</pre>', drawn)
    assert found, console
    return json.loads(unquote(found[1])), console


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, small_problem: Problem, small_outcome: Outcome) -> Path:
    folder = tmp_path_factory.mktemp("page")
    write_roster(folder / "a.xlsx", small_problem, small_outcome)
    write_html(read_public(folder / "a.xlsx"), folder / "a.html")
    return folder / "a.html"


def test_it_is_drawn_under_its_own_policy_without_a_word_on_the_console(page: Path, tmp_path: Path) -> None:
    drawn, console = opened(page, tmp_path)
    assert console == []
    assert drawn.count('class="day ') == 30
    assert "青山市政务服务中心2026年11月值班表" in drawn
    assert re.search(r'<canvas id="load-chart"[^>]* width="\d{3,}"', drawn)


def test_a_script_that_is_not_the_pages_own_is_kept_out(page: Path, tmp_path: Path) -> None:
    """Shows too that what goes wrong does reach the console that the other tests look at."""
    copy = page.with_name("foreign.html")
    copy.write_text(page.read_text("utf-8").replace("</body>", "<script>document.title = 1</script></body>"), "utf-8")
    drawn, console = opened(copy, tmp_path)
    assert "<title>1</title>" not in drawn
    assert any("Content Security Policy" in line for line in console)


@pytest.mark.parametrize("width", [1280, 500])
def test_filters_dialog_and_layout(page: Path, tmp_path: Path, small_outcome: Outcome, width: int) -> None:
    told, console = driven(page, tmp_path, width)
    assert console == []
    rows = small_outcome.roster.duties

    def at(*lines: Line) -> int:
        return len({(r.day, r.line, r.window) for r in rows if not lines or r.line in lines})

    assert (told["days"], told["all"], told["reset"]) == (30, at(), at())
    assert told["firstColumn"] == ("7" if width > 760 else "auto"), "1 November 2026 is a Sunday"
    assert (told["people"], told["tiers"]) == (9, 10)
    own = [r for r in rows if r.window == "W01"]
    assert len(told["window"]) == len({(r.day, r.line) for r in own})
    assert all("企业开办" in text for text in told["window"])
    assert told["changed"] and all("社会保险" in text for text in told["changed"])
    assert len(told["windowPeople"]) == len({r.person for r in own} | {"0101", "0102", "0103"})
    assert len(told["person"]) == len({(r.day, r.line, r.window) for r in rows if r.person == "0102"})
    assert told["personBank"] == 1
    assert told["nobody"] == [0, "共 0 条安排", "没有符合筛选的人员。"]
    leaves = {(r.day, r.person) for r in small_outcome.roster.leaves}
    assert told["weekend"] == at(Line.WEEKEND)
    assert told["weekendAndLeave"] == at(Line.WEEKEND) + len(leaves)
    assert told["dialog"][:2] == [True, "11月1日 星期日 周末"]
    assert told["dialog"][2] >= len([r for r in rows if r.day.day == 1])
    assert told["closed"] and told["focus"], "focus goes back to the button that opened the day"
    assert told["overflow"] <= 0
    assert told["unnamed"] == []
    closing = sum(row.closing for row in small_outcome.judgement.bank)
    assert told["bank"][-1] == pytest.approx(closing / 60, abs=0.06)


def test_a_big_hall_is_drawn_by_window(
    tmp_path: Path, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(12, 6)
    write_roster(tmp_path / "a.xlsx", problem, make_outcome(problem))
    write_html(read_public(tmp_path / "a.xlsx"), tmp_path / "a.html")
    told, console = driven(tmp_path / "a.html", tmp_path / "profile", 1280)
    assert console == []
    assert told["people"] == 12
    assert len(told["windowPeople"]) == 6


def test_days_of_an_unpublished_year_are_marked(
    tmp_path: Path, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(first=date(2031, 5, 1), last=date(2031, 5, 31), appointments=0)
    write_roster(tmp_path / "a.xlsx", problem, make_outcome(problem))
    write_html(read_public(tmp_path / "a.xlsx"), tmp_path / "a.html")
    drawn, console = opened(tmp_path / "a.html", tmp_path / "profile")
    assert console == []
    assert "含推算的放假安排" in drawn
    assert drawn.count("2031-05-01（推算）") >= 1
