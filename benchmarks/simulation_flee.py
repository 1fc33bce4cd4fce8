"""Flee on the Mali network of `examples/mali`, in a process of its own: it keeps its settings and its chance in globals.

Prints one JSON object: agents, days, agent-days a second of processor time, and how many have reached a camp.
"""

import contextlib
import io
import json
import random
import sys
import tempfile
from pathlib import Path
from time import process_time

import numpy as np

AGENTS, DAYS = 5000, 60


def main() -> None:
    """Run Flee with its defaults, everybody starting in Kidal on the first day."""
    from waystation.formats.flee import flee_files, to_flee
    from waystation.formats.reader import read_folder

    reading = read_folder(Path("examples/mali"))
    assert reading.network is not None
    exported = to_flee(reading.network, reading.tables).network
    assert exported is not None
    files = flee_files(exported)
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002 - Flee draws from the global generators
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        for name, text in files.items():
            (Path(folder) / name).write_bytes(text)
        settings = Path(folder) / "simsetting.yml"
        settings.write_text(
            "log_levels: {agent: 0}\nspawn_rules: {take_from_population: false}\nmove_rules: {}\n", "utf-8"
        )
        found = _run(Path(folder), settings)
    json.dump(found, sys.stdout)


def _run(folder: Path, settings: Path) -> dict[str, float]:
    from flee import InputGeography, flee
    from flee.SimulationSettings import SimulationSettings

    SimulationSettings.ReadFromYML(str(settings))
    ecosystem, geography = flee.Ecosystem(), InputGeography.InputGeography()
    geography.ReadLocationsFromCSV(str(folder / "locations.csv"))
    geography.ReadLinksFromCSV(str(folder / "routes.csv"))
    geography.ReadClosuresFromCSV(str(folder / "closures.csv"))
    ecosystem, places = geography.StoreInputGeographyInEcosystem(ecosystem)
    for _ in range(AGENTS):
        ecosystem.addAgent(location=places["Kidal"], attributes={})
    begun = process_time()
    for day in range(DAYS):
        ecosystem.enact_border_closures(day)
        ecosystem.evolve()
    seconds = process_time() - begun
    arrived = sum(getattr(agent.location, "camp", False) for agent in ecosystem.agents)
    return {"agents": AGENTS, "days": DAYS, "rate": AGENTS * DAYS / seconds, "in_camps": float(arrived)}


if __name__ == "__main__":
    main()
