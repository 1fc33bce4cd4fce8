"""The same simulation on other machines: a thin layer over Dask, which is loaded only when a scheduler is named."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from waystation.engine.simulation.tasks import Material, Result, Runner, Task, do
from waystation.kernel import BadInputError

_PATIENCE = "10s"


def on_cluster(client: Any) -> Runner:
    """Return a runner that does every task on the workers of a Dask client.

    A task whose worker is lost is done again elsewhere; its random numbers are counted, so it comes to the same.
    """

    def run(tasks: Sequence[Task], materials: Sequence[Material]) -> Iterator[tuple[int, Result]]:
        from distributed import as_completed

        sent = [client.scatter(material, broadcast=True) for material in materials]
        futures = {
            client.submit(do, task, sent[task.material], pure=False, retries=3): number
            for number, task in enumerate(tasks)
        }
        try:
            for future, result in as_completed(list(futures), with_results=True):  # type: ignore[no-untyped-call]
                yield futures[future], result
        finally:
            client.cancel(list(futures))

    return run


@contextmanager
def connected(address: str | None) -> Iterator[Runner | None]:
    """Connect to a scheduler for as long as the simulation takes; None without an address.

    Raises
    ------
    BadInputError
        If Dask is not installed, or nobody answers at the address.
    """
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError as error:
        message = "--scheduler needs the extra 'cluster': pip install 'waystation[cluster]'"
        raise BadInputError(message) from error
    try:
        client = Client(address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        message = f"no scheduler answers at {address!r}; write an address such as tcp://127.0.0.1:8786"
        raise BadInputError(message) from error
    with client:
        yield on_cluster(client)
