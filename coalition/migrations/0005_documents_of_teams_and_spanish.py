"""A team may be known from several documents; more is said in Spanish; not everybody hands over invitations."""

from typing import Any

from django.db import migrations, models


def keep_the_document(apps: Any, _editor: Any) -> None:
    for team in apps.get_model("coalition", "ActionTeam").objects.exclude(source=None):
        team.sources.add(team.source)


def keep_one_document(apps: Any, _editor: Any) -> None:
    for team in apps.get_model("coalition", "ActionTeam").objects.all():
        team.source = team.sources.first()
        team.save(update_fields=["source"])


class Migration(migrations.Migration):
    dependencies = [("coalition", "0004_every_row_has_its_version")]

    operations = [
        migrations.AlterModelOptions(
            name="contact",
            options={
                "ordering": ["organization__name", "name"],
                "permissions": [("hand_over_invitation", "Can see the link of an invitation and hand it over")],
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
            },
        ),
        migrations.AddField(
            model_name="actionteam",
            name="sources",
            field=models.ManyToManyField(
                blank=True,
                help_text="Public: the documents that what is said here is known from.",
                related_name="+",
                to="coalition.document",
                verbose_name="known from",
            ),
        ),
        migrations.RunPython(keep_the_document, keep_one_document),
        migrations.RemoveField(model_name="actionteam", name="source"),
        migrations.AddField(
            model_name="document",
            name="stated_es",
            field=models.CharField(
                blank=True, help_text="Public.", max_length=140, verbose_name="when stated, in Spanish"
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="sector_note_es",
            field=models.CharField(
                blank=True,
                help_text="Public.",
                max_length=240,
                verbose_name="what is unsure about the sector, in Spanish",
            ),
        ),
    ]
