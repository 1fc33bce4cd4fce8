"""A network for graph programs (Gephi, networkx, igraph, yEd): GraphML, a directed multigraph with typed attributes."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from waystation.formats.attributes import Attribute, Plain, attributes, rows_of
from waystation.formats.rows import FolderTables

_TYPES = {str: "string", bool: "boolean", int: "int", float: "double"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_SCHEMA = "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"
_ENDS = frozenset({"from", "to"})
"""Columns of a leg that an edge says by itself."""


def to_graphml(tables: FolderTables) -> Iterator[str]:
    """Yield the text of a graph whose nodes are the places and whose edges are the legs of a folder without faults.

    Their ids are those of the folder. Each column of places.csv and legs.csv is an attribute with its type; where nothing is
    said, the attribute is missing. Several legs from place to place are several edges.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<graphml xmlns="{_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    yield f' xsi:schemaLocation="{_NAMESPACE} {_SCHEMA}">\n'
    nodes = _keyed("node", "places.csv", frozenset({"id"}))
    edges = _keyed("edge", "legs.csv", _ENDS | {"id"})
    yield '  <key id="g_name" for="graph" attr.name="name" attr.type="string"/>\n'
    yield '  <key id="g_as_of" for="graph" attr.name="as_of" attr.type="string"/>\n'
    for what, keyed in (("node", nodes), ("edge", edges)):
        for key, attribute in keyed.items():
            name, kind = quoteattr(attribute.name), _TYPES[attribute.type]
            yield f'  <key id="{key}" for="{what}" attr.name={name} attr.type="{kind}"/>\n'
    yield '  <graph id="network" edgedefault="directed">\n'
    yield _data("g_name", tables.settings["name"], 4)
    yield _data("g_as_of", tables.settings["as_of"].isoformat(), 4)
    for place in rows_of(tables, "places.csv"):
        yield f"    <node id={_quoted(place['id'])}>\n{_all_data(place, nodes)}    </node>\n"
    for leg in rows_of(tables, "legs.csv"):
        ends = f"source={_quoted(leg['from'])} target={_quoted(leg['to'])}"
        yield f"    <edge id={_quoted(leg['id'])} {ends}>\n{_all_data(leg, edges)}    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def _keyed(what: str, file: str, without: frozenset[str]) -> dict[str, Attribute]:
    return {f"{what[0]}_{each.name}": each for each in attributes(file) if each.name not in without}


def _all_data(row: dict[str, Plain], keyed: dict[str, Attribute]) -> str:
    return "".join(_data(key, row[attribute.name], 6) for key, attribute in keyed.items())


def _data(key: str, value: Plain, indent: int) -> str:
    if value is None or value == "":
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'{" " * indent}<data key="{key}">{escape(_xml(text))}</data>\n'


def _quoted(value: Plain) -> str:
    return quoteattr(_xml(str(value)))


def _xml(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
