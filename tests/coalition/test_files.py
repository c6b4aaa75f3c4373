"""Files that are handed in: known by their content, drawn anew, refused in one sentence; and how 50 MB arrive."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from coalition.files import MAX_EVIDENCE, MAX_LOGO, check_size, store_evidence, store_logo
from coalition.models import StoredFile
from tests.coalition.records import clerk, picture, refused

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
CANARY = "ZZCANARY-41.7658,-72.6734"
TOO_MANY = "The picture has too many pixels; make it smaller and send it again."


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is very large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\x00" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def with_place() -> bytes:
    """A photograph that says where it was taken and by whom, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, CANARY
    return picture("JPEG", (80, 40), exif=exif, comment=CANARY.encode())


def named(data: object) -> str | None:
    """Bytes make no good names of tests."""
    return repr(data[:6]) if isinstance(data, bytes) else None


class TestEvidence:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [(PDF, "application/pdf"), (picture("PNG"), "image/png"), (picture("JPEG"), "image/jpeg")],
        ids=named,
    )
    def test_a_pdf_and_a_picture_are_kept_as_they_are(self, data, kind):
        stored = store_evidence(name="minutes", data=data, by=clerk())
        assert (bytes(stored.data), stored.content_type, stored.stored_by) == (data, kind, clerk())

    def test_the_same_bytes_are_kept_once(self):
        first = store_evidence(name="a.pdf", data=PDF, by=clerk())
        assert store_evidence(name="b.pdf", data=PDF, by=clerk()) == first
        assert StoredFile.objects.count() == 1

    @pytest.mark.parametrize(
        "data",
        [
            b"PK\x03\x04 a workbook",
            b"<html><script>alert(1)</script>",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"MZ a program",
            b"GIF89a",
            b"\n%PDF-1.7",
            b"plain words",
            picture("GIF"),
            picture("BMP"),
        ],
        ids=named,
    )
    def test_anything_else_is_refused_whatever_its_name(self, data):
        said = refused(store_evidence, "file", name="evidence.pdf", data=data, by=clerk())
        assert said == "This is not a PDF, PNG or JPEG; send one of these."
        assert not StoredFile.objects.exists()

    @pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n rest", b"\xff\xd8\xff rest", picture("PNG")[:-30]], ids=named)
    def test_a_damaged_picture_is_refused(self, data):
        said = refused(store_evidence, "file", name="x.png", data=data, by=clerk())
        assert said == "The picture is damaged; open it and save it again."

    def test_a_picture_that_says_it_is_huge_is_refused(self):
        assert refused(store_evidence, "file", name="x.png", data=bomb(50_000, 50_000), by=clerk()) == TOO_MANY

    def test_nothing_and_too_much_are_refused(self):
        assert refused(store_evidence, "file", name="x.pdf", data=b"", by=clerk()) == "The file is empty."
        said = refused(store_evidence, "file", name="x.pdf", data=PDF + b" " * MAX_EVIDENCE, by=clerk())
        assert said == "The file has 6 MB; at most 5 MB are taken."
        store_evidence(name="x.pdf", data=PDF.ljust(MAX_EVIDENCE), by=clerk())

    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            ("C:\\Users\\somebody\\minutes.pdf", "minutes.pdf"),
            ("../../etc/passwd", "passwd"),
            ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie: x.pdf"),
            ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
            ("acta de la reunión.pdf", "acta de la reunión.pdf"),
            ("\udcff.pdf", "?.pdf"),
            ("", "file"),
        ],
    )
    def test_of_the_name_only_what_any_page_can_hold_is_kept(self, name, kept):
        assert store_evidence(name=name, data=PDF, by=clerk()).name == kept


