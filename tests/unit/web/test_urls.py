from waystation.web.urls import gathered, urlpatterns


def test_each_module_of_views_brings_its_addresses() -> None:
    assert {"home", "palette", "preferences"} <= {pattern.name for pattern in gathered()}


def test_no_two_pages_have_the_same_address() -> None:
    routes = [str(pattern.pattern) for pattern in urlpatterns]
    assert sorted(routes) == sorted(set(routes))
