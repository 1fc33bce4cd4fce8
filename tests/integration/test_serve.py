"""``waystation serve`` as a person starts it: a real parent, real workers, a browser that talks HTTP."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.databases.postgresql import HOW_TO, find_programs, running
from tests.integration.served import (
    HOST,
    PASSPHRASE,
    PATIENCE,
    Served,
    environment,
    found_cheaply,
    serving,
    start,
    wait_for,
    wait_until_gone,
)

A_SECOND = 1.0


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an organisation that is set up; served by one test after the other."""
    folder = tmp_path_factory.mktemp("serve") / "data"
    found_cheaply(folder)
    return folder


@pytest.fixture
def served(founded: Path) -> Iterator[Served]:
    with serving(founded) as running:
        yield running


def serving_worker(served: Served) -> int:
    """Return the id of the worker that answers, which is the older one."""
    wait_for(lambda: len(served.workers()) == 2)
    return served.workers()[0]


def run(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "waystation.cli.main", "serve", "--no-browser", *arguments]
    return subprocess.run(program, capture_output=True, text=True, check=False, env=environment(data), timeout=PATIENCE)


def test_a_new_folder_is_set_up_from_the_first_page_to_the_last(tmp_path: Path) -> None:
    with serving(tmp_path / "new") as served:
        browser = served.browser()
        assert browser.get("/").to == "/welcome"
        browser.get("/set-up/organisation")
        wrong = browser.post("/set-up/organisation", {"organisation": "", "person": "Invented Founder"})
        assert wrong.status == 422
        assert "Invented Founder" in wrong.text
        details = {"organisation": "Invented Harbour", "person": "Invented Founder", "works_on_cases": "on"}
        assert browser.post("/set-up/organisation", details).to == "/set-up/passphrase"
        words = re.findall(r"<li><span>(\w+)</span>", browser.get("/set-up/passphrase").text)
        assert len(words) == 7
        browser.post("/set-up/passphrase", {"more": "1"})
        words = re.findall(r"<li><span>(\w+)</span>", browser.get("/set-up/passphrase").text)
        assert len(words) == 8
        assert browser.post("/set-up/repeat", {"typed": " ".join(words[1:])}).status == 422
        assert browser.post("/set-up/repeat", {"typed": " ".join(words).upper()}).to == "/set-up/shares"
        assert browser.get("/").to == "/set-up/shares"  # until the shares are confirmed, nothing else opens

        shares = printed(browser.get("/set-up/sheets").text)
        assert [len(share.split()) for share in shares] == [33] * 5
        assert browser.get("/set-up/sheets.pdf").body.startswith(b"%PDF")
        asked = [int(number) for number in re.findall(r"words of sheet (\d)", browser.get("/set-up/confirm").text)]
        assert len(set(asked)) == 2
        swapped = {"share_0": shares[asked[1] - 1], "share_1": shares[asked[0] - 1]}
        assert browser.post("/set-up/confirm", swapped).status == 422
        right = {f"share_{place}": shares[number - 1] for place, number in enumerate(asked)}
        assert browser.post("/set-up/confirm", right).to == "/set-up/done"
        assert browser.get("/").status == 200
        assert browser.get("/set-up/sheets").to == "/"  # the shares are kept nowhere

        # Locked and forgotten: three sheets and new words.
        gone = serving_worker(served)
        assert browser.post("/lock").to == "/unlock"
        wait_until_gone(gone)
        browser.get("/recover")
        typo = {f"share_{place}": shares[place] for place in range(3)} | {"share_1": shares[1].replace(" ", " x", 1)}
        assert browser.post("/recover", typo).status == 422
        assert browser.post("/recover", {f"share_{place}": shares[place + 1] for place in range(3)}).to == (
            "/recover/person"
        )
        page = browser.get("/recover/person")
        assert "Invented Founder" in page.text
        new = re.findall(r"<li><span>(\w+)</span>", page.text)
        person = re.search(r'name="person" value="([^"]+)"', page.text)
        assert person is not None
        assert browser.post("/recover/person", {"person": person[1], "typed": " ".join(new)}).to == "/"
        assert browser.get("/").status == 200
        wait_for(lambda: len(served.workers()) == 2)
        gone = served.workers()[0]
        browser.post("/lock")
        wait_until_gone(gone)
        assert browser.unlock(" ".join(words)).status == 422
        assert browser.unlock(" ".join(new)).to == "/"
    names = "Invented Harbour", "Invented Founder", *words
    content = b"".join(path.read_bytes() for path in (tmp_path / "new").rglob("*") if path.is_file())
    assert not [name for name in names if len(name) > 4 and name.encode() in content]


