"""The rules of the house that a machine can see: floors, purity, size, and a test beside every module."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter import cli as import_linter

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "waystation"
DECLARATIONS = {"__init__.py", "apps.py", "settings.py"}
"""Files that only declare: their mistakes show in everything that stands on them."""
MODULES = sorted(
    path for path in SOURCE.rglob("*.py") if path.name not in DECLARATIONS and path.parent.name != "migrations"
)
PURE = [path for path in MODULES if path.relative_to(SOURCE).parts[0] in {"engine", "kernel"}]
MOST_LINES = 400

TESTED_ELSEWHERE: frozenset[str] = frozenset()
"""Modules without a test file of the same name. Each is data alone or is tested through what stands on it; keep it short."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_import_contract_holds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status = import_linter.lint_imports(cache_dir=str(tmp_path))
    assert status == 0, capsys.readouterr().out


def test_no_room_of_the_house_is_left_out_of_the_floors() -> None:
    rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    floors = re.search(
        r'containers = \["waystation"\]\nlayers = \[(.*)\]', (ROOT / "pyproject.toml").read_text("utf-8")
    )
    assert floors is not None
    assert rooms == set(re.findall(r"\w+", floors[1]))


def test_planning_loads_neither_django_nor_a_model_checker() -> None:
    program = (
        "import importlib, pkgutil, sys\n"
        "for room in ('kernel', 'engine', 'intake', 'formats', 'briefs', 'vault'):\n"
        "    package = importlib.import_module(f'waystation.{room}')\n"
        "    for found in pkgutil.walk_packages(package.__path__, f'waystation.{room}.'):\n"
        "        importlib.import_module(found.name)\n"
        "for command in ('main', 'new', 'check', 'plan', 'compare', 'learn', 'import_', 'export', 'simulate'):\n"
        "    importlib.import_module(f'waystation.cli.{command}')\n"
        "print(*sorted({'django', 'stormpy'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout.strip()) == ("", "")


def seeded_generators(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the ``np.random`` of every ``np.random.default_rng(seed)`` and of every type ``np.random.Generator``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "Generator":
            yield node.value
        if not (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "default_rng"
        ):
            continue
        if node.args and isinstance(node.args[0], ast.Name):
            yield node.func.value


def impurities(tree: ast.AST) -> Iterator[str]:
    """Yield what asks the machine for the time, for chance, for a file or for the screen.

    A generator made from a seed that came in as an argument is no chance of the machine's.
    """
    seeded = set(map(id, seeded_generators(tree)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}:
            yield f"{node.lineno}: .{node.attr}"
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "np.random" and id(node) not in seeded:
            yield f"{node.lineno}: np.random"
        if isinstance(node, ast.Name) and node.id in {"open", "print", "input", "exec", "eval"}:
            yield f"{node.lineno}: {node.id}"
        if isinstance(node, ast.Global):
            yield f"{node.lineno}: global"


@pytest.mark.parametrize("path", PURE, ids=name_of)
def test_the_engine_is_pure(path: Path) -> None:
    assert list(impurities(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "text",
    [
        "date.today()",
        "datetime.now()",
        "np.random.default_rng()",
        "np.random.default_rng(7)",
        "np.random.normal()",
        "open('x')",
        "print(1)",
    ],
)
def test_an_impure_line_is_seen(text: str) -> None:
    assert list(impurities(ast.parse(text)))


@pytest.mark.parametrize("text", ["np.random.default_rng(seed)", "def f(rng: np.random.Generator): pass"])
def test_a_generator_with_a_seed_is_pure(text: str) -> None:
    assert list(impurities(ast.parse(text))) == []


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    files = [path for folder in ("src", "tests", "benchmarks", "scripts") for path in (ROOT / folder).rglob("*.py")]
    long = {name_of(path): lines for path in files if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES}
    assert long == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert [name_of(path) for path in SOURCE.rglob("*") if path.stem.strip("_") in vague] == []


def test_every_module_has_a_test_of_its_name() -> None:
    without = {
        name_of(path)
        for path in MODULES
        if not (ROOT / "tests" / "unit" / path.relative_to(SOURCE)).with_name(f"test_{path.name}").exists()
    }
    assert sorted(without - TESTED_ELSEWHERE) == [], "write a test file of the same name, or list it with its reason"
    assert sorted(TESTED_ELSEWHERE - without) == [], "these have a test by now, or are gone: take them off the list"
