"""The digest and the kept original of 排班明细."""

from zhiban.io.roster_digest import DIGEST_ITEM, ORIGINAL_ITEM, digest_of, packed, unpacked
from zhiban.model.roster import Outcome


def _info(outcome: Outcome) -> dict[str, str]:
    rows = outcome.roster.duties
    pieces = {f"{ORIGINAL_ITEM}{n}": piece for n, piece in enumerate(packed(rows), 1)}
    return {DIGEST_ITEM: digest_of(rows), **pieces}


def test_the_order_of_rows_does_not_matter(small_outcome: Outcome) -> None:
    rows = small_outcome.roster.duties
    assert digest_of(rows) == digest_of(reversed(rows)) != digest_of(rows[1:])


def test_the_original_comes_back(small_outcome: Outcome) -> None:
    rows = unpacked(_info(small_outcome))
    assert rows is not None and sorted(rows) == sorted(small_outcome.roster.duties)


def test_a_damaged_original_is_none(small_outcome: Outcome) -> None:
    info = _info(small_outcome)
    first = f"{ORIGINAL_ITEM}1"
    for damaged in (info[first][:200], info[first][8:], "？" * 10, ""):
        assert unpacked(info | {first: damaged}) is None
    assert unpacked(info | {DIGEST_ITEM: "0" * 64}) is None
    assert unpacked({DIGEST_ITEM: info[DIGEST_ITEM]}) is None


def test_an_empty_roster_has_an_original_too() -> None:
    pieces = {f"{ORIGINAL_ITEM}{n}": piece for n, piece in enumerate(packed(()), 1)}
    assert unpacked({DIGEST_ITEM: digest_of(()), **pieces}) == ()


def test_every_piece_fits_a_cell(small_outcome: Outcome) -> None:
    many = small_outcome.roster.duties * 60
    assert max(map(len, packed(many))) < 32_767
