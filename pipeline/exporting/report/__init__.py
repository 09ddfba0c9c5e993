"""The report of a run: one web page that holds everything, to read, to print and to send."""
