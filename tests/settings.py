"""Django's settings in tests: the application's own, over a folder of this process alone."""

import atexit
import os
import shutil
import tempfile

# Whoever starts several workers has read these settings before them, and they have its environment: each makes its own folder.
if "WAYSTATION_DATA" not in os.environ or os.environ.pop("WAYSTATION_DATA_OF_ALL", "") == os.environ["WAYSTATION_DATA"]:
    os.environ["WAYSTATION_DATA"] = tempfile.mkdtemp(prefix="waystation-test-")
    atexit.register(shutil.rmtree, os.environ["WAYSTATION_DATA"], ignore_errors=True)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["WAYSTATION_DATA_OF_ALL"] = os.environ["WAYSTATION_DATA"]

from waystation.config.settings import *  # noqa: F403
