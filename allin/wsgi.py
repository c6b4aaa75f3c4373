"""The WSGI door: static files first, without waking Django; everything else to Django."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string
from whitenoise import WhiteNoise

from allin.headers import add_static_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allin.settings")

application = WhiteNoise(
    get_wsgi_application(),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    # A name with the content's hash in it never changes what it means.
    immutable_file_test=r"\.[0-9a-f]{12}\.[^/]+$",
    add_headers_function=add_static_headers,
    allow_all_origins=False,
)

if settings.RELEASE_CLOCK:
    import_string(settings.RELEASE_CLOCK)()
