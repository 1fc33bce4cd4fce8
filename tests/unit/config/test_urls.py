from django.urls import reverse

from waystation.config.urls import urlpatterns


def test_the_addresses_are_the_pages_own() -> None:
    assert urlpatterns
    assert reverse("door.unlock") == "/unlock"
