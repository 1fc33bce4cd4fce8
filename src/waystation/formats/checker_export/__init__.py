"""A journey's decision process written out for model checkers, so that anybody can check an answer without trusting us."""

from waystation.formats.checker_export.drn import to_drn
from waystation.formats.checker_export.prism import to_prism

__all__ = ["to_drn", "to_prism"]
