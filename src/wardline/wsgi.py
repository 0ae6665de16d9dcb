"""The WSGI application that `wardline serve` runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardline.settings")
application = get_wsgi_application()
