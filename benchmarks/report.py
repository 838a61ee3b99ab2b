"""The page and the picture of what `run.py` measured."""

from pathlib import Path
from typing import Any

Row = dict[str, Any]

NAMES = {
    "parts": "zhiban",
    "whole": "our settings, one model",
    "default": "CP-SAT's defaults, one model",
}
COLORS = {"parts": "#1f6f4a", "whole": "#c77c11", "default": "#a33b3b"}
MARKERS = {"parts": "o", "whole": "s", "default": "^"}
PICTURE = "benchmarks.svg"

HEAD = """# Benchmarks

    python benchmarks/run.py

measures all of this and writes this page (`--only growth` one section, `--render` the page alone, `--small` a run of
seconds). Every measurement is a process of its own, with two searches side by side. The halls come from
`benchmarks/generate.py` (seed 1, 山亭2022: weekends, holidays and lunch at every window, a leader for the whole centre,
two appointments for every three windows, a quarter of them of several departments, a fifth of the people standing in
for neighbouring windows); the stored ones are in `benchmarks/instances/`. On another machine **read the ratios, not the
seconds**. Processor seconds (CPU) suffer less from neighbours than wall time.

*First roster* is when every part of the hall has its first lawful roster, *proven* when the last part's last tier has
its proof, both in seconds from the start of the search. *Command* is the whole way: start, read, solve, verify, write.
"""


def write_page(path: Path, found: dict[str, Any]) -> None:
    """Write the page, and the picture into `pictures/` beside it."""
    parts = [HEAD]
    if "growth" in found:
        parts.append(growth_part(found["growth"]))
    if "baselines" in found:
        parts.append(baselines_part(found["baselines"]))
    if "instances" in found:
        parts.append(instances_part(found["instances"]))
    if "living" in found:
        parts.append(living_part(found["living"]))
    if "batch" in found:
        parts.append(batch_part(found["batch"]))
    if "growth" in found or "baselines" in found:
        pictures = path.parent / "pictures"
        pictures.mkdir(exist_ok=True)
        draw(pictures / PICTURE, found)
        parts.insert(1, f"![Time and memory against windows](pictures/{PICTURE})\n")
    path.write_text("\n".join(parts), "utf-8")


# ---- sections -------------------------------------------------------------------------------------------------------


def growth_part(section: Row) -> str:
    """Sizes and times; then when each tier was proven."""
    rows = section["rows"]
    header = [
        "windows",
        "people",
        "parts",
        "variables",
        "first",
        "proven",
        "command",
        "CPU",
        "build",
        "memory(MiB)",
        "growth",
        "unproven",
    ]
    lines = [
        [
            row["size"],
            row["people"],
            row["parts"],
            row["variables"],
            seconds(row["first_seconds"]),
            seconds(row["solve_seconds"]),
            seconds(row["command_seconds"]),
            seconds(row["cpu_seconds"]),
            f"{100 * row['build_seconds'] / (row['build_seconds'] + row['search_seconds']):.0f} %",
            f"{row['memory_mib']:.0f}",
            growth_of(row, rows),
            unproven(row),
        ]
        for row in rows
        if "tiers" in row
    ]
    lines += [[row["size"], *[""] * 10, row.get("error", "no roster")] for row in rows if "tiers" not in row]
    note = "*growth*: time to proof over that of the hall a quarter as large, wall / CPU. *build*: share of modelling."
    return "\n".join(["## Growth", "", under(section), "", table(header, lines), "", note, "", tier_times(rows), ""])


def growth_of(row: Row, rows: list[Row]) -> str:
    """Time against the hall with a quarter of the windows, wall and CPU."""
    for other in rows:
        if "tiers" in other and row["size"] == 4 * other["size"]:
            wall, cpu = (row[key] / other[key] for key in ("solve_seconds", "cpu_seconds"))
            return f"{wall:.1f} / {cpu:.1f}"
    return ""


