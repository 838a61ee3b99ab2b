"""The page stands on its own, holds the roster, and lets no text of the data become markup or script."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from zhiban.io.public_roster import PublicRoster
from zhiban.io.read_public import read_public
from zhiban.io.report_html import MEANINGS, html_text, write_html
from zhiban.io.write_workbook import write_roster
from zhiban.model.problem import Problem
from zhiban.model.roster import TIER_NAMES, Outcome

MOST_BYTES = 5_000_000


class Page(HTMLParser):
    """The parts of the page that a browser would run, apply or fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.parts: list[tuple[str, dict[str, str | None], str]] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        self.parts.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.parts:
            tag, attributes, text = self.parts[-1]
            self.parts[-1] = (tag, attributes, text + data)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(("", {}, ""))

    def texts(self, tag: str) -> list[str]:
        return [text for name, _, text in self.parts if name == tag]


@pytest.fixture
def roster(tmp_path: Path, small_problem: Problem, small_outcome: Outcome) -> PublicRoster:
    write_roster(tmp_path / "值班表.xlsx", small_problem, small_outcome)
    return read_public(tmp_path / "值班表.xlsx")


def data_of(text: str) -> dict[str, Any]:
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert block
    return json.loads(block[1])


def test_nothing_is_fetched_from_anywhere(roster: PublicRoster) -> None:
    page = Page(html_text(roster))
    assert [name for name, _ in page.attributes if name in ("src", "srcset", "action", "background")] == []
    assert all(value and value.startswith("#") for name, value in page.attributes if name == "href")
    assert not re.search(r"url\(|@import", "".join(page.texts("style")))


def test_the_policy_allows_just_these_scripts_and_styles(roster: PublicRoster) -> None:
    page = Page(html_text(roster))
    policy = next(a["content"] or "" for tag, a, _ in page.parts if tag == "meta" and "http-equiv" in a)
    allowed = set(re.findall(r"sha256-([^']+)", policy))
    run = [text for tag, attributes, text in page.parts if tag == "script" and "type" not in attributes]
    digests = {base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in [*run, *page.texts("style")]}
    assert len(digests) == 3
    assert allowed == digests
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert [name for name, _ in page.attributes if name == "style" or name.startswith("on")] == []


def test_the_page_holds_the_roster(roster: PublicRoster) -> None:
    tables = data_of(html_text(roster))["tables"]
    duties = [dict(zip(tables["duties"]["fields"], row, strict=True)) for row in tables["duties"]["rows"]]
    assert [(d["day"], d["start"], d["person"]) for d in duties] == [
        (d.day.isoformat(), d.start, d.person) for d in roster.duties
    ]
    assert len(tables["issues"]["rows"]) == len(roster.issues)
    assert len(tables["tiers"]["rows"]) == len(TIER_NAMES)
    assert set(MEANINGS) == set(TIER_NAMES)


def test_texts_of_the_data_stay_texts(roster: PublicRoster) -> None:
    evil = "</script><script>alert(1)</script><!--{{script}}"
    people = tuple(p.model_copy(update={"name": evil}) for p in roster.people)
    text = html_text(roster.model_copy(update={"people": people, "center": evil}))
    assert data_of(text)["tables"]["people"]["rows"][0][1] == evil
    assert text.count("<script>") == 2
    assert "<title>&lt;/script&gt;&lt;script&gt;alert(1)" in text


def test_the_licence_of_the_charts_goes_with_them(roster: PublicRoster) -> None:
    text = html_text(roster)
    comment = re.search(r"<!-- Charts: (.*?)-->", text, re.DOTALL)
    assert comment and "Permission is hereby granted, free of charge" in comment[1]
    assert "Chart.js Contributors" in comment[1] and "Jukka Kurkela" in comment[1]
    assert "sourceMappingURL" not in text


def test_every_element_that_the_script_asks_for_is_there(roster: PublicRoster) -> None:
    text = html_text(roster)
    page = Page(text)
    script = page.texts("script")[-1]
    asked = set(re.findall(r'byId\("([\w-]+)"\)', script)) | set(re.findall(r'(?:fill|chart)\("([\w-]+)"', script))
    ids = {value for name, value in page.attributes if name == "id"}
    assert len(asked) > 15 and asked <= ids
    targets = {(value or "")[1:] for name, value in page.attributes if name == "href"}
    labels = {
        value for name, value in page.attributes if name in ("for", "aria-labelledby", "aria-describedby", "list")
    }
    assert targets | labels <= ids


@pytest.mark.slow
def test_a_big_hall_stays_small(
    tmp_path: Path, make_problem: Callable[..., Problem], make_outcome: Callable[..., Outcome]
) -> None:
    problem = make_problem(60, 10, appointments=40)
    write_roster(tmp_path / "a.xlsx", problem, make_outcome(problem))
    write_html(read_public(tmp_path / "a.xlsx"), tmp_path / "a.html")
    assert (tmp_path / "a.html").stat().st_size < MOST_BYTES
