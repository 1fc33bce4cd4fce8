"""Names of countries as they are written in Flee's files, and their ISO 3166-1 codes."""

import re

_NAMES = """
AF Afghanistan; AL Albania; DZ Algeria; AD Andorra; AO Angola; AG Antigua_and_Barbuda; AR Argentina; AM Armenia;
AU Australia; AT Austria; AZ Azerbaijan; BS Bahamas; BH Bahrain; BD Bangladesh; BB Barbados; BY Belarus; BE Belgium;
BZ Belize; BJ Benin; BT Bhutan; BO Bolivia; BA Bosnia_and_Herzegovina, Bosnia; BW Botswana; BR Brazil; BN Brunei;
BG Bulgaria; BF Burkina_Faso; BI Burundi; CV Cape_Verde, Cabo_Verde; KH Cambodia; CM Cameroon; CA Canada;
CF Central_African_Republic, CAR; TD Chad; CL Chile; CN China; CO Colombia; KM Comoros;
CG Republic_of_the_Congo, Congo, Republic_of_Congo, Congo-Brazzaville;
CD Democratic_Republic_of_the_Congo, DRC, DR_Congo, Democratic_Republic_of_Congo, Congo-Kinshasa; CR Costa_Rica;
CI Cote_d'Ivoire, Côte_d'Ivoire, Ivory_Coast, Cote_d_Ivoire; HR Croatia; CU Cuba; CY Cyprus; CZ Czechia, Czech_Republic;
DK Denmark; DJ Djibouti; DM Dominica; DO Dominican_Republic; EC Ecuador; EG Egypt; SV El_Salvador;
GQ Equatorial_Guinea; ER Eritrea; EE Estonia; SZ Eswatini, Swaziland; ET Ethiopia; FJ Fiji; FI Finland; FR France;
GA Gabon; GM Gambia, The_Gambia; GE Georgia; DE Germany; GH Ghana; GR Greece; GD Grenada; GT Guatemala; GN Guinea;
GW Guinea-Bissau, Guinea_Bissau; GY Guyana; HT Haiti; HN Honduras; HU Hungary; IS Iceland; IN India; ID Indonesia;
IR Iran; IQ Iraq; IE Ireland; IL Israel; IT Italy; JM Jamaica; JP Japan; JO Jordan; KZ Kazakhstan; KE Kenya;
KI Kiribati; XK Kosovo; KW Kuwait; KG Kyrgyzstan; LA Laos; LV Latvia; LB Lebanon; LS Lesotho; LR Liberia; LY Libya;
LI Liechtenstein; LT Lithuania; LU Luxembourg; MG Madagascar; MW Malawi; MY Malaysia; MV Maldives; ML Mali; MT Malta;
MH Marshall_Islands; MR Mauritania; MU Mauritius; MX Mexico; FM Micronesia; MD Moldova; MC Monaco; MN Mongolia;
ME Montenegro; MA Morocco; MZ Mozambique; MM Myanmar, Burma; NA Namibia; NR Nauru; NP Nepal; NL Netherlands;
NZ New_Zealand; NI Nicaragua; NE Niger; NG Nigeria; KP North_Korea; MK North_Macedonia, Macedonia; NO Norway; OM Oman;
PK Pakistan; PW Palau; PS Palestine, State_of_Palestine; PA Panama; PG Papua_New_Guinea; PY Paraguay; PE Peru;
PH Philippines; PL Poland; PT Portugal; QA Qatar; RO Romania; RU Russia, Russian_Federation; RW Rwanda;
KN Saint_Kitts_and_Nevis; LC Saint_Lucia; VC Saint_Vincent_and_the_Grenadines; WS Samoa; SM San_Marino;
ST Sao_Tome_and_Principe; SA Saudi_Arabia; SN Senegal; RS Serbia; SC Seychelles; SL Sierra_Leone; SG Singapore;
SK Slovakia; SI Slovenia; SB Solomon_Islands; SO Somalia; ZA South_Africa; KR South_Korea; SS South_Sudan; ES Spain;
LK Sri_Lanka; SD Sudan; SR Suriname; SE Sweden; CH Switzerland; SY Syria, Syrian_Arab_Republic; TW Taiwan;
TJ Tajikistan; TZ Tanzania; TH Thailand; TL East_Timor, Timor-Leste; TG Togo; TO Tonga; TT Trinidad_and_Tobago;
TN Tunisia; TR Turkey, Turkiye, Türkiye; TM Turkmenistan; TV Tuvalu; UG Uganda; UA Ukraine; AE United_Arab_Emirates;
GB United_Kingdom, UK; US United_States, United_States_of_America, USA; UY Uruguay; UZ Uzbekistan; VU Vanuatu;
VA Vatican; VE Venezuela; VN Vietnam, Viet_Nam; EH Western_Sahara; YE Yemen; ZM Zambia; ZW Zimbabwe
"""


def _read() -> dict[str, tuple[str, ...]]:
    entries = (entry.strip().partition(" ") for entry in _NAMES.replace("\n", " ").split(";"))
    return {code: tuple(name.strip() for name in names.split(",")) for code, _, names in entries}


def _folded(name: str) -> str:
    return re.sub(r"[\s_.'’-]+", " ", name).strip().casefold()


COUNTRY_NAMES: dict[str, tuple[str, ...]] = _read()
"""By the two letters of a country, the name Flee's files give it, and other names it is known by."""

_CODES = {_folded(name): code for code, names in COUNTRY_NAMES.items() for name in names}


def country_code(name: str) -> str | None:
    """Return the two letters of a country by its name (or by the letters themselves), None if it is not known."""
    return _CODES.get(_folded(name)) or (name.upper() if name.upper() in COUNTRY_NAMES else None)


def country_name(code: str) -> str:
    """Return a country's name as Flee's files write it; the letters themselves where no name is known."""
    return COUNTRY_NAMES[code][0] if code in COUNTRY_NAMES else code
