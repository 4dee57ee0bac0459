"""Only the coordinator enters the office; to everyone else it is not there."""

import pytest

PAGES = ["/kontor/", "/kontor/praksisser", "/kontor/praksisser/ny", "/kontor/praksisser/import",
         "/kontor/besoeg", "/kontor/afklaring", "/kontor/telefoner", "/kontor/samtaler", "/kontor/kurser", "/kontor/materiale", "/kontor/tid"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_sign_in(office, page):
    response = office().get(page)
    assert response.status_code == 302 and response.location.startswith("/log-ind?naeste=")


@pytest.mark.parametrize("who", ["signe", "sanne"])
def test_to_others_the_office_is_not_there(office, who):
    visitor = office(who)
    assert {visitor.get(page).status_code for page in PAGES} == {404}


@pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)
def test_every_page_opens_on_both_databases(birthe):
    for page in PAGES:
        birthe.text(page)
