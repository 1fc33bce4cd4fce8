"""A network folder that fills every file and column, and a way to spoil it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from waystation.formats import Fault, read_folder

FULL = {
    "network.toml": """\
# Written for the tests.
name = "Rivers"  # a remark
slot_hours = 12
horizon_days = 40
currency = "USD"
as_of = 2026-11-20
decimal = "."
judgement_cap = 15
near_miss_ratio = 25
near_miss_strength = 0.03
near_miss_cap = 10
x_author = "somebody"

# Published
[sources]
FACT-1 = "A book, 2020"
""",
    "places.csv": """\
# Places, by country
id,kind,name,region,country,lat,lon,beds,stay_cost,currency,discovery,discovery_weight,discovery_when,may_wait,may_stop,note,x_seen
A,origin,Here,North,CN,40,125,,0,USD,0.001,20,patrols.many=3,yes,yes,,
B,safe_house,"House, old",South,LA,18,103,6,400,THB,0.002,,,,,"Two
lines",2025
C,crossing,,,TH,17.5,102.5,,,,,,,no,no,,
D,destination,There,,KR,37,127,,,,,,,,,,
""",
    "conditions.csv": """\
id,name,levels,persistence,transitions,months,note
river,The river,low|high|flood,,0.8 0.15 0.05|0.1 0.8 0.1|0.05 0.15 0.8,6|7|8,rain
river,,low|high|flood,0.95,,,
patrols,Patrols,few|many,0.8,,,
""",
    "observations.csv": """\
condition,date,level,source,confidence
river,2026-11-18,high,G1,0.9
patrols,2026-11-01,few,,
""",
    "legs.csv": """\
id,from,to,partner,mode,km,days_low,days_likely,days_high,cost_group,cost_person,currency,intercepted,intercepted_weight,\
turned_back,turned_back_weight,intercepted_when,turned_back_when,closed_when,demand,demand_weight,demand_group,demand_person,\
demand_when,refusal,customary_party,extra_person_factor,largest_party,walk_hours,climb_m,night,not_for,dates,weekdays,\
company_risk_factor,company_price_factor,note
AB,A,B,G1,foot,120,1,1.5,3,300,150,USD,0.02,25,0.05,25,patrols.many=2|river.high=3,patrols.many=2,,0.1,10,0,50,\
patrols.many=2,longer:2,3,1.2,6,5,400,no,wheelchair|oxygen,2026-11-01..2027-03-31|2027-05-01..,mon|thu,0.7,1.3,hills
BC,B,C,,car,200,0.5,0.5,1,,100.50,USD,0.01,,,,,,,,,,,,,,,4,,,,,,,,,
CD,C,D,G1,boat,3,1,1,1,35000,,THB,0.01,,0.1,,river.high=3,,river.flood,,,,,,,,,,,,yes,,,,,,
AD,A,D,,air,,1,2,3,,,,0.5,,0.4,,,,,0.2,,100,,,back,2,1.1,,,,,,,,,,
""",
    "partners.csv": """\
id,kind,capacity_per_week,risk_factor,retainer_month,currency,vetted_until,note
G1,guide,4,0.8,500,USD,2027-06-30,kind
""",
    "groups.csv": """\
id,place,urgency,asked_on,consent_on,deadline,promised_on,together,apart,purposes,note
F1,A,urgent,2026-10-02,2026-10-05,2027-03-01,2026-10-06,T1,A1,families,by a relative
F2,B,,,2026-11-20,,,,,,
""",
    "travellers.csv": """\
id,group,age_band,mobility,needs,accompanied_by,best_interests,max_walk_hours,max_climb_m,night,note
F1a,F1,18-59,,,,,,,,leads
F1b,F1,5-11,full,,F1a,assessment,3,100,no,
F1c,F1,75+,limited,oxygen,F1a,,,,,
F2a,F2,60-74,,,,,8,,yes,
""",
    "outcomes.csv": """\
