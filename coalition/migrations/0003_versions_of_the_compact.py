"""What was signed so far was the first version of the Compact; what was known of the teams, their first step."""

from django.db import migrations

#: What the board says of the nine commitments beside their text: in a word or two, of those who kept them, what
#: they rest on; and the text in Spanish.
COMPACT = {
    "1": {
        "short": "Purpose",
        "short_es": "Propósito",
        "done": "aligned their efforts",
        "done_es": "con sus esfuerzos unidos a los demás",
        "evidence": "judgement",
        "text_es": "Unir los muchos esfuerzos que hoy van por separado en favor de los estudiantes de las escuelas públicas de Hartford tras un solo fin: que terminen estudios después de la secundaria, sin desperdiciar nada en el camino.",
    },
    "2": {
        "short": "Agenda",
        "short_es": "Agenda común",
        "done": "worked toward the three goals",
        "done_es": "con trabajo por las tres metas",
        "evidence": "judgement",
        "text_es": "Trabajar por las tres metas, para que los empleadores de Hartford encuentren cerca de casa el talento que necesitan.",
    },
    "3": {
        "short": "Plan",
        "short_es": "Plan",
        "done": "worked from the shared plan",
        "done_es": "con trabajo según el plan común",
        "evidence": "judgement",
        "text_es": "Trabajar con un solo plan para toda la ciudad, con estrategias definidas, de modo que los servicios se complementen.",
    },
    "4": {
        "short": "Know it",
        "short_es": "Conocerlo bien",
        "done": "know the strategies and explain them",
        "done_es": "al tanto de las estrategias y de cómo explicarlas",
        "evidence": "judgement",
        "text_es": "Conocer esas estrategias y cómo se relacionan, y saber explicar a otros para qué existe la coalición.",
    },
    "5": {
        "short": "Champion",
        "short_es": "Promover",
        "done": "spoke up for the coalition",
        "done_es": "con su voz en favor de la coalición",
        "evidence": "judgement",
        "text_es": "Hablar en favor de la coalición en toda la región, para que la gente pida este trabajo y se invierta más en él.",
    },
    "6": {
        "short": "Contact",
        "short_es": "Contacto",
        "done": "named a contact",
        "done_es": "con un contacto nombrado",
        "evidence": "contact",
        "text_es": "Nombrar a una persona de su personal que se mantenga en contacto con la coalición.",
    },
    "7": {
        "short": "Active part",
        "short_es": "Participar",
        "done": "came to the meetings",
        "done_es": "con asistencia a las reuniones",
        "evidence": "meetings",
        "text_es": "Rendirse cuentas unos a otros: cada miembro participa activamente y ayuda a alcanzar las metas.",
    },
    "P": {
        "short": "Data",
        "short_es": "Datos",
        "done": "shared data for the year",
        "done_es": "con datos del año compartidos",
        "evidence": "data",
        "text_es": "Compartir datos sobre los programas y sus resultados, para que la ayuda llegue a donde hace falta, nada se haga dos veces y el avance se pueda seguir en un tablero público.",
    },
    "F": {
        "short": "Grants",
        "short_es": "Subvenciones",
        "done": "weigh the fit of their grants",
        "done_es": "con las metas en cuenta al dar subvenciones",
        "evidence": "judgement",
        "text_es": "Al decidir sobre subvenciones, valorar cuánto se ajusta el trabajo del solicitante a lo que la coalición quiere lograr.",
    },
}


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
            known = COMPACT.get(commitment.number, {}) if version.document.slug == "compact" else {}
            for field, words in {"short": commitment.number, "done": "kept it", **known}.items():
                setattr(commitment, field, words)
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
