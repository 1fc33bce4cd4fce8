"""The way in and out: the first steps, unlock, lock, and the way back with three shares."""

from waystation.web.commands import Command
from waystation.web.views.door import recover, set_up, shares, unlock

urlpatterns = [*unlock.urlpatterns, *set_up.urlpatterns, *shares.urlpatterns, *recover.urlpatterns]
COMMANDS = [Command("door.lock.title", "door.lock", post=True)]
