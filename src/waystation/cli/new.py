import json
from pathlib import Path

import click

from waystation.formats import new_folder


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs instead of a sentence.")
def new(folder: Path, as_json: bool) -> None:
    """Write an empty network folder that explains itself.

    FOLDER must not exist yet, or be empty. Afterwards 'waystation check
    FOLDER' names what has to be filled in.

    Exit status: 0 done, 2 the folder cannot be written.

    Example: waystation new routes
    """
    new_folder(folder)
    name = click.format_filename(folder)
    files = sorted(entry.name for entry in folder.iterdir())
    if as_json:
        click.echo(json.dumps({"folder": name, "files": files}, ensure_ascii=False, indent=2))
    else:
        click.echo(
            f"wrote {name} with {len(files)} files; fill them in (README.txt explains), then: waystation check {name}"
        )
