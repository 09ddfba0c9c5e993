"""The review app: a web app on this machine for the steward who decides what of a run is approved."""
