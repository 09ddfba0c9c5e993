"""Many inputs: what to do with each, the run over all of them, and the manifest."""
