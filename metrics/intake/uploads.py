"""How an uploaded file arrives: in memory only, and not at all when it is too large."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

from .readers import MAX_BYTES

#: What a form carries around its file: boundaries, names, a token, a reason.
FORM_BYTES = 64 * 1024


class MemoryOnly(MemoryFileUploadHandler):
    """Keeps a file in memory, never on disk. A body that is too large is refused before it is read."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  Django's own name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        if content_length > MAX_BYTES + FORM_BYTES:
            raise RequestDataTooBig(f"An upload of {content_length} bytes was refused unread.")
        self.activated = True
