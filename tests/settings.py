"""Django's settings in tests: the application's own, over a folder of this process alone."""

import atexit
import os
import shutil
import tempfile

if "WAYSTATION_DATA" not in os.environ:
    os.environ["WAYSTATION_DATA"] = tempfile.mkdtemp(prefix="waystation-test-")
    atexit.register(shutil.rmtree, os.environ["WAYSTATION_DATA"], ignore_errors=True)

from waystation.config.settings import *  # noqa: F403
