"""A small Flee folder of invented places that uses everything its files can say."""

import pytest

LOCATIONS = """\
#name,region,country,latitude,longitude,location_type,conflict_date,population
Alder,North,Arden,10.4,20.6,conflict_zone,0,12000
Birch,North,Arden,11.2,21,town,,3000
Crossways,South,Arden,10,22,marker,,
Dell,South,Arden,9,23,conflict_zone,7,5000
Elm_Camp,West,Weir,8.5,24.5,camp,,400
Fern_Camp,West,Weir,8,25,idpcamp,,
"""
ROUTES = """\
#name1,name2,distance,forced_redirection
Alder,Birch,100,0
Birch,Crossways,50.5,
Crossways,Elm_Camp,75,0
Alder,Dell,200,
Dell,Fern_Camp,120,0
Elm_Camp,Fern_Camp,30,1
"""
CLOSURES = """\
#closure_type,name1,name2,closure_start,closure_end
country,Arden,Weir,0,10
link,Alder,Birch,5,8
camp,Elm_Camp,,0,20
location,Dell,,30,-1
remove_forced_redirection,Elm_Camp,Fern_Camp,40,0
"""


@pytest.fixture
def invented() -> dict[str, str]:
    """Return the texts of an invented Flee folder without a fault, by file name."""
    return {"locations.csv": LOCATIONS, "routes.csv": ROUTES, "closures.csv": CLOSURES}
