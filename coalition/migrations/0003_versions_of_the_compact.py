"""What was signed so far was the first version of the Compact: its commitments and signatures move there."""

from django.db import migrations


def first_version(apps, schema_editor):
    commitments = apps.get_model("coalition", "Commitment").objects
    signatures = apps.get_model("coalition", "Signature").objects
    versions = apps.get_model("coalition", "CompactVersion").objects
    documents = {row.document_id for row in commitments.all()} | {row.document_id for row in signatures.all()}
    for number, document in enumerate(sorted(documents), start=1):
        version = versions.create(
            number=number, document_id=document, since_text="with the board’s first records", is_current=number == 1
        )
        signatures.filter(document=document).update(version=version)
        for commitment in commitments.filter(document=document):
            commitment.version = version
            commitment.short = commitment.short or commitment.number
            commitment.done = commitment.done or "kept it"
            commitment.save()


class Migration(migrations.Migration):
    dependencies = [("coalition", "0002_the_coalition_whole")]

    operations = [migrations.RunPython(first_version, migrations.RunPython.noop)]
