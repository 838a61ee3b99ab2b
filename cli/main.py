"""The entry point: finds the commands, runs one, and turns every error into Chinese words and an exit code."""

import ast
import gc
import importlib
import io
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from zhiban.cli.telling import tell

FOLDER = Path(__file__).parent
SUFFIX = "_cmd"
ORDER = ("sample", "template", "check", "solve", "resolve", "explain", "admit", "export", "calendar", "batch")
"""The commands as the help lists them; others follow by name."""


class CommandFolder(click.Group):
    """The commands of this folder, one a file `<name>_cmd.py` with a Click command `command`; imported when run.

    The help of a command is read from its file's text, so that `zhiban --help` imports none of them.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of work."""
        names = [path.stem.removesuffix(SUFFIX) for path in FOLDER.glob(f"*{SUFFIX}.py")]
        return sorted(names, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"zhiban.cli.{cmd_name}{SUFFIX}").command
        command.options_metavar = "[选项]"
        for param in command.params:
            if isinstance(param.type, click.Path):
                param.metavar = param.metavar or "文件"
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with a line about each."""
        with formatter.section("命令"):
            formatter.write_dl([(name, short_help(name)) for name in self.list_commands(ctx)])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, then the options."""
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        found = [CompletionItem(name, help=short_help(name)) for name in names]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the program; ends it with the exit code of `commands`, never with a traceback."""
        for stream in (sys.stdout, sys.stderr):
            speak_utf8(stream)
        words = args[0] if args else options.get("args")
        as_json = "--json" in (sys.argv[1:] if words is None else words)
        options.update(prog_name="zhiban", standalone_mode=False)
        try:
            result = super().main(*args, **options)
            code = result if isinstance(result, int) else 0
            sys.stdout.flush()
        except BrokenPipeError:
            code = _silenced()
        except Exception as error:
            code = tell(error, as_json=as_json)
        sys.exit(code)


@lru_cache
def short_help(name: str) -> str:
    """What a command's file says as `help=` of its decorator, up to the first full stop."""
    tree = ast.parse((FOLDER / f"{name}{SUFFIX}.py").read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "click.command":
            texts = [word.value for word in node.keywords if word.arg == "help"]
            if texts and isinstance(texts[0], ast.Constant):
                return str(texts[0].value).partition("。")[0]
    return ""


def speak_utf8(stream: object) -> None:
    """Chinese text on whatever console there is; a character that cannot be shown never ends the program."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _silenced() -> int:
    """The reader of our output has gone (`zhiban … | head`): nothing more can be said, and that is no error of ours."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


@click.group(
    cls=CommandFolder,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="政务服务中心值班排班：周末、节假日、午间值班，预约承办，领导带班，调休与顶岗。",
    epilog="每条命令的说明：zhiban 命令 --help。",
)
@click.version_option(package_name="zhiban", message="%(prog)s %(version)s", help="显示版本。")
def cli() -> None:
    """The whole program."""


YOUNG_OBJECTS = 2_000_000
"""How many new objects bring a collection of garbage: rows and cells are many, live to the end and hold no cycles."""


def main() -> None:
    """Entry point of the script `zhiban`."""
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)
    try:
        cli.main()
    except KeyboardInterrupt as interrupt:
        sys.exit(tell(interrupt, as_json=False))
