"""The records of a run as flat tables, in the forms that spreadsheets and databases read."""
