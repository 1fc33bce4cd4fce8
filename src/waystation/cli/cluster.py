"""The same simulation on other machines: a thin layer over Dask, which is loaded only when a scheduler is named."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from waystation.engine.simulation.tasks import Material, Result, Runner, Task, do
from waystation.kernel import BadInputError

_PATIENCE = "10s"
_ATTEMPTS = 4


def on_cluster(client: Any) -> Runner:
    """Return a runner that does every task on the workers of a Dask client.

    A task whose worker is lost is done again elsewhere, and what was lost with it is sent again; its random numbers are counted,
    so it comes to the same.
    """

    def run(tasks: Sequence[Task], materials: Sequence[Material]) -> Iterator[tuple[int, Result]]:
        from distributed.client import FutureCancelledError

        open_tasks = dict(enumerate(tasks))
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                for number, result in _submit(client, open_tasks, materials):
                    del open_tasks[number]
                    yield number, result
            except FutureCancelledError:  # the last copy of the material went with a worker
                if attempt == _ATTEMPTS:
                    raise
            else:
                return

    return run


def _submit(client: Any, tasks: Mapping[int, Task], materials: Sequence[Material]) -> Iterator[tuple[int, Result]]:
    """Send the material to every worker, and yield results as they come."""
    from distributed import as_completed

    sent = client.scatter(list(materials), broadcast=True, hash=False)
    futures = {client.submit(do, task, sent[task.material], pure=False): number for number, task in list(tasks.items())}
    try:
        for future in as_completed(list(futures)):  # type: ignore[no-untyped-call]
            # Asked for one by one: if a worker dies between finishing and handing over, its result is waited for anew.
            yield futures[future], future.result()
    finally:
        client.cancel(list(futures))


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
