"""Everything that can go wrong, as a tree; each knows the exit code of `commands`.

ZhibanError
├── InputError            1   the input has errors (all of them at once)
├── UsageError            2
├── ContradictionError    4   pins or frozen rows against the law or each other
├── NoRosterError         5   no roster within the time limit
└── DisagreementError    70   the verifier disagreed with the solver: a bug
"""

from dataclasses import dataclass

from zhiban.model.roster import Finding


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong with (or worth saying of) the input.

    `sheet` and `row` (worksheet row, 0: none) and `column` (its header) name the cell, `value` is what stands there,
    `text` what is wrong, `advice` what to type instead. `weight`: 错误, 提醒 or 提示.
    """

    sheet: str
    row: int
    column: str
    value: str
    text: str
    advice: str = ""
    weight: str = "错误"
    cell: str = ""
    """Sheet and cell as people write it, 人员!C7; filled by the reader, which knows the columns' places."""


class ZhibanError(Exception):
    """Root of all errors that a user is told about without a traceback."""

    exit_code = 70


class InputError(ZhibanError):
    """The input has errors; `complaints` holds every one of them, in sheet order."""

    exit_code = 1

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__("；".join(c.text for c in complaints[:3]))
        self.complaints = complaints


class UsageError(ZhibanError):
    """The command's words are off."""

    exit_code = 2


class ContradictionError(ZhibanError):
    """Pins or frozen rows that contradict the law or each other; `clash` is a set from which none can be left out."""

    exit_code = 4

    def __init__(self, clash: list[str]) -> None:
        super().__init__("；".join(clash))
        self.clash = clash


class NoRosterError(ZhibanError):
    """No roster was found within the time limit."""

    exit_code = 5


class DisagreementError(ZhibanError):
    """The verifier found a breach, or other tier values than the solver: a bug, nothing is written."""

    exit_code = 70

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("；".join(f"{f.code} {f.text}" for f in findings[:5]))
        self.findings = findings
