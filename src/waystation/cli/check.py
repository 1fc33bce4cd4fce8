import json
from dataclasses import asdict
from pathlib import Path

import click

from waystation.cli.folder import BAD_INPUT
from waystation.formats import Fault, FolderTables, Reading, read_folder

_COUNTED = ("place", "leg", "condition", "observation", "partner", "group", "traveller", "outcome")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs instead of lines.")
@click.pass_context
def check(ctx: click.Context, folder: Path, as_json: bool) -> None:
    """Report every fault of a network folder, all at once.

    One fault a line: file:line:column: what is wrong; what would be right.
    Warnings name what is no fault but would surprise.

    Exit status: 0 no fault, 2 faults.

    Example: waystation check examples/family-of-five
    """
    reading = read_folder(folder)
    if as_json:
        click.echo(json.dumps(_document(folder, reading), ensure_ascii=False, indent=2))
    else:
        _print(folder, reading)
    if reading.faults:
        ctx.exit(BAD_INPUT)


def _document(folder: Path, reading: Reading) -> dict[str, object]:
    return {
        "folder": click.format_filename(folder),
        "faults": [asdict(fault) for fault in reading.faults],
        "warnings": [asdict(warning) for warning in reading.warnings],
        "rows": {sheet.table.file: len(sheet.rows) for sheet in reading.tables},
    }


def _print(folder: Path, reading: Reading) -> None:
    for fault in reading.faults:
        click.echo(str(fault))
    if reading.faults:
        click.echo(_summary(reading.faults), err=True)
        return
    for warning in reading.warnings:
        click.echo(f"{warning.file}:{warning.line}:{warning.column}: warning: {warning.what}; {warning.right}")
    click.echo(
        f"{click.format_filename(folder)}: {_counts(reading.tables)}; no faults, {_number(len(reading.warnings), 'warning')}"
    )


def _summary(faults: tuple[Fault, ...]) -> str:
    return f"{_number(len(faults), 'fault')} in {_number(len({fault.file for fault in faults}), 'file')}"


def _counts(tables: FolderTables) -> str:
    numbers = {name: len({*tables[f"{name}s.csv"].ids()}) for name in _COUNTED}
    return ", ".join(_number(number, name) for name, number in numbers.items() if number)


def _number(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
