"""Uploads are sealed while they come in: whatever a form sends, no plaintext of it is ever in a temporary file."""

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from waitress import buffers

from waystation.cases.spool import CappedSpool, SealedSpool
from waystation.store.files import LARGEST_FILE


class SealedUpload(UploadedFile):  # type: ignore[type-arg] # it takes no argument while the program runs
    """A file that was sent. ``file`` reads it again; what the disk holds is sealed under a key that dies with this object.

    Attributes
    ----------
    too_large
        Whether more came than may be kept; then nothing was.
    """

    def __init__(self, spool: CappedSpool, name: str, content_type: str | None, charset: str | None) -> None:
        super().__init__(
            file=spool.spool,  # type: ignore[arg-type] # a raw file is all that is asked of it
            name=name,
            content_type=content_type,
            size=0 if spool.over else spool.spool.size,
            charset=charset,
        )
        self.too_large = spool.over

    def take(self) -> BinaryIO:
        """Return the file to keep beyond this request; whoever takes it closes it."""
        taken: Any = self.file
        self.file = BytesIO()  # what the request closes at its end
        return cast("BinaryIO", taken)

    def close(self) -> None:
        """Forget the key and let the disk's bytes go."""
        spool: Any = self.file
        spool.close()


class SealingUploadHandler(FileUploadHandler):
    """Django's upload handler that seals 64 KiB at a time, and stops keeping at `LARGEST_FILE` bytes."""

    limit = LARGEST_FILE

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin to seal the next file of the form."""
        super().new_file(*args, **options)
        self.spool = CappedSpool(unnamed_file, self.limit)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal what came; no other handler sees it."""
        self.spool.write(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        """Return the file, ready to be read."""
        if not self.spool.over:
            self.spool.spool.seek(0)
        return SealedUpload(self.spool, self.file_name or "", self.content_type, self.charset)

    def upload_interrupted(self) -> None:
        """Let go of what came so far."""
        if hasattr(self, "spool"):
            self.spool.spool.close()


def unnamed_file() -> BinaryIO:
    """Open a file that has no name in the data folder: when the process ends, however it ends, it is gone."""
    folder = Path(settings.DATA_DIR) / "incoming"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=folder)


def seal_bodies() -> None:
    """Let waitress keep in a sealed file what does not fit its memory, of requests and of answers alike.

    It would use a temporary file in the clear. Call this once, before the server is made.
    """
    buffers.TempfileBasedBuffer.newfile = lambda _self: SealedSpool(unnamed_file())
