"""All rules and tiers of a part laid down in one model."""

from zhiban.solver.building.bank import build_bank, build_leave_limits
from zhiban.solver.building.changes import build_changes
from zhiban.solver.building.demand import build_appointments, build_headcount, build_leaders
from zhiban.solver.building.law import build_caps, build_lunch, build_one_place, build_rest
from zhiban.solver.building.lone_halves import build_lone_halves
from zhiban.solver.building.pins import build_pins
from zhiban.solver.building.posts import build_posts
from zhiban.solver.building.stretches import build_stretch_limits
from zhiban.solver.bulk import add_stretches
from zhiban.solver.draft import Draft, LeaveModel
from zhiban.solver.tiers import Tier, all_tiers


def build(draft: Draft) -> list[Tier]:
    """Add every rule's clauses to a draft and state its tiers, in their order."""
    numbers = add_stretches(draft) if draft.leave_model == LeaveModel.BY_STRETCH else {}
    build_one_place(draft)
    build_headcount(draft)
    build_appointments(draft)
    build_leaders(draft)
    if draft.stretches:
        build_stretch_limits(draft, numbers)
        build_lone_halves(draft)
    else:
        build_leave_limits(draft)
    build_posts(draft)
    build_rest(draft)
    build_caps(draft)
    build_lunch(draft)
    build_bank(draft)
    build_pins(draft)
    build_changes(draft)
    return all_tiers(draft)
