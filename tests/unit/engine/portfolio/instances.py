from itertools import product

import numpy as np

from waystation.engine.portfolio.instance import Instance


def random_instance(seed: int, units: int = 6, columns: int = 3, rows: int = 4, promised: int = 0) -> Instance:
    chance = np.random.default_rng(seed)
    made = [
        [
            (
                float(chance.uniform(0.5, 4.0)),
                {int(r): float(chance.uniform(0.2, 3.0)) for r in chance.choice(rows, 2, False)},
            )
            for _ in range(int(chance.integers(1, columns + 1)))
        ]
        for _ in range(units)
    ]
    return Instance.of(made, chance.uniform(2.0, 5.0, rows).tolist(), [u < promised for u in range(units)])


def best_by_trying_all(instance: Instance) -> tuple[int, float]:
    """Most promises that can be kept, and the most value with as many."""
    best = (-1, -1.0)
    options = [[-1, *range(instance.first[u], instance.first[u + 1])] for u in range(instance.units)]
    for choice in product(*options):
        chosen = np.array(choice)
        if (instance.load(chosen) <= instance.capacity + 1e-9).all():
            kept = int((instance.promised & (chosen >= 0)).sum())
            best = max(best, (kept, float(instance.value[chosen[chosen >= 0]].sum())))
    return best
