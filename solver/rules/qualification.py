"""H3: only people of the window serve it, only people who may do the item its appointments."""

from zhiban.model.kinds import Severity
from zhiban.model.problem import Problem
from zhiban.model.roster import Finding, Roster
from zhiban.solver.rule import Rule
from zhiban.solver.view import view_of
from zhiban.solver.wording import day_text, person_text, window_text


class Qualification(Rule):
    """窗口由本窗口或可顶岗该窗口的人员值守；预约由能办该事项的人员承办。"""

    code = "H3"
    name = "资格"

    def breaches(self, problem: Problem, roster: Roster) -> list[Finding]:
        """One finding per person, date, line and window, and per appointment and person."""
        view = view_of(problem, roster)
        found: dict[tuple[object, ...], Finding] = {}
        for row in view.standing + view.call_ins:
            if row.window not in problem.person[row.person].windows:
                who, where = person_text(problem, row.person), window_text(problem, row.window)
                text = f"{day_text(row.day)}{row.line} {who} 不能在 {where} 值守"
                key = (row.person, row.day, row.line, row.window)
                found.setdefault(
                    key,
                    Finding(
                        Severity.MUST,
                        self.code,
                        text,
                        "请换本窗口人员，或在人员表补可顶岗窗口",
                        row.day,
                        row.line,
                        row.segment,
                        row.window,
                        row.person,
                    ),
                )
        for serving in view.servings:
            if not problem.facts.may_serve(serving.person, serving.need, serving.window):
                who, item = person_text(problem, serving.person), serving.need.item
                text = f"{day_text(serving.day)} {who} 不能在 {window_text(problem, serving.window)} 办理{item.name}"
                found[serving.person, serving.need.id, serving.window] = Finding(
                    Severity.MUST,
                    self.code,
                    text,
                    "请换能办该事项的人员",
                    serving.day,
                    "",
                    "",
                    serving.window,
                    serving.person,
                    serving.need.id,
                )
        return list(found.values())
