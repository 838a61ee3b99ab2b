"""Standard output as a terminal shows it."""

from rich.console import Console

WIDE = 160
"""Columns of an output that is no terminal: nothing is folded for a width nobody has."""


class Terminal(Console):
    """A console that leaves it to the entry point what a reader gone away (`| head`) means."""

    def on_broken_pipe(self) -> None:
        """Rich would end the program with exit code 1, which says here that the input has errors."""
        raise BrokenPipeError


def terminal() -> Terminal:
    """Standard output: colours on a terminal only, as wide as the terminal, or else never folded."""
    plain = Terminal(highlight=False)
    return plain if plain.is_terminal else Terminal(highlight=False, width=WIDE)
