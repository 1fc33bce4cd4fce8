from waystation.web.views.people.seated import SeatedRequest, see_other


def test_after_a_post_the_browser_goes_on() -> None:
    response = see_other("people.list")
    assert (response.status_code, response["Location"]) == (303, "/people")


def test_a_seated_request_names_what_the_middleware_sets() -> None:
    assert set(SeatedRequest.__annotations__) == {"desk", "keyring", "person"}
