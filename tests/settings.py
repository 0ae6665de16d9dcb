"""Wardline's own settings, with keys and caches in a folder of the tests."""

import os
from pathlib import Path

os.environ["WARDLINE_DATA"] = str(Path(__file__).parents[1] / "var/tests")
# Playwright's synchronous API keeps an event loop in the thread that uses the
# database. Nothing of ours is asynchronous, so Django's guard has nothing to guard.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from wardline.settings import *  # noqa: F403  it reads the environment above

# Nothing is collected for tests; whitenoise warns where the folder is missing.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
