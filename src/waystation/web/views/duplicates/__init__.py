"""The pages on which people say whether two cases are one person's: the list of pairs, and one pair side by side."""

from waystation.web.commands import Command
from waystation.web.views.duplicates import listing, pair

urlpatterns = [*listing.ROUTES, *pair.ROUTES]
COMMANDS = [Command("duplicates.title", "duplicates.list", key="g d")]
