"""Recognise what a section names, as spaCy components that work in any spaCy program."""
