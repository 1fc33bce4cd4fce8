EXAMPLE: dict[str, str] = {
    "network.toml": """\
name = "Three places"
currency = "USD"
as_of = 2026-11-20

[sources]
GUIDE = "The guide's own example, invented"
""",
    "places.csv": """\
id,kind,name,lat,lon,stay_cost,discovery
A,origin,Where they are,40,125,,
B,safe_house,A house on the way,20,105,12.50,0.2 %
C,destination,Where they are safe,14,101,,
""",
    "conditions.csv": """\
id,name,levels,persistence
river,The river,low|high|flood,0.9
""",
    "observations.csv": """\
condition,date,level,confidence
river,2026-11-18,high,0.9
""",
    "legs.csv": """\
id,from,to,mode,days_low,days_likely,days_high,cost_person,intercepted,turned_back,intercepted_when,closed_when
ab,A,B,car,1,1,2,150,0.02,0.05,,
bc,B,C,boat,0.5,0.5,1,200,0.01,0.1,river.high=3,river.flood
""",
    "groups.csv": """\
id,place,urgency,asked_on,consent_on
F1,A,urgent,2026-10-02,2026-10-05
""",
    "travellers.csv": """\
id,group,age_band,mobility,accompanied_by,best_interests
F1a,F1,18-59,,,
F1b,F1,5-11,,F1a,assessment
""",
    "sources.csv": """\
file,row,column,source,note
legs.csv,ab,intercepted,assumed,As on comparable roads
places.csv,B,stay_cost,GUIDE,
""",
}
"""A small network folder without a fault, for the format's page and for tests: text by file name."""
