import signal
import sys
from importlib import import_module
from keyword import iskeyword

import click

from waystation import __version__
from waystation.kernel import BadInputError, BrokenPromiseError, RuleRefusedError

COMMANDS = {
    "new": "Write an empty network folder with explanations.",
    "check": "Report every fault of a network folder.",
    "plan": "Plan a group's journey, and write the brief.",
    "select": "Decide which groups go now, and why not the others.",
    "compare": "Set two answers side by side, and say what changed.",
    "learn": "Learn the risks of legs and partners from outcomes and judgement.",
    "simulate": "Replay a plan, or look years ahead with a whole organisation.",
    "import": "Make a network folder from another program's files.",
    "export": "Write a network for other programs, or a journey for a model checker.",
    "serve": "Open the private application on this machine.",
    "audit": "Check the log: nothing changed, taken out, put in or cut off.",
    "backup": "Back up the store and the keyring, each into one age file.",
    "restore": "Restore a backup into an empty folder.",
    "drill": "Restore the newest backup into a temporary place, count and compare.",
    "bundle": "Send records to another office in one file, or take in theirs.",
    "travel": "Take the keys off this device before a journey, and put them back.",
    "device": "Carry your own keys to another machine of the organisation.",
}
"""Each command is the object of the same name in the module of the same name, imported when it is called.

A name that is a word of Python's own has an underscore behind it there.
"""

BROKEN_PROMISE = 70
INTERRUPTED = 130


class Commands(click.Group):
    """The commands, imported one at a time so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"waystation.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="waystation")
def cli() -> None:
    """Plan journeys of people at risk to safety.

    \b
    Exit status: 0 done, 1 no plan exists, 2 bad input (every fault is named),
    3 refused by a rule.

    Example: waystation plan examples/family-of-five --group family
    """  # noqa: D301 - click needs the backspace itself


def main() -> None:
    """Run the command and end the process with its exit status.

    A closed pipe (``waystation plan ... | head``) ends it quietly, as it ends other programs; Ctrl-C ends it with status 130.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        sys.exit(cli.main(prog_name="waystation", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _fail("interrupted; nothing was half written", INTERRUPTED)
    except BadInputError as error:
        _fail(str(error), 2)
    except RuleRefusedError as error:
        _fail(str(error), 3)
    except BrokenPromiseError as error:
        _fail(f"the program failed its own check; please report it: {error}", BROKEN_PROMISE)


def _fail(message: str, status: int) -> None:
    click.echo(f"waystation: {message}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