def printed(page: str) -> list[str]:
    """Return the shares on the page that shows them."""
    sheets = re.findall(r'<ol class="words words-share".*?</ol>', page, re.DOTALL)
    return [" ".join(re.findall(r"<span>(\w+)</span>", sheet)) for sheet in sheets]


def test_a_set_up_that_was_interrupted_goes_on_where_it_was(tmp_path: Path) -> None:
    with serving(tmp_path / "new") as served:
        browser = served.browser()
        browser.get("/set-up/organisation")
        browser.post("/set-up/organisation", {"organisation": "Invented Harbour", "person": "Invented Founder"})
        words = re.findall(r"<li><span>(\w+)</span>", browser.get("/set-up/passphrase").text)
        browser.post("/set-up/repeat", {"typed": " ".join(words)})
        first = printed(browser.get("/set-up/sheets").text)
        os.kill(serving_worker(served), signal.SIGKILL)
        again = served.browser()
        assert again.unlock(" ".join(words)).to == "/set-up/shares"
        assert again.get("/set-up/sheets").to == "/set-up/shares"
        again.get("/set-up/shares")
        again.post("/set-up/shares/renew")
        second = printed(again.get("/set-up/sheets").text)
        assert len(second) == 5
        assert not set(first) & set(second)
        os.kill(serving_worker(served), signal.SIGKILL)
        third = served.browser()
        assert third.unlock(" ".join(words)).to == "/set-up/shares"
        assert "any sheet" in third.get("/set-up/confirm").text  # printed before the interruption: any two will do
        assert third.post("/set-up/confirm", {"share_0": second[4], "share_1": second[4]}).status == 422
        assert third.post("/set-up/confirm", {"share_0": second[4], "share_1": second[0]}).to == "/set-up/done"
        assert not (tmp_path / "new" / "unconfirmed.sealed").exists()


def test_locking_ends_the_process_that_held_the_keys_and_a_fresh_one_answers(served: Served) -> None:
    browser = served.browser()
    assert browser.unlock(PASSPHRASE).to == "/"
    assert browser.get("/").status == 200
    worker = serving_worker(served)
    assert browser.post("/lock").to == "/unlock"
    assert wait_until_gone(worker) < A_SECOND
    assert browser.get("/").to == "/unlock"
    assert browser.get("/unlock").status == 200
    assert worker not in served.workers()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT], ids=lambda number: number.name)
def test_a_signal_to_the_worker_locks(served: Served, number: signal.Signals) -> None:
    browser = served.browser()
    browser.unlock(PASSPHRASE)
    worker = serving_worker(served)
    os.kill(worker, number)
    assert wait_until_gone(worker) < A_SECOND
    assert browser.get("/").to == "/unlock"
    again = served.browser()
    again.unlock(PASSPHRASE)
    assert "the system ended it" in again.get("/log?kind=locked").text


def test_a_hang_up_of_the_parent_locks(served: Served) -> None:
    browser = served.browser()
    browser.unlock(PASSPHRASE)
    worker = serving_worker(served)
    served.process.send_signal(signal.SIGHUP)
    assert wait_until_gone(worker) < A_SECOND
    assert browser.get("/").to == "/unlock"


