"""D2: who holds each post, in A-B order, and what 顶岗明细 says of it."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from zhiban.model.kinds import Severity
from zhiban.model.problem import Problem
from zhiban.model.records import Post
from zhiban.model.roster import Finding, Roster
from zhiban.solver.holding import Holding, Time, is_present, loads_of
from zhiban.solver.rule import Rule
from zhiban.solver.view import RosterView, view_of
from zhiban.solver.wording import day_text, people_text, person_text

if TYPE_CHECKING:
    from zhiban.solver.draft import Draft


def _who_may_come(problem: Problem, post: Post) -> str:
    return f"可商请B角到岗：{people_text(problem, post.b)}" if post.b else "该岗位没有B角，请增设B角"


class AbPosts(Rule):
    """开放的岗位由A角担任，A角不在岗时由B角按顺序顶岗；一岗一人，每人同时不超过兼岗上限，缺席须有顶岗明细。"""

    code = "D2"
    name = "AB岗"
    tier = "T3"

    def build(self, draft: "Draft") -> None:
        """Holders of every open post; posts without one go to T3."""
        from zhiban.solver.building.posts import build_posts

        build_posts(draft)

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """Wrong holders, wrong order, and absences of A that 顶岗明细 does not explain."""
        view = view_of(problem, roster)
        loads = loads_of(view.holdings)
        found: list[Finding] = []
        for holding in view.holdings:
            found += [self._finding(holding, text, who) for who, text in self._faults(view, holding, loads)]
        return found + self._overloaded(view, loads)

    def unmet(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per open post-segment without a holder."""
        view = view_of(problem, roster)
        return [
            self._finding(h, "无人在岗（空岗）", "", _who_may_come(problem, h.opening.post))
            for h in view.holdings
            if not h.holders
        ]

    def _faults(
        self, view: RosterView, holding: Holding, loads: Counter[tuple[Time, str]]
    ) -> Iterable[tuple[str, str]]:
        """The person and the text of everything wrong with one post-segment."""
        post, cap = holding.opening.post, view.problem.policy.post_cap
        if holding.opening.half is not None and holding.row is None and not holding.unexplained:
            return  # a workday's half in which A is there and holds it, as nearly always
        if holding.unexplained:
            yield post.a, f"A角{person_text(view.problem, post.a)}不在岗，顶岗明细缺少该岗位的行"
        if len(holding.holders) > 1:
            yield "", f"一岗有{len(holding.holders)}人担任"
        for person in holding.holders:
            if person not in post.team:
                yield person, f"{person_text(view.problem, person)}不是该岗位的A角或B角"
            elif not is_present(view, holding.opening, person):
                yield person, f"{person_text(view.problem, person)}不在岗，不能担任"

        def free(person: str) -> bool:
            return is_present(view, holding.opening, person) and loads[holding.time, person] < cap

        named_himself = holding.row is not None and holding.row.stand_in == post.a
        if holding.row is not None and (free(post.a) or (named_himself and is_present(view, holding.opening, post.a))):
            yield post.a, f"A角{person_text(view.problem, post.a)}在岗且未满兼岗上限，不应有顶岗明细"
        elif holding.holders and holding.holders[0] in post.team:
            place = post.team.index(holding.holders[0])
            earlier = next((p for p in post.team[:place] if free(p)), None)
            if earlier is not None:
                yield earlier, f"应先由{person_text(view.problem, earlier)}担任，他在岗且未满兼岗上限"

    def _overloaded(self, view: RosterView, loads: Counter[tuple[Time, str]]) -> list[Finding]:
        """People who hold more posts at once than 兼岗上限."""
        cap, found = view.problem.policy.post_cap, list[Finding]()
        for (time, person), count in loads.items():
            if count > cap:
                day, kind = time[:2]
                text = f"{day_text(day)}{kind} {person_text(view.problem, person)} 同时担任{count}岗，超过兼岗上限{cap}"
                found.append(
                    Finding(Severity.MUST, self.code, text, "请改由其他B角顶岗", day, person=person, amount=count - cap)
                )
        return found

    def _finding(self, holding: Holding, text: str, person: str, advice: str = "请按A角、B角的顺序安排") -> Finding:
        opening = holding.opening
        what = f"{day_text(opening.day)}{opening.line or ''}{opening.name} {opening.post.name}({opening.post.id})"
        return Finding(
            Severity.MUST,
            self.code,
            f"{what} {text}",
            advice,
            opening.day,
            str(opening.line or ""),
            opening.name,
            opening.post.window,
            person,
            opening.post.id,
        )
