"""Look for names in every byte of files, in every form in which a program might have written them."""

import base64
import html
import json
import mmap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import numpy as np

PREFIX = 3
"""Bytes by which a place is chosen for a closer look: a table of 2**24 flags says which begin a needle."""
PART = 1 << 24


@dataclass(frozen=True)
class Hit:
    """A name that was found: in which file, at which byte, in which form."""

    path: Path
    offset: int
    name: str
    form: str


def needles(name: str) -> dict[bytes, str]:
    """Return the bytes to look for, each with the name of its form."""
    found: dict[bytes, str] = {}
    for case, cased in (("", name), (" lower", name.casefold()), (" upper", name.upper())):
        for normal in ("NFC", "NFD"):
            text = unicodedata.normalize(normal, cased)
            for form, written in _written(text).items():
                found.setdefault(written, f"{form} {normal}{case}")
    return found


def _written(text: str) -> dict[str, bytes]:
    plain = text.encode("utf-8")
    forms = {
        "utf-8": plain,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "percent": quote(text, safe="").encode("ascii"),
        "percent, lower": quote(text, safe="").lower().encode("ascii"),
        "percent, plus": quote(text, safe="").replace("%20", "+").encode("ascii"),
        "json": json.dumps(text)[1:-1].encode("ascii"),
        "html": text.encode("ascii", "xmlcharrefreplace"),
        "html, hex": "".join(each if each.isascii() else f"&#x{ord(each):X};" for each in text).encode("ascii"),
        "html, named": html.escape(text).encode("utf-8"),
        "hex": plain.hex().encode("ascii"),
    }
    for shift in range(3):
        # Where the name begins at any third byte of what was encoded: the characters that do not depend on its neighbours.
        whole = base64.b64encode(bytes(shift) + plain)
        kept = whole[-(-shift * 8 // 6) : len(whole) - 4 if (shift + len(plain)) % 3 else len(whole)]
        forms[f"base64, {shift}"] = kept
        forms[f"base64 for addresses, {shift}"] = kept.translate(bytes.maketrans(b"+/", b"-_"))
    return forms


class Scanner:
    """Looks for many names at once."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_prefix: dict[bytes, list[tuple[bytes, str, str]]] = {}
        self._flags = np.zeros(1 << (8 * PREFIX), dtype=bool)
        self.names = list(names)
        for name in self.names:
            for needle, form in needles(name).items():
                begin = needle[:PREFIX]
                self._by_prefix.setdefault(begin, []).append((needle, name, form))
                self._flags[int.from_bytes(begin, "little")] = True
        self._longest = max(len(each[0]) for group in self._by_prefix.values() for each in group)

    def in_bytes(self, content: bytes | mmap.mmap, path: Path) -> Iterator[Hit]:
        """Yield every hit in some bytes."""
        for start in range(0, len(content), PART):
            part = content[start : start + PART + self._longest]
            for at in self._candidates(part):
                if at >= PART:
                    break
                for needle, name, form in self._by_prefix.get(part[at : at + PREFIX], ()):
                    if part.startswith(needle, at):
                        yield Hit(path, start + at, name, form)

    def _candidates(self, part: bytes) -> list[int]:
        values = np.frombuffer(part, dtype=np.uint8)
        if len(values) < PREFIX:
            return []
        end = len(values) - PREFIX + 1
        keys = values[:end].astype(np.uint32)
        for place in range(1, PREFIX):
            keys |= values[place : place + end].astype(np.uint32) << np.uint32(8 * place)
        return [int(at) for at in np.flatnonzero(self._flags[keys])]

    def in_folders(self, folders: Iterable[Path]) -> tuple[list[Hit], Mapping[Path, int]]:
        """Look into every file under some folders, and into the files' names; return the hits and the bytes read of each file."""
        hits: list[Hit] = []
        read: dict[Path, int] = {}
        for folder in folders:
            for path in [folder] if folder.is_file() else sorted(folder.rglob("*")):
                hits += self.in_bytes(str(path).encode("utf-8", "surrogateescape"), path)
                if path.is_file() and not path.is_symlink():
                    read[path] = path.stat().st_size
                    hits += self.in_bytes(path.read_bytes(), path)
        return hits, read