def test_a_worker_that_was_stopped_locks_when_it_goes_on(served: Served) -> None:
    browser = served.browser()
    browser.unlock(PASSPHRASE)
    worker = serving_worker(served)
    os.kill(worker, signal.SIGSTOP)
    time.sleep(0.2)
    os.kill(worker, signal.SIGCONT)
    assert wait_until_gone(worker) < A_SECOND
    assert browser.get("/").to == "/unlock"


def test_nobody_there_locks_and_a_poll_is_nobody(founded: Path) -> None:
    with serving(founded, "--idle", "5") as served:
        browser = served.browser()
        browser.unlock(PASSPHRASE)
        worker, began = serving_worker(served), time.monotonic()
        browser.get("/")
        while time.monotonic() - began < 3.0:
            browser.get("/", X_Poll="1")
            time.sleep(0.3)
        assert wait_until_gone(worker) < 5.0 + A_SECOND
        assert browser.get("/").to == "/unlock"


def test_the_worker_ends_with_its_parent(served: Served) -> None:
    served.browser().unlock(PASSPHRASE)
    serving_worker(served)
    workers = served.workers()
    served.process.kill()
    assert max(wait_until_gone(worker) for worker in workers) < A_SECOND


def test_a_second_browser_sees_the_unlock_page_alone(served: Served) -> None:
    first, second = served.browser(), served.browser()
    first.unlock(PASSPHRASE)
    assert first.get("/").status == 200
    assert second.get("/").to == "/unlock"
    assert second.get("/unlock").status == 200
    old = dict(second.cookies)
    assert second.unlock(PASSPHRASE).to == "/"
    assert second.get("/").status == 200
    assert second.cookies[f"waystation{served.port}"] != old[f"waystation{served.port}"]


def test_a_wrong_passphrase_is_refused_and_soon_has_to_wait_even_after_the_worker_ended(served: Served) -> None:
    browser = served.browser()
    wrong = PASSPHRASE.replace("dragon", "walnut")
    worker = serving_worker(served)
    refused = 0
    while refused < 4:  # the fourth may be tried two seconds after the third, the fifth four seconds after that
        answer = browser.unlock(wrong)
        assert answer.status == 422
        refused += "opens nothing" in answer.text
    os.kill(worker, signal.SIGKILL)
    assert "Wait" in browser.unlock(PASSPHRASE).text
    wait_for(lambda: browser.unlock(PASSPHRASE).to == "/")


