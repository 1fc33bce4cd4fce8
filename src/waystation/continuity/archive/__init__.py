"""A tar, written and read as a stream: only the few shapes this program writes itself are accepted."""

from waystation.continuity.archive.sink import Limits, TarSink
from waystation.continuity.archive.source import Member, TarSource, digest_of, in_memory, on_disk

__all__ = ["Limits", "Member", "TarSink", "TarSource", "digest_of", "in_memory", "on_disk"]
