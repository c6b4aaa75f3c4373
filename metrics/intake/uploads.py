"""How an uploaded file arrives: in memory only, and without its content when it is too large."""

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

#: A larger file is not taken over the web: it would stand in the server's memory. `manage.py receive` takes it.
MAX_BYTES = 32 * 1024 * 1024

#: A body beyond this is refused unread; up to it, it is read and let go, so that a form can say what is wrong with
#: the file: who is cut off while sending sees a broken connection and no sentence.
MAX_BODY = 64 * 1024 * 1024


class MemoryOnly(MemoryFileUploadHandler):
    """Keeps files in memory, never on disk. Of one that is too large only its name and its size arrive."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  Django's own name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        if content_length > MAX_BODY:
            raise RequestDataTooBig(f"An upload of {content_length} bytes was refused unread.")
        self.activated = True
        self.received = 0  # of all files of the form together: their number is no way around the limit

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received <= MAX_BYTES:
            self.file.write(raw_data)
        else:
            self.file = BytesIO()
