from django.test import Client
from django.urls import reverse
from tests.unit.continuity.conftest import Home, names_in

from waystation.continuity.models import BackupRun, Drill


def test_the_page_says_what_there_is(home: Home, director: Client) -> None:
    page = director.get(reverse("continuity.home"))
    assert page.status_code == 200
    assert "There is no backup yet" in page.content.decode()
    director.post(reverse("continuity.backup"))
    page = director.get(reverse("continuity.home"))
    assert all(name in page.content.decode() for name in names_in(home.data / "backups") if name.startswith("store"))


def test_a_backup_by_hand_ends_on_its_page_which_survives_a_reload(home: Home, director: Client) -> None:
    home.case()
    answer = director.post(reverse("continuity.backup"))
    assert answer.status_code == 303
    first, second = (director.get(answer.headers["Location"]).content.decode() for _ in range(2))
    assert "The backup is made" in first
    assert "The backup is made" in second
    assert BackupRun.objects.count() == 1


def test_a_drill_is_listed(home: Home, director: Client) -> None:
    director.post(reverse("continuity.backup"))
    answer = director.post(reverse("continuity.drill"))
    assert "all is equal" in director.get(answer.headers["Location"]).content.decode()
    assert Drill.objects.get().ok
    assert "All equal" in director.get(reverse("continuity.drills")).content.decode()


def test_a_drill_that_is_not_good_says_why(home: Home, director: Client) -> None:
    director.post(reverse("continuity.backup"))
    store = next((home.data / "backups").glob("store-*"))
    store.write_bytes(store.read_bytes()[:-1])
    answer = director.post(reverse("continuity.drill"))
    assert "did not pass" in director.get(answer.headers["Location"]).content.decode()
    page = director.get(reverse("continuity.drills")).content.decode()
    assert "All equal" not in page
    assert "signed list" in page or "ends before its end" in page


def test_who_may_not_sees_no_button_and_is_refused(home: Home) -> None:
    client = home.office.client("safeguarding")
    page = client.get(reverse("continuity.home")).content.decode()
    assert reverse("continuity.backup") not in page
    assert reverse("continuity.travel") in page
    assert client.post(reverse("continuity.backup")).status_code in {403, 404}


def test_the_home_page_says_when_the_last_good_drill_was(home: Home, director: Client) -> None:
    assert "Last good drill" in director.get(reverse("home")).content.decode()
    director.post(reverse("continuity.backup"))
    director.post(reverse("continuity.drill"))
    page = director.get(reverse("home")).content.decode()
    assert "No restore was tried" not in page
