"""Django's own database tests, once on plain SQLite and once on the encrypted store: what fails on one alone.

``scripts/django-tests [LABEL...]`` runs them and says the difference.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "out" / "django-tests"
HOW_TO = "Django's own tests could not be fetched from the package index: is there a network?"

SPEAK_TO_A_DATABASE = """
aggregation aggregation_regress annotations backends base basic bulk_create composite_pk constraints custom_columns
custom_lookups custom_managers custom_methods custom_migration_operations custom_pk datatypes dates datetimes db_functions
db_typecasts db_utils defer defer_regress delete delete_regress distinct_on_fields empty expressions expressions_case
expressions_window extra_regress field_defaults field_subclassing filtered_relation fixtures fixtures_regress
force_insert_update foreign_object from_db_value generic_relations generic_relations_regress get_earliest_or_latest
get_object_or_404 get_or_create indexes inspectdb introspection known_related_objects lookup m2m_and_m2o m2m_intermediary
m2m_multiple m2m_recursive m2m_regress m2m_signals m2m_through m2m_through_regress m2o_recursive managers_regress
many_to_many many_to_one many_to_one_null max_lengths migrate_signals migration_test_data_persistence migrations migrations2
model_fields model_indexes model_inheritance model_inheritance_regress model_options model_regress multiple_database
mutually_referential nested_foreign_keys null_fk null_fk_ordering null_queries one_to_one or_lookups order_with_respect_to
ordering pagination prefetch_related properties proxy_model_inheritance proxy_models queries queryset_pickle raw_query
reserved_names reverse_lookup save_delete_hooks schema select_for_update select_related select_related_onetoone
select_related_regress serializers sessions_tests signals string_lookup swappable_models test_runner test_utils timezones
transaction_hooks transactions unmanaged_models update update_only_fields validation xor_lookups
"""
LABELS = SPEAK_TO_A_DATABASE.split()
"""The folders of Django's tests that speak to a database."""

MEANT = {
    "test_commit_debug_log (backends.base.test_base.DatabaseWrapperLoggingTests.test_commit_debug_log)": (
        "expects BEGIN; the store says BEGIN IMMEDIATE, so that two writers wait for each other"
    ),
    "test_default_transaction_mode (backends.sqlite.tests.TestTransactionMode.test_default_transaction_mode)": (
        "expects BEGIN; the store says BEGIN IMMEDIATE, so that two writers wait for each other"
    ),
    "test_check_database_version_supported (backends.sqlite.tests.Tests.test_check_database_version_supported)": (
        "expects the name SQLite in a message; the store says SQLCipher"
    ),
}
"""Differences that are meant, with their reasons."""

SETTINGS = """
from waystation.store.sqlcipher.key import hold_key

hold_key(bytes(range(32)))
DATABASES = {{
    name: {{
        "ENGINE": "{engine}",
        "NAME": f"{folder}/{kind}-{{name}}.db",
        "TEST": {{"NAME": f"{folder}/{kind}-test-{{name}}.db"}},
    }}
    for name in ("default", "other")
}}
SECRET_KEY = "of tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = False
"""
ENGINES = {"plain": "django.db.backends.sqlite3", "sealed": "waystation.store.sqlcipher"}


@dataclass(frozen=True)
class Outcome:
    """What one run said: how many tests ran, and which failed, by name."""

    ran: int
    failed: frozenset[str]


def locked() -> tuple[str, str]:
    """Return the version of Django in the lock file and the digest of its source."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    package = next(each for each in packages if each["name"] == "django")
    return package["version"], package["sdist"]["hash"].removeprefix("sha256:")


def fetch() -> Path:
    """Return the folder of Django's tests, fetched if it is not there.

    Raises
    ------
    ConnectionError
        If the package index does not give it.
    ValueError
        If what it gives is not what the lock file names.
    """
    version, digest = locked()
    tests = FOLDER / f"django-{version}" / "tests"
    if tests.exists():
        return tests
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = ["scripts/uv", "tool", "run", "pip", "download", "--quiet", "--no-deps", "--no-binary", "django"]
    done = subprocess.run([*command, f"django=={version}", "--dest", str(FOLDER)], cwd=ROOT, check=False)
    archive = FOLDER / f"django-{version}.tar.gz"
    if done.returncode or not archive.exists():
        raise ConnectionError(HOW_TO)
    if hashlib.sha256(archive.read_bytes()).hexdigest() != digest:
        archive.unlink()
        raise ValueError("the package index gave another Django than the lock file names")
    with tarfile.open(archive) as opened:
        opened.extractall(FOLDER, filter="data")
    return tests


def run(tests: Path, kind: str, labels: Sequence[str]) -> Outcome:
    """Run the tests on one engine, ``plain`` or ``sealed``; everything said goes to ``out/django-tests/<kind>.txt``."""
    settings = f"settings_{kind}"
    (FOLDER / f"{settings}.py").write_text(SETTINGS.format(engine=ENGINES[kind], kind=kind, folder=FOLDER), "utf-8")
    command = [sys.executable, "-W", "ignore", "runtests.py", f"--settings={settings}", "--parallel=1", "--noinput"]
    environment = os.environ | {"PYTHONPATH": str(FOLDER)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run([*command, *labels], cwd=tests, env=environment, capture_output=True, text=True, check=False)
    (FOLDER / f"{kind}.txt").write_text(done.stdout + done.stderr, "utf-8")
    return outcome(done.stderr)


def outcome(said: str) -> Outcome:
    """Read what a run said.

    Raises
    ------
    ValueError
        If it did not come to its end.
    """
    ran = re.search(r"^Ran (\d+) tests? in", said, re.MULTILINE)
    if ran is None:
        raise ValueError(f"the run broke off: {said[-1000:]}")
    return Outcome(int(ran[1]), frozenset(re.findall(r"^(?:FAIL|ERROR): (.+)$", said, re.MULTILINE)))


def compare(labels: Sequence[str] = ()) -> tuple[Outcome, Outcome]:
    """Run the tests on both engines, side by side; write ``out/django-tests/result.json``."""
    tests = fetch()
    with ThreadPoolExecutor(2) as both:
        plain, sealed = both.map(lambda kind: run(tests, kind, labels or LABELS), ("plain", "sealed"))
    found = {"plain": asdict(plain), "sealed": asdict(sealed), "difference": differences(plain, sealed)}
    (FOLDER / "result.json").write_text(json.dumps(found, indent=2, default=sorted) + "\n", "utf-8")
    return plain, sealed


def differences(plain: Outcome, sealed: Outcome) -> list[str]:
    """Return what fails on one engine alone and was not meant to."""
    return sorted((plain.failed ^ sealed.failed) - (MEANT.keys() - plain.failed))


def main(labels: Sequence[str]) -> int:
    """Run, say what was found; status 1 if the engines differ."""
    try:
        plain, sealed = compare(labels)
    except ConnectionError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    found = differences(plain, sealed)
    sys.stdout.write(
        f"plain SQLite: {plain.ran} tests, {len(plain.failed)} fail; SQLCipher: {sealed.ran} tests, {len(sealed.failed)} fail,"
        f" {len(sealed.failed & MEANT.keys())} as meant; other differences: {len(found)}\n"
    )
    sys.stdout.writelines(f"  {each}\n" for each in found)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
