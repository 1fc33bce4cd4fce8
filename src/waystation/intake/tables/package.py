"""What a workbook's package is made of, before any of it is read as a workbook."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.limits import Limits

LARGE_PART = 1024**2
"""A smaller part may be packed as tightly as it likes."""

_REFUSED: tuple[tuple[str, FaultCode], ...] = (
    ("vbaproject", FaultCode.MACROS),
    ("vbadata", FaultCode.MACROS),
    ("xl/macrosheets/", FaultCode.MACROS),
    ("xl/activex/", FaultCode.MACROS),
    ("xl/externallinks/", FaultCode.EXTERNAL_LINKS),
    ("xl/connections.xml", FaultCode.EXTERNAL_LINKS),
    ("xl/querytables/", FaultCode.EXTERNAL_LINKS),
    ("xl/embeddings/", FaultCode.EMBEDDED),
)
"""Parts by which a workbook runs, fetches or carries something; small letters."""

_MACRO_TYPE = b"macroEnabled"
_ENTITY_SIGNS = (b"<!DOCTYPE", b"<!ENTITY", b"<\x00!\x00D\x00O\x00C", b"\x00<\x00!\x00D\x00O")
_CHUNK = 64 * 1024

BROKEN_PACKAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    OSError,
    ValueError,
    EOFError,
    RuntimeError,
)
"""What Python raises over a package that is not whole."""


def inspect_package(source: BinaryIO, limits: Limits) -> list[Fault]:
    """Return why a workbook may not be opened: too large, a bomb, macros, links, things inside things, or XML entities.

    Declared sizes bind: no more of a part than it declares is ever unpacked. Memory is flat.
    """
    try:
        with zipfile.ZipFile(source) as package:
            found = _declared(package, limits)
            return found or list(_inside(package))
    except BROKEN_PACKAGE:
        return [fault(FaultCode.DAMAGED)]


def _declared(package: zipfile.ZipFile, limits: Limits) -> list[Fault]:
    parts = package.infolist()
    if len(parts) > limits.package_files:
        return [fault(FaultCode.ZIP_BOMB, found=len(parts), most=limits.package_files)]
    if any(part.flag_bits & 0x1 for part in parts):
        return [fault(FaultCode.ENCRYPTED)]
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    if len(set(names)) != len(names) or "[content_types].xml" not in names:
        return [fault(FaultCode.DAMAGED)]
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        return [fault(FaultCode.ZIP_BOMB, found=unpacked, most=limits.unpacked_bytes)]
    for part, name in zip(parts, names, strict=True):
        if part.file_size >= LARGE_PART and part.file_size > limits.ratio * max(part.compress_size, 1):
            return [fault(FaultCode.ZIP_BOMB, found=part.file_size // max(part.compress_size, 1), most=limits.ratio)]
        if name.endswith("sharedstrings.xml") and part.file_size > limits.shared_bytes:
            return [fault(FaultCode.ZIP_BOMB, found=part.file_size, most=limits.shared_bytes)]
    return list(_refused(names))


def _refused(names: list[str]) -> Iterator[Fault]:
    for sign, code in _REFUSED:
        if any(sign in name for name in names):
            yield fault(code)
            return


def _inside(package: zipfile.ZipFile) -> Iterator[Fault]:
    """Look for entities in the head of each XML part, and for macros in the list of content types."""
    for part in package.infolist():
        name = part.filename.lower()
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        with package.open(part) as stream:
            head = stream.read(_CHUNK)
        if any(sign in head for sign in _ENTITY_SIGNS):
            yield fault(FaultCode.ENTITIES)
            return
        if name == "[content_types].xml" and _MACRO_TYPE in head:
            yield fault(FaultCode.MACROS)
            return
        if name.endswith(".rels") and b'TargetMode="External"' in head and b"hyperlink" not in head.lower():
            yield fault(FaultCode.EXTERNAL_LINKS)
            return
