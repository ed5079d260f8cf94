"""Stopping what is too large while it still comes in."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

REFUSED_UNREAD = 10  # so many times the limit, and the rest is not even read


class TooLarge(UploadedFile):
    """A file that was over the limit: its name and size are known, its bytes were thrown away."""


class LimitedUploads(FileUploadHandler):
    """Lets go by what is within the limit, and forgets every byte over it, so that no disk fills up."""

    seen = 0

    def handle_raw_input(self, *sent: Any, **options: Any) -> None:
        """Refuse a monster by its own word, before it is read: the third of what Django hands over is the length."""
        content_length = int(options.get("content_length", sent[2] if len(sent) > 2 else 0))
        if content_length > settings.FILES_LARGEST * REFUSED_UNREAD:
            raise RequestDataTooBig("more was sent than any page takes")

    def new_file(self, *args: Any, **options: Any) -> None:
        """A file begins."""
        super().new_file(*args, **options)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand a piece on, or forget it."""
        self.seen += len(raw_data)
        return raw_data if self.seen <= settings.FILES_LARGEST else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file is here; one that was too large is known by name and size."""
        if self.seen <= settings.FILES_LARGEST:
            return None
        for other in self.request.upload_handlers if self.request else ():  # what was written so far goes at once
            begun = None if other is self else getattr(other, "file", None)
            if begun:
                begun.close()
        return TooLarge(file=None, name=self.file_name, content_type=self.content_type, size=self.seen)
