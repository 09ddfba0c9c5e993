"""What all tests share."""

from hypothesis import settings

# A busy machine is slow: how long one example takes says nothing about the code.
settings.register_profile("annex", deadline=None)
settings.load_profile("annex")
