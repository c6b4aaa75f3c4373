"""The environment of the tests, whatever the shell holds; a plugin, because settings read it before any conftest."""

import os

os.environ.update(
    SECRET_KEY="for tests only, never for a board that anybody can reach: 0123456789",
    ALLOWED_HOSTS="127.0.0.1,localhost,testserver",
    ADMIN_PATH="staff/",
    HTTPS="off",
    DEBUG="off",
    BEHIND_PROXY="off",
    EMAIL_URL="",
    EMAIL_FROM="",
    SITE_URL="",
    # A thread that asks the database between two tests; the tests of the clock look at it themselves.
    RELEASE_CLOCK="off",
    # Playwright's event loop runs in the thread that also asks the database.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)
