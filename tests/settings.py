"""Django's settings in tests: the application's own, over a folder of this process alone."""

import os
import tempfile

os.environ.setdefault("WAYSTATION_DATA", tempfile.mkdtemp(prefix="waystation-test-"))

from waystation.config.settings import *  # noqa: E402, F403