def tier_times(rows: list[Row]) -> str:
    """When each tier was proven in every part."""
    rows = [row for row in rows if "tiers" in row]
    codes = list(dict.fromkeys(tier["code"] for row in rows for tier in row["tiers"]))
    lines = []
    for row in rows:
        by_code = {tier["code"]: tier for tier in row["tiers"]}
        lines.append([row["size"], *(proof_cell(by_code.get(code)) for code in codes)])
    return "\n".join(["Seconds until each tier was proven:", "", table(["windows", *codes], lines)])


def proof_cell(tier: Row | None) -> str:
    """The time of the proof; without one the value and its bound."""
    if tier is None:
        return ""
    return seconds(tier["seconds"]) if tier["proven"] else f"{tier['value']} ≥ {tier['bound']}"


def baselines_part(section: Row) -> str:
    """Ours and each baseline, hall by hall."""
    rows = section["rows"]
    header = [
        "windows",
        "solver",
        "first",
        "end",
        "CPU",
        "memory (MiB)",
        "wall ratio",
        "CPU ratio",
        "tiers",
        "unproven",
    ]
    lines = []
    for row in rows:
        ours = next(other for other in rows if other["file"] == row["file"] and other["mode"] == "parts")
        name = NAMES[row["mode"]]
        if "error" in row or "error" in ours:
            lines.append([row["size"], name, "", row.get("error", "—"), "", "", "", "", "", ""])
            continue
        times = [seconds(row.get("first_seconds")), seconds(row["solve_seconds"]), seconds(row["cpu_seconds"])]
        ratios = [f"{row[key] / ours[key]:.1f}" for key in ("solve_seconds", "cpu_seconds")]
        memory = f"{row['memory_mib']:.0f}"
        lines.append([row["size"], name, *times, memory, *ratios, compared(row, ours), unproven(row)])
    note = (
        "A baseline was stopped at some ten times our wall time (at least a minute): with worse or unproven tiers its "
        "ratio is a lower bound."
    )
    return "\n".join(["## Against one model", "", under(section), "", table(header, lines), "", note, ""])


def compared(row: Row, ours: Row) -> str:
    """Whether a baseline's tier values are ours, and if not, at which tier they part."""
    if row is ours:
        return ""
    if "tiers" not in row:
        return "no roster"
    for mine, theirs in zip(ours["tiers"], row["tiers"], strict=True):
        if mine["value"] != theirs["value"]:
            word = "worse" if theirs["value"] > mine["value"] else "better"
            return f"{word} at {mine['code']}: {theirs['value']} for {mine['value']}"
    return "the same"


def instances_part(section: Row) -> str:
    """The stored halls: unmet demand, and what is proven."""
    header = ["hall", "T1", "T2", "T3", "T4", "T6", "T7", "T8", "T9", "first", "end", "CPU", "unproven"]
    codes = header[1:9]
    lines = []
    for row in section["rows"]:
        name = row["file"].removesuffix(".xlsx")
        if "tiers" not in row:
            lines.append([name, *[""] * 8, "", row.get("error", "no roster"), "", ""])
            continue
        values = {tier["code"]: tier["value"] for tier in row["tiers"]}
        times = [seconds(row[key]) for key in ("first_seconds", "solve_seconds", "cpu_seconds")]
        lines.append([name, *(values.get(code, "") for code in codes), *times, unproven(row)])
    limit = section["rows"][0]["limit"] if section["rows"] else 0
    note = f"15 windows of 10 people; at most {limit:.0f} s each. Values of the tiers, then times."
    return "\n".join(
        ["## Tight and over-constrained halls", "", under(section), "", note, "", table(header, lines), ""]
    )