def test_other_hosts_and_other_sites_are_refused(served: Served) -> None:
    browser = served.browser()
    for host in (f"localhost:{served.port}", HOST, f"{HOST}:{served.port + 1}", "waystation.example", ""):
        browser.host = host or " "
        assert browser.get("/unlock").status == 400
    browser.host = ""
    assert browser.get("/unlock", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors").status == 403
    assert browser.get("/unlock", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200
    assert browser.post("/unlock", {}, Sec_Fetch_Site="same-site").status == 403
    assert browser.post("/unlock", {}, Origin="https://elsewhere.example").status == 403
    assert browser.ask("DELETE", "/unlock").status == 403
    browser.token = ""
    assert browser.post("/unlock", {"passphrase": PASSPHRASE}).status == 403


def test_every_answer_has_the_headers(served: Served) -> None:
    browser = served.browser()
    answers = [browser.get(path) for path in ("/unlock", "/nothing-here", "/static/web/frame.css")]
    assert [answer.status for answer in answers] == [200, 404, 200]
    for answer in answers:
        assert "unsafe-" not in answer.headers["content-security-policy"]
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "server" not in answer.headers
    cookie = browser.get("/unlock").headers.get("set-cookie", "")
    assert not cookie or ("HttpOnly" in cookie and "SameSite=Strict" in cookie)


def test_the_log_names_pages_and_never_addresses(founded: Path, tmp_path: Path) -> None:
    with (tmp_path / "log").open("w+b") as log:
        served = start(founded, stderr=log.fileno())
        browser = served.browser()
        browser.get("/unlock?name=Invented-Name")
        browser.get("/cases/Invented-Name")
        browser.unlock(PASSPHRASE.replace("dragon", "walnut"))
        assert served.stop() == 0
        served.close()
        log.seek(0)
        told = log.read().decode()
    assert "GET door.unlock 200" in told
    assert "POST door.unlock 422" in told
    assert "Invented" not in told
    assert "walnut" not in told
    assert "Traceback" not in told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_it_stops_cleanly_and_leaves_the_database_whole(founded: Path, number: signal.Signals) -> None:
    with serving(founded) as served:
        served.browser().unlock(PASSPHRASE)
        workers = served.workers()
        assert served.stop(number) == 0
        assert all(wait_until_gone(worker) < A_SECOND for worker in workers)
        assert served.process.stdout is not None
        assert served.process.stdout.read().endswith("Stopped.\n")
    log = founded / "store.db-wal"
    assert not log.exists() or log.stat().st_size == 0


def test_files_are_the_owners_alone(founded: Path) -> None:
    assert stat.S_IMODE(founded.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in founded.iterdir() if path.is_file()}
    assert modes
    assert not {name: mode for name, mode in modes.items() if mode & 0o077}


def test_a_port_that_is_taken_is_bad_input(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("--data", str(tmp_path / "data"), "--port", str(port), data=tmp_path)
    assert done.returncode == 2
    assert f"port {port} cannot be used" in done.stderr


def test_a_folder_that_is_served_is_not_served_twice(served: Served, founded: Path) -> None:
    done = run("--data", str(founded), data=founded)
    assert done.returncode == 2
    assert "another waystation serve" in done.stderr


@pytest.mark.parametrize("bad", ["a-file", "a-file/below", "/proc/nothing/here"])
def test_a_folder_that_cannot_be_used_is_bad_input(tmp_path: Path, bad: str) -> None:
    (tmp_path / "a-file").write_text("x")
    done = run("--data", str(tmp_path / bad), data=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "eighty"])
def test_a_port_that_is_none_is_bad_usage(tmp_path: Path, port: str) -> None:
    assert run("--data", str(tmp_path), "--port", port, data=tmp_path).returncode == 2


def test_the_demonstration_leaves_nothing_behind(tmp_path: Path) -> None:
    before = set(Path(environment(tmp_path).get("TMPDIR", "/tmp")).glob("waystation-demo-*"))
    served = start(tmp_path, "--demo")
    passphrases = {
        line.split(":")[0].split(",")[0].strip(): line.split(":")[1].strip() for line in served.lines if ": " in line
    }
    browser = served.browser()
    assert browser.unlock(passphrases["director"]).to == "/"
    assert browser.get("/").status == 200
    assert served.stop() == 0
    served.close()
    assert set(Path(environment(tmp_path).get("TMPDIR", "/tmp")).glob("waystation-demo-*")) == before


def test_it_serves_an_organisation_on_postgresql(tmp_path: Path) -> None:
    if find_programs() is None:
        pytest.skip(HOW_TO)
    with running() as server:
        address = server.create("served")
        found_cheaply(tmp_path / "data", address)
        with serving(tmp_path / "data", database=address) as served:
            browser = served.browser()
            assert browser.unlock(PASSPHRASE).to == "/"
            assert "Invented Harbour" in browser.get("/").text
            worker = serving_worker(served)
            browser.post("/lock")
            assert wait_until_gone(worker) < A_SECOND
            assert browser.get("/").to == "/unlock"
            assert served.stop() == 0
        assert not (tmp_path / "data" / "store.db").exists()
        kept = server.run("pg_dump", "served")
        assert b"Invented Harbour" not in kept
        assert b"accounts_person" in kept
        # Another device does not found a second organisation over the first.
        with pytest.raises(subprocess.CalledProcessError):
            found_cheaply(tmp_path / "other", address)
        assert not (tmp_path / "other" / "device.json").exists()
