"""What has to stand in the environment before the settings are read: mode `test` and a folder that is thrown away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ["ALONGSIDE_MODE"] = "test"
if "ALONGSIDE_TESTS_VAR" not in os.environ:  # test processes started by others share the folder
    os.environ["ALONGSIDE_TESTS_VAR"] = tempfile.mkdtemp(prefix="alongside-tests-")
    atexit.register(shutil.rmtree, os.environ["ALONGSIDE_TESTS_VAR"], ignore_errors=True)
VAR = os.environ["ALONGSIDE_VAR"] = os.environ["ALONGSIDE_TESTS_VAR"]