class TestLogo:
    def drawn(self, data: bytes) -> Image.Image:
        stored = store_logo(name="logo", data=data, by=clerk())
        assert stored.content_type == "image/png"
        return Image.open(io.BytesIO(bytes(stored.data)))

    @pytest.mark.parametrize(
        ("size", "fits"), [((1000, 1000), (200, 200)), ((1600, 200), (400, 50)), ((80, 40), (80, 40)), ((1, 1), (1, 1))]
    )
    def test_it_is_drawn_into_the_box_and_never_made_larger(self, size, fits):
        assert self.drawn(picture(size=size)).size == fits

    @pytest.mark.parametrize(
        ("kind", "mode"),
        [("PNG", "1"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "I;16"), ("JPEG", "CMYK")],
    )
    def test_every_mode_of_picture_is_taken(self, kind, mode):
        drawn = io.BytesIO()
        Image.new(mode, (8, 4)).save(drawn, kind)
        assert self.drawn(drawn.getvalue()).size == (8, 4)

    def test_it_lies_as_the_camera_meant_and_nothing_but_the_picture_is_left(self):
        drawn = self.drawn(with_place())
        assert drawn.size == (40, 80)
        assert drawn.info == {}
        assert not drawn.getexif()
        assert CANARY.encode() not in bytes(StoredFile.objects.get().data)

    def test_words_hidden_in_a_png_are_gone(self):
        words, data = PngInfo(), io.BytesIO()
        words.add_text("Author", CANARY)
        words.add_itxt("Comment", CANARY, zip=True)
        Image.new("RGB", (8, 4)).save(data, "PNG", pnginfo=words)
        assert self.drawn(data.getvalue() + CANARY.encode()).info == {}
        assert CANARY.encode() not in bytes(StoredFile.objects.get().data)

    @pytest.mark.parametrize("size", [(50_000, 50_000), (12_000, 12_000), (4_000, 2_001)])
    def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(self, size):
        assert refused(store_logo, "file", name="x.png", data=bomb(*size), by=clerk()) == TOO_MANY

    @pytest.mark.parametrize("data", [PDF, b"<svg/>", picture("GIF"), b"plain words"], ids=named)
    def test_what_cannot_be_a_logo_is_refused(self, data):
        said = refused(store_logo, "file", name="logo.png", data=data, by=clerk())
        assert said == "This is not a picture that can be a logo; send a PNG or JPEG."

    @pytest.mark.parametrize("data", [bomb(100, 1000), b"\xff\xd8\xff rest", b"\x89PNG\r\n\x1a\n"], ids=named)
    def test_a_damaged_one_is_refused(self, data):
        refused(store_logo, "file", name="logo.png", data=data, by=clerk())
        assert not StoredFile.objects.exists()

    def test_too_large_a_file_is_refused(self):
        said = refused(store_logo, "file", name="x.png", data=picture() + b" " * MAX_LOGO, by=clerk())
        assert said == "The file has 2 MB; at most 1 MB are taken."


class TestArriving:
    """What the upload handler makes of a form, whatever the size of the file in it."""

    def request(self, *files: int) -> HttpRequest:
        sent: dict[str, Any] = {f"file{n}": SimpleUploadedFile("x.pdf", b"x" * size) for n, size in enumerate(files)}
        return RequestFactory().post("/", {"year": "2026", **sent})

    def test_of_50_mb_the_form_sees_name_and_size_and_no_byte(self):
        request = self.request(50 * 1024 * 1024)
        upload = request.FILES["file0"]
        assert request.POST["year"] == "2026", "the rest of the form arrives: its token, and what was typed"
        assert (upload.name, upload.size, upload.read()) == ("x.pdf", 50 * 1024 * 1024, b"")
        said = refused(check_size, "file", size=upload.size, most=MAX_EVIDENCE)
        assert said == "The file has 50 MB; at most 5 MB are taken."

    def test_a_file_that_fits_arrives_whole(self):
        assert self.request(MAX_EVIDENCE).FILES["file0"].read() == b"x" * MAX_EVIDENCE

    def test_many_files_are_no_way_around_the_limit(self):
        files = self.request(*[12 * 1024 * 1024] * 5).FILES.values()
        assert [len(file.read()) for file in files] == [12 * 1024 * 1024] * 2 + [0] * 3

    def test_a_body_beyond_all_reason_is_refused_unread(self):
        request = self.request(100)
        request.META["CONTENT_LENGTH"] = str(65 * 1024 * 1024)
        with pytest.raises(RequestDataTooBig):
            _ = request.FILES
