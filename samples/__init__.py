"""Make the tools of the samples importable, for the command that builds them and for the tests."""
