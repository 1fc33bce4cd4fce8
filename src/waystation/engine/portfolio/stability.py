"""How often the same groups are chosen when the beliefs are drawn anew."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from waystation.engine.journeys.doubt.posterior import evaluate
from waystation.engine.journeys.doubt.support import support_of
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.portfolio.choose import Effort, choose
from waystation.engine.portfolio.instance import Floats, Ints
from waystation.engine.portfolio.keep import Kept
from waystation.engine.portfolio.offers import Offer
from waystation.engine.portfolio.pool import Pool
from waystation.engine.portfolio.terms import Terms

_COLUMNS = 8
_QUICK = Effort(iterations=1_500, exact_columns=0, near=0.0)


def stability(pool: Pool, kept: Kept, terms: Terms, seen: Callable[[str, int, int], None]) -> Floats:
    """Return how often each unit is chosen, ``(U,)``, over draws of the beliefs.

    A belief has one value in a draw, whoever relies on it. Drawn anew is what arrives; what is used stays as believed.
    Each unit has its columns that are worth most after their price, and the one chosen.
    """
    columns = _shortlist(pool, kept)
    drawn = _Draws(terms.draws, terms.seed)
    often = np.zeros(pool.instance.units)
    ratios = np.ones((len(pool.columns), terms.draws))
    for at, j in enumerate(columns.tolist()):
        seen("beliefs", at, len(columns))
        before = sum(offer.arrive for offer in pool.columns[j])
        ratios[j] = sum(drawn.arrive(offer) for offer in pool.columns[j]) / before
    keeps = np.zeros(len(pool.columns), dtype=np.bool_)
    keeps[columns] = True
    for k in range(terms.draws):
        value = np.where(keeps, pool.instance.value * ratios[:, k], 0.0)
        told = replace(pool.instance.with_capacity(kept.capacity), value=value)
        again = choose(told, _QUICK, terms.seed)
        taken = again.chosen >= 0
        taken[taken] = value[again.chosen[taken]] > 0.0
        often += taken
    share: Floats = often / max(1, terms.draws)
    return share


def _shortlist(pool: Pool, kept: Kept) -> Ints:
    left = pool.instance.priced(kept.choice.prices.price)
    kept_columns = set(kept.choice.chosen[kept.choice.chosen >= 0].tolist())
    for unit in range(pool.instance.units):
        span = np.arange(pool.instance.first[unit], pool.instance.first[unit + 1])
        kept_columns |= set(span[np.argsort(-left[span], kind="stable")[:_COLUMNS]].tolist())
    return np.array(sorted(kept_columns), dtype=np.int64)


class _Draws:
    """One value of each belief in each draw, whoever asks for it; what an offer then leads to is counted once."""

    def __init__(self, draws: int, seed: int) -> None:
        self._draws, self._seed = draws, seed
        self._values: dict[tuple[str, str], Floats] = {}
        self._arrive: dict[int, Floats] = {}

    def arrive(self, offer: Offer) -> Floats:
        """Return the people expected to arrive in each draw, ``(K,)``."""
        if id(offer) not in self._arrive:
            setting = offer.setting
            items = setting.assumptions.items
            values = np.array(
                [self._value(str(each.kind), each.id, each.belief.mean, each.belief.weight) for each in items]
            )
            arrays = prepare(setting.process, NO_MONEY, by_region=True)
            support = support_of(setting.process, arrays, offer.course.visits, 0)
            found = evaluate(setting.process, setting.assumptions, support, values.reshape(len(items), self._draws))
            self._arrive[id(offer)] = setting.group.size * setting.safe_until * found.arrive
        return self._arrive[id(offer)]

    def _value(self, kind: str, name: str, mean: float, weight: float) -> Floats:
        key = (kind, name)
        if key not in self._values:
            words = [self._seed, *f"{kind} {name}".encode()]
            random = np.random.default_rng(words)
            drawn = random.beta(mean * weight, (1.0 - mean) * weight, size=self._draws)
            self._values[key] = np.clip(drawn, 1e-12, 1.0 - 1e-12)
        return self._values[key]
