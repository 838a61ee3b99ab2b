"""Every sheet and column of the workbooks, stated once; reader, template, documentation and error texts come from here."""

from zhiban.io.machine_sheets import MACHINE_SHEETS

__all__ = ["MACHINE_SHEETS"]
