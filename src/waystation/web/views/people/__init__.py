"""The people who work here: who they are, who joins, what they do, who leaves, and one's own passphrase."""

from django.urls import path

from waystation.web.commands import Command
from waystation.web.views.people import adding, listing, own, page

urlpatterns = [
    path("people", listing.people, name="people.list"),
    path("people/add", adding.add, name="people.add"),
    path("people/add/words", adding.add_words, name="people.add.words"),
    path("people/me", own.own, name="people.own"),
    path("people/<uuid:person_id>", page.person_page, name="people.person"),
    path("people/<uuid:person_id>/roles", page.roles, name="people.roles"),
    path("people/<uuid:person_id>/remove", page.remove, name="people.remove"),
]
COMMANDS = [
    Command("people.title", "people.list", key="g p"),
    Command("people.add", "people.add"),
    Command("people.own", "people.own", key="g m"),
]
