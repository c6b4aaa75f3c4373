"""The house around the apps: settings, addresses, headers, health and the WSGI door."""