leg,date,party_size,outcome,regime,partner,levels,days,count,note
AB,2025-03-02,4,passed,before,G1,patrols.many,2.5,3,waited
AB,2025-04-02,2,turned_back,,,,,,
AB,2026-10-02,2,unknown,,,,,,
""",
    "regimes.csv": """\
id,begins,discount,legs,note
before,2019-01-01,1,,
closed,2026-01-01,0.5,AB,a border closed
""",
    "judgements.csv": """\
expert,leg,asked,silent_days,round,out_of,lowest,highest,best,sure,date,signed,note
E1,AB,intercepted,,1,100,1,6,2,80,2026-11-02,,patrols
E1,AB,intercepted,,2,,1,5,2,80,2026-11-04,E1,
E2,,silent,30,1,10,2,8,5,70,2026-11-02,,
E2,,silent,30,2,10,2,8,5,70,2026-11-05,E2,
E2,AB,demand,,1,,,,,,2026-11-02,,
""",
    "calibration.csv": """\
expert,question,chance,true,date,note
E1,Q1,0.7,yes,2026-11-02,price
E1,Q2,0.2,,2026-11-02,
""",
    "beliefs.csv": """\
subject,id,quantity,date,mean,low,high,weight,missions,events,judgement_share,judged,judged_weight,stated,stated_weight,regimes
leg,AB,intercepted,2026-11-01,0.02,0.01,0.03,25,3,0,0.5,0.02,20,0.02,25,before|closed
partner,G1,days,2026-11-01,1.2,,,4,3,3,,,,,,
""",
    "budget.csv": """\
fund,period,amount,currency,restriction,only_for,note
GENERAL,2027-Q1,12000,USD,families,families,pledged
GENERAL,2027,500000,THB,,,
""",
    "rates.csv": """\
date,base,quote,rate
2026-11-01,USD,THB,33.5
""",
    "sources.csv": """\
file,row,column,source,note
legs.csv,AB,intercepted,FACT-1,
legs.csv,AB,km,assumed,as the crow flies
places.csv,B,x_seen,FACT-1,
observations.csv,2,level,FACT-1,
network.toml,horizon_days,,assumed,as before
""",
}

Spoilt = tuple[tuple[Fault, ...], list[tuple[str, int, int]]]


@pytest.fixture
def full() -> dict[str, str]:
    """Return the texts of a folder that fills every file and column, without a fault."""
    return dict(FULL)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Return a function that writes texts as a folder."""

    def write_texts(texts: dict[str, str]) -> Path:
        folder = tmp_path / "network"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_bytes(text.encode())
        return folder

    return write_texts


@pytest.fixture
def spoil(full: dict[str, str], write: Callable[[dict[str, str]], Path]) -> Callable[..., tuple[Fault, ...]]:
    """Return a function that replaces one text of the full folder by another and gives the faults that follow."""

    def faults_after(file: str, old: str, new: str, *more: tuple[str, str, str]) -> tuple[Fault, ...]:
        for name, before, after in ((file, old, new), *more):
            assert full[name].count(before) == 1, f"{before!r} stands {full[name].count(before)} times in {name}"
            full[name] = full[name].replace(before, after)
        return read_folder(write(full)).faults

    return faults_after


@pytest.fixture
def spoil_at(full: dict[str, str], write: Callable[[dict[str, str]], Path]) -> Callable[[str, str, str], Spoilt]:
    """Return a function like ``spoil`` that also gives the places marked by ¶ in the new text, as an editor counts."""

    def faults_and_places(file: str, old: str, new: str) -> Spoilt:
        assert full[file].count(old) == 1, f"{old!r} stands {full[file].count(old)} times in {file}"
        marked = full[file].replace(old, new)
        places = []
        for number, line in enumerate(marked.split("\n"), start=1):
            pieces = line.split("¶")
            places += [(file, number, len("".join(pieces[: count + 1])) + 1) for count in range(len(pieces) - 1)]
        full[file] = marked.replace("¶", "")
        return read_folder(write(full)).faults, places

    return faults_and_places
