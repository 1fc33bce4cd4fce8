import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from waystation.formats import read_folder
from waystation.formats.example import EXAMPLE
from waystation.formats.graphml import to_graphml

Write = Callable[[dict[str, str]], Path]
NS = "{http://graphml.graphdrawing.org/xmlns}"


def graph(folder: Path) -> ET.Element:
    return ET.fromstring("".join(to_graphml(read_folder(folder).tables)))


def test_it_is_a_directed_graph_of_places_and_legs(write: Write) -> None:
    root = graph(write(EXAMPLE))
    assert root.tag == f"{NS}graphml"
    network = root.find(f"{NS}graph")
    assert network is not None
    assert network.get("edgedefault") == "directed"
    assert [node.get("id") for node in network.iter(f"{NS}node")] == ["A", "B", "C"]
    edges = [(edge.get("id"), edge.get("source"), edge.get("target")) for edge in network.iter(f"{NS}edge")]
    assert edges == [("ab", "A", "B"), ("bc", "B", "C")]
    assert [data.text for data in network.findall(f"{NS}data")] == ["Three places", "2026-11-20"]


def test_every_value_has_a_declared_key_of_its_type(full: dict[str, str], write: Write) -> None:
    root = graph(write(full))
    keys = {key.get("id"): key for key in root.iter(f"{NS}key")}
    read: dict[str, Callable[[str], object]] = {
        "string": str,
        "boolean": {"true": True, "false": False}.__getitem__,
        "int": int,
        "double": float,
    }
    for what in ("graph", "node", "edge"):
        for element in root.iter(f"{NS}{what}"):
            for data in element.findall(f"{NS}data"):
                key = keys[data.get("key")]
                assert key.get("for") == what
                read[str(key.get("attr.type"))](data.text or "")
    types = {key.get("attr.name"): key.get("attr.type") for key in keys.values() if key.get("for") == "edge"}
    assert (types["km"], types["night"], types["largest_party"], types["mode"]) == (
        "double",
        "boolean",
        "int",
        "string",
    )
    assert not {"id", "from", "to", "note"} & set(types)


def test_several_legs_between_two_places_are_several_edges(write: Write) -> None:
    texts = dict(EXAMPLE)
    texts["legs.csv"] += "bc2,B,C,foot,2,2,2,,,,,\n"
    edges = [edge for edge in graph(write(texts)).iter(f"{NS}edge") if edge.get("source") == "B"]
    assert [edge.get("id") for edge in edges] == ["bc", "bc2"]


@pytest.mark.parametrize("name", ["<node id='x'>&amp;</node>", "]]>", "\ufffe", "한국", "a\u0085b"])
def test_text_of_any_kind_stays_xml(write: Write, name: str) -> None:
    texts = dict(EXAMPLE)
    texts["places.csv"] = texts["places.csv"].replace("A house on the way", name)
    texts["network.toml"] = texts["network.toml"].replace("Three places", name)
    root = graph(write(texts))
    found = [data.text for data in root.iter(f"{NS}data") if data.get("key") in {"n_name", "g_name"}]
    shown = name.replace("\ufffe", "\ufffd")
    assert found == [shown, "Where they are", shown, "Where they are safe"]
    assert [node.get("id") for node in root.iter(f"{NS}node")] == ["A", "B", "C"]
