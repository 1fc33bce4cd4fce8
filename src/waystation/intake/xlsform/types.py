from collections.abc import Mapping
from types import MappingProxyType

from waystation.intake.forms.form import Kind

_KINDS: dict[Kind, str] = {
    Kind.TEXT: "text|string|q string|add text prompt|phone number|barcode|add barcode prompt|"
    "q barcode|geopoint|location|gps|q geopoint|"
    "q location|add location prompt",
    Kind.INTEGER: "integer|int|q int|add integer prompt|percentage|number of days in last month|"
    "number of days in last six months|number of days in last year",
    Kind.DECIMAL: "decimal|q decimal|add decimal prompt|range",
    Kind.DATE: "date|q date|add date prompt",
    Kind.TIME: "time",
    Kind.MOMENT: "datetime|dateTime|date time|q date time|q dateTime|add date time prompt|add dateTime prompt",
    Kind.ONE: "select one",
    Kind.SEVERAL: "select all that apply|rank",
    Kind.ACKNOWLEDGE: "acknowledge|trigger|q acknowledge|add acknowledge prompt",
    Kind.NOTE: "note|q note|add note prompt",
    Kind.CALCULATED: "calculate|q calculate|add calculate prompt",
    Kind.HIDDEN: "hidden",
    Kind.START: "start|start time|get start time",
    Kind.END: "end|end time|get end time",
    Kind.TODAY: "today|get today",
}

KINDS: Mapping[str, Kind] = MappingProxyType(
    {name: kind for kind, names in _KINDS.items() for name in names.split("|")}
)
"""The kind of each type of pyxform's that is asked here. A place on a map is asked as text: latitude, longitude."""

UNSUPPORTED = frozenset({
    "photo", "image", "audio", "video", "file", "add_file_prompt", "q_picture", "q_image", "q_audio", "q_video",
    "osm", "geotrace", "geoshape", "q_geotrace", "q_geoshape", "audit", "background-audio", "background-geopoint",
    "start-geopoint", "xml-external", "csv-external", "select_one_external",
})  # fmt: skip
"""Types that XLSForm has and that are not asked here: pictures and sound, lines on a map, files beside the form."""

OF_THE_DEVICE = frozenset({
    "deviceid", "device_id", "get_device_id", "subscriberid", "subscriber_id", "get_subscriber_id", "simserial",
    "sim_id", "get_sim_id", "phonenumber", "get_phone_number", "username", "email", "imei", "uri:deviceid",
    "uri:subscriberid", "uri:simserial", "uri:phonenumber", "uri:username", "uri:email",
})  # fmt: skip
"""Types that ask a telephone who it is. That is not wanted of anybody here."""

CONSTRAINTS: Mapping[str, str] = MappingProxyType({
    "percentage": "0 <= . and . <= 100",
    "number of days in last month": "0 <= . and . <= 31",
    "number of days in last six months": "0 <= . and . <= 183",
    "number of days in last year": "0 <= . and . <= 365",
})  # fmt: skip
"""What a type itself demands. In pyxform ``phone number`` demands digits alone, without a country's plus sign: not here."""


def is_unsupported(name: str) -> bool:
    """Tell whether XLSForm knows a type that is not asked here."""
    return name.replace(" ", "_") in UNSUPPORTED | OF_THE_DEVICE
