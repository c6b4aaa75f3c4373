"""What a member takes along: the file behind an assessment, and the template of a program's figures."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from coalition.actions.uploads import template
from coalition.files import JPEG, PDF, PNG
from coalition.models import Assessment, Program

#: The kinds of evidence there are; anything else would leave as bytes that no program opens by itself.
ENDINGS = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg"}
BYTES = "application/octet-stream"

TEMPLATES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attachment(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file that is saved and never shown: nothing in it can run in the members' area."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(data, content_type=kind, headers=headers)


def evidence_file(assessment: Assessment) -> HttpResponse | None:
    """None where there is none. Named by what it is about: the bytes may have come with another name before."""
    stored = assessment.evidence_file
    if stored is None:
        return None
    kind = stored.content_type if stored.content_type in ENDINGS else BYTES
    name = f"evidence-{assessment.year}-{assessment.commitment.number}{ENDINGS.get(kind, '')}"
    return attachment(bytes(stored.data), kind, name)


def template_file(program: Program, year: int, kind: str) -> HttpResponse:
    return attachment(template(program=program, year=year, kind=kind), TEMPLATES[kind], f"{program.slug}-{year}.{kind}")
