"""What all tests share."""

import pytest
from hypothesis import settings

# A busy machine is slow: how long one example takes says nothing about the code.
settings.register_profile("annex", deadline=None)
settings.load_profile("annex")


@pytest.fixture(params=["pdfium", "pdfplumber"])
def reader(request: pytest.FixtureRequest) -> str:
    """Run a test with each of the two readers of PDF."""
    return str(request.param)
