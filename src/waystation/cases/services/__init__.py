"""Every write to a case: permitted, whole, and in the log."""

from waystation.cases.services.change import change_case
from waystation.cases.services.close import close_case, reopen_case
from waystation.cases.services.create import create_case
from waystation.cases.services.files import attach_file

__all__ = ["attach_file", "change_case", "close_case", "create_case", "reopen_case"]
