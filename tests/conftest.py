"""What all tests share."""

import os
import tempfile

import pytest
from hypothesis import settings

# A busy machine is slow: how long one example takes says nothing about the code.
settings.register_profile("annex", deadline=None)
settings.load_profile("annex")
# Nobody's own settings may change what a test sees.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="annex-no-settings-")


@pytest.fixture(params=["pdfium", "pdfplumber"])
def reader(request: pytest.FixtureRequest) -> str:
    """Run a test with each of the two readers of PDF."""
    return str(request.param)