def living_part(section: Row) -> str:
    """Whole commands on a published roster."""
    header = ["command", "wall (s)", "CPU (s)", "people touched", "entries changed"]
    lines = [
        [r["way"], f"{r['seconds']:.2f}", f"{r['cpu_seconds']:.2f}", r["people"], r["entries"]] for r in section["rows"]
    ]
    windows = section["rows"][0]["windows"]
    note = f"A published roster of {windows} windows; whole commands, the quickest of three runs each."
    return "\n".join(["## The living roster", "", under(section), "", note, "", table(header, lines), ""])


def batch_part(section: Row) -> str:
    """One core against two."""
    one, two = section["rows"]
    header = ["at a time", "wall (s)", "CPU (s)", "centres", "rosters", "all tiers proven"]
    lines = [
        [r["jobs"], f"{r['seconds']:.0f}", f"{r['cpu_seconds']:.0f}", r["centres"], r["rosters"], r["proven"]]
        for r in (one, two)
    ]
    same = sum(a == b for a, b in zip(one["tiers"], two["tiers"], strict=True))
    note = (
        f"Two at a time was {one['seconds'] / two['seconds']:.2f}× as fast by the wall clock and took "
        f"{two['cpu_seconds'] / one['cpu_seconds']:.2f}× the processor time, so that two idle cores would make it "
        f"{2 * one['cpu_seconds'] / two['cpu_seconds']:.2f}×; "
        f"{same} of {one['centres']} centres have the same tier values both ways."
    )
    title = "## Many centres: `zhiban batch`"
    return "\n".join([title, "", under(section), "", table(header, lines), "", note, ""])


# ---- pieces ---------------------------------------------------------------------------------------------------------


def under(section: Row) -> str:
    """What a section's figures depend on."""
    at = section["under"]
    versions = f"Python {at['python']}, OR-tools {at['ortools']}"
    return f"{at['date']}, {at['cores']} cores (load at the start {at['load']:.1f}), {versions}."


def unproven(row: Row) -> str:
    """The tiers without a proof."""
    return ", ".join(tier["code"] for tier in row.get("tiers", ()) if not tier["proven"])


def seconds(value: float | None) -> str:
    """Seconds with as many digits as they are worth."""
    if value is None:
        return "—"
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def table(header: list[str], lines: list[list[Any]]) -> str:
    """A markdown table."""
    rows = [header, ["---"] * len(header), *lines]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)


# ---- the picture ----------------------------------------------------------------------------------------------------


def draw(path: Path, found: dict[str, Any]) -> None:
    """Time to proof, time to the first roster, and memory against windows, a line for each way to solve."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "zhiban"
    from matplotlib import pyplot as plt
    from matplotlib.ticker import LogLocator

    figure, plots = plt.subplots(1, 3, figsize=(12, 3.8), layout="constrained")
    for plot, (key, title) in zip(plots, QUANTITIES.items(), strict=True):
        for mode, name in NAMES.items():
            points = sorted((row["size"], row[key]) for row in rows_of(found, mode) if row.get(key))
            if points:
                marker, color = MARKERS[mode], COLORS[mode]
                plot.plot(*zip(*points, strict=True), marker=marker, color=color, label=name, linewidth=1.5)
        plot.set(title=title, xlabel="windows", xscale="log", yscale="log")
        sizes = sorted({row["size"] for mode in NAMES for row in rows_of(found, mode) if "size" in row})
        plot.set_xticks(sizes, [str(size) for size in sizes])
        plot.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        plot.yaxis.set_major_formatter("{x:g}")
        plot.minorticks_off()
        plot.grid(alpha=0.3)
    plots[0].legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


QUANTITIES = {
    "cpu_seconds": "processor seconds to the end",
    "first_seconds": "seconds to the first roster",
    "memory_mib": "peak memory, MiB",
}


def rows_of(found: dict[str, Any], mode: str) -> list[Row]:
    """Our rows of growth, a baseline's of baselines."""
    section = "growth" if mode == "parts" and "growth" in found else "baselines"
    return [row for row in found.get(section, {}).get("rows", ()) if row["mode"] == mode]
