"""How well the matcher finds who is like whom, and how quickly: the FEBRL sets, names in three scripts, 100,000 people.

``python -m benchmarks.matching`` prints the tables and writes them to ``out/bench/matching.md``, with ``--record`` into
``docs/benchmarks.md`` too; a minute or two.
"""

import csv
import io
import sys
import tomllib
from itertools import combinations
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median, quantiles
from time import perf_counter

from tests.browser.desk_files import table
from tests.febrl import BASELINE, learn_from, load, pair_by_pair, together, weighed

from benchmarks.keeping import keep
from waystation.matching.blocks import candidate_pairs
from waystation.matching.entry import Entry, make_ready
from waystation.matching.evidence import carries_enough
from waystation.matching.people import PEOPLE, PEOPLE_WEIGHTS
from waystation.matching.register import LOOKED_AT, Register, Strength

NAMES = Path("tests/unit/matching/names.toml")
MANY = 100_000
ASKED = 300
FAMILIES = (
    "Kim",
    "Lee",
    "Park",
    "Choi",
    "Jung",
    "Kang",
    "Yoon",
    "Wang",
    "Zhang",
    "Chen",
    "Li",
    "Ahmed",
    "Hassan",
    "Khan",
    "Nguyen",
)
SYLLABLES = (
    "ji",
    "min",
    "su",
    "hyun",
    "young",
    "hee",
    "sook",
    "ok",
    "jin",
    "woo",
    "sung",
    "eun",
    "mi",
    "kyung",
    "chul",
    "ho",
)
PLACES = ("Hyesan", "Musan", "Hoeryong", "Hamhung", "Yanji", "Shenyang", "Kabul", "Herat", "Homs", "Daraa")


def febrl() -> list[str]:
    """Weights and threshold from set 2; the other sets only compared with."""
    weights, threshold = learn_from(load(2))
    lines = [
        "| set | pairs compared | baseline F1 | pair by pair F1 | together F1 | precision | recall |",
        "|---|---|---|---|---|---|---|",
    ]
    for number, baseline in BASELINE.items():
        data = load(number)
        scores = weighed(data, weights)
        alone, all_in_all = pair_by_pair(data, scores, threshold), together(data, scores, threshold)
        figures = (alone.f1, all_in_all.f1, all_in_all.precision, all_in_all.recall)
        lines.append(
            f"| febrl{number} | {len(data.pairs):,} | {baseline:.3f} | {' | '.join(f'{one:.4f}' for one in figures)} |"
        )
    return [*lines, "", f"Threshold {threshold:.1f} bits, from febrl2."]


def scripts() -> list[str]:
    """Names of invented people by name and year of birth, look-alikes of one year among them."""
    people = tomllib.loads(NAMES.read_text("utf-8"))["person"]
    register = Register(PEOPLE_WEIGHTS)
    who = {}
    for number, person in enumerate(people):
        for form, name in enumerate(person["forms"]):
            who[f"{number}-{form}"] = (number, person["script"])
            register.add(Entry(f"{number}-{form}", {"name": (name,), "born": (str(person["year"]),)}))
    lines = [
        "| names | people | ways of writing | true pairs | shown | called strong | look-alikes called strong | F1 of strong |"
    ]
    lines.append("|---|---|---|---|---|---|---|---|")
    for script in ("korean", "chinese", "arabic"):
        keys = [key for key, (_, of) in who.items() if of == script]
        said = [(who[a][0] == who[b][0], register.between(a, b).strength) for a, b in combinations(keys, 2)]
        true = sum(same for same, _ in said)
        shown = sum(same and strength is not Strength.WEAK for same, strength in said)
        right = sum(same and strength is Strength.STRONG for same, strength in said)
        wrong = sum(not same and strength is Strength.STRONG for same, strength in said)
        f1 = 2 * right / (right + wrong + true)
        count = len({who[key][0] for key in keys})
        lines.append(f"| {script} | {count} | {len(keys)} | {true} | {shown} | {right} | {wrong} | {f1:.3f} |")
    return lines


def offered() -> list[str]:
    """Of the invented people of a day at the desk, whose names are made of fourteen syllables: which pairs a person is shown."""
    register, rows = Register(PEOPLE_WEIGHTS), {}
    for row in csv.DictReader(io.StringIO(table())):
        if row["age"].isdigit():
            values = {"name": row["name"], "place": row["region"], "contact": row["answer_address"]}
            rows[row["reference"]] = Entry(row["reference"], {name: (value,) for name, value in values.items()})
            register.add(rows[row["reference"]])
    by_weight, shown = set(), set()
    for key, entry in rows.items():
        for found in register.like(entry, limit=LOOKED_AT):
            pair = (min(key, found.key), max(key, found.key))
            by_weight.add(pair)
            if carries_enough(found, PEOPLE, register.even):
                shown.add(pair)
    right = ("r007", "r150") in shown
    of = f"{len(by_weight)} pairs by weight alone, {len(shown)} that carry enough"
    place = "among them" if right else "NOT among them"
    return [
        f"{len(rows)} people, one of them entered twice: {of}; the true one is {place}, precision {right / len(shown):.3f}."
    ]


def speed() -> list[str]:
    """A register of invented people, all from a few names: harder than life."""
    register = Register(PEOPLE_WEIGHTS)
    people = [_person(number) for number in range(MANY)]
    began = perf_counter()
    for person in people:
        register.add(person)
    filled = perf_counter() - began
    times = []
    for person in people[:: MANY // ASKED]:
        began = perf_counter()
        register.like(person)
        times.append(perf_counter() - began)
    began = perf_counter()
    ready = [make_ready(person, PEOPLE) for person in people]
    pairs = len(candidate_pairs(ready))
    found = f"all pairs worth comparing: {pairs:,} in {perf_counter() - began:.0f} s"
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 2**20
    asked = f"median {median(times) * 1e3:.1f} ms, 95th percentile {quantiles(times, n=20)[-1] * 1e3:.1f} ms"
    return [
        f"{MANY:,} people in memory in {filled:.0f} s; who is like one of them: {asked}; {found}; at most {peak:.1f} GiB."
    ]


def _person(number: int) -> Entry:
    mixed = number * 2_654_435_761 % 2**32
    family, first, second = FAMILIES[mixed % 15], SYLLABLES[mixed // 15 % 16], SYLLABLES[mixed // 240 % 16]
    day = f"{1940 + mixed // 3_840 % 71}-{1 + mixed // 7 % 12:02d}-{1 + mixed // 11 % 28:02d}"
    values = {
        "name": (f"{family} {first}-{second}",),
        "born": (day if number % 3 else day[:4],),
        "place": (PLACES[mixed // 13 % 10],),
        "contact": (f"010{mixed % 10**8:08d}",) if number % 2 else (),
    }
    return Entry(str(number), values)


def main() -> None:
    """Measure, print and write."""
    lines = [*febrl(), "", *scripts(), "", *offered(), "", *speed()]
    found = "\n".join(lines) + "\n"
    keep("matching", found, recorded="--record" in sys.argv[1:])
    print(found)


if __name__ == "__main__":
    main()
