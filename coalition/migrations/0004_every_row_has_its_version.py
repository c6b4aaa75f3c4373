"""Every commitment and every signature belongs to a version of the Compact; the document is that of the version."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [("coalition", "0003_versions_of_the_compact")]

    operations = [
        migrations.RemoveField(model_name="commitment", name="document"),
        migrations.RemoveField(model_name="signature", name="document"),
        migrations.AlterField(
            model_name='commitment',
            name='done',
            field=models.CharField(help_text='Public. It ends the sentence “4 of 7 …”: named a contact.', max_length=120, verbose_name='what those who kept it did'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='short',
            field=models.CharField(help_text='Public: the head of its column. Purpose, Contact …', max_length=24, verbose_name='in a word or two'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='version',
            field=models.ForeignKey(help_text='Public.', on_delete=PROTECT, related_name='commitments', to='coalition.compactversion', verbose_name='version of the Compact'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='version',
            field=models.ForeignKey(on_delete=PROTECT, related_name='signatures', to='coalition.compactversion', verbose_name='version of the Compact'),
        ),
    ]
