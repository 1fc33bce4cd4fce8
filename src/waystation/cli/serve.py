import threading
import webbrowser
from pathlib import Path

import click

LOWEST_IDLE, HIGHEST_IDLE = 5, 3600


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of this device's files.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port on 127.0.0.1; any free one if left out.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.option(
    "--idle", type=click.IntRange(LOWEST_IDLE, HIGHEST_IDLE), default=300, show_default=True, help="Lock after seconds."
)
@click.option("--demo", is_flag=True, help="Fill a throw-away folder with an invented organisation.")
def serve(data: Path | None, port: int | None, no_browser: bool, idle: int, demo: bool) -> None:
    """Open the private application on this machine.

    It answers on 127.0.0.1 alone. Everything it keeps is encrypted, in your
    user data folder or in --data. Ctrl-C stops it.

    Exit status: 0 stopped, 2 the port or the folder cannot be used.

    Example: waystation serve --data ~/waystation
    """
    from waystation.config.serving.start import serve_demo, serve_folder

    def say(line: str) -> None:
        click.echo(line)

    def opened(address: str) -> None:
        if not no_browser:  # in a thread: a browser of the terminal would keep it
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    if demo:
        if data is not None:
            raise click.UsageError("--demo makes a folder of its own; leave --data out")
        serve_demo(port=port or 0, idle_seconds=idle, say=say, opened=opened)
    else:
        serve_folder(data, port=port or 0, idle_seconds=idle, say=say, opened=opened)
