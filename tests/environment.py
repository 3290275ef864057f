"""The environment that tests run in, set before the settings are read: a home folder of their own, cheap passwords."""

import os
import tempfile

os.environ["SECRETARIAT_TESTING"] = "1"
os.environ.setdefault("SECRETARIAT_HOME", tempfile.mkdtemp(prefix="secretariat-test-"))
os.environ.setdefault("SECRETARIAT_EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
for name in ("SECRETARIAT_DEMO", "SECRETARIAT_CLOCK", "SECRETARIAT_URL"):
    os.environ.pop(name, None)
