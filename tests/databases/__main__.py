"""Install PostgreSQL where that can be done, or run a command against a throw-away server. Called by ``scripts/postgres``."""

import os
import shutil
import subprocess
import sys

from tests.databases.postgresql import HOW_TO, find_programs, running

USAGE = """Usage: scripts/postgres                 install PostgreSQL where this can be done (as root on Debian), else say how
       scripts/postgres run COMMAND    start a throw-away server, set DATABASE_URL, run the command; status 1 without PostgreSQL
       scripts/postgres try COMMAND    the same, but without PostgreSQL say how to install it and succeed
"""


def say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def install() -> int:
    """Install PostgreSQL from Debian's packages if this is root; otherwise say what to type. Never an error: tests skip."""
    if find_programs():
        return 0
    if os.getuid() == 0 and shutil.which("apt-get"):
        say("Installing PostgreSQL for the tests that need it: apt-get install postgresql")
        command = ["apt-get", "install", "-y", "postgresql"]
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        if subprocess.run(command, env=environment, stdout=sys.stderr, check=False).returncode:
            subprocess.run(["apt-get", "update"], stdout=sys.stderr, check=False)
            subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
    if not find_programs():
        say(f"{HOW_TO}\nUntil then the tests that need it are skipped.")
    return 0


def run(command: list[str], without: int) -> int:
    """Run a command with ``DATABASE_URL`` set to a server of its own and return its status."""
    if find_programs() is None:
        say(f"{HOW_TO}\nNot run: {' '.join(command)}")
        return without
    with running() as server:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": server.url()}, check=False).returncode


def main(arguments: list[str]) -> int:
    """Do what is asked."""
    match arguments:
        case []:
            return install()
        case ["run", *command] if command:
            return run(command, without=1)
        case ["try", *command] if command:
            return run(command, without=0)
        case _:
            say(USAGE)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
