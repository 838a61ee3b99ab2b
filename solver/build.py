"""All rules and tiers of a part laid down in one model."""

from zhiban.solver.bulk import add_stretches
from zhiban.solver.decisions import LeaveModel
from zhiban.solver.draft import Draft
from zhiban.solver.rule import catalogue
from zhiban.solver.tiers import Tier, all_tiers


def build(draft: Draft) -> list[Tier]:
    """Add the clauses of every rule of the catalogue to a draft and state its tiers, in their order."""
    if draft.leave_model == LeaveModel.BY_STRETCH:
        add_stretches(draft)
    for rule in catalogue():
        rule.build(draft)
    return all_tiers(draft)
