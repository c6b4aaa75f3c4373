"""What was signed so far was the first version of the Compact; what was known of the teams, their first step."""

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


def first_step(apps, schema_editor):
    """The teams that were public stay so: a document reports them as at work."""
    events = apps.get_model("coalition", "TeamEvent").objects
    for team in apps.get_model("coalition", "ActionTeam").objects.all():
        events.create(
            team=team,
            step="reported",
            happened_text="with the board’s first records",
            source_id=team.source_id,
        )


class Migration(migrations.Migration):
    dependencies = [("coalition", "0002_the_coalition_whole")]

    operations = [
        migrations.RunPython(first_version, migrations.RunPython.noop),
        migrations.RunPython(first_step, migrations.RunPython.noop),
    ]
