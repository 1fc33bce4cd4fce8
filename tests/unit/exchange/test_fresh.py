from tests.office import Office
from waystation.exchange.fresh import fresh_keyring


def test_a_fresh_keyring_is_the_same_persons_and_opens_the_same(office: Office) -> None:
    keyring = office.keyring("caseworker")
    fresh = fresh_keyring(keyring)
    assert fresh is not keyring
    assert fresh.person_id == keyring.person_id
    organisation = office.organisation
    assert fresh.open(organisation, "name") == keyring.open(organisation, "name")
