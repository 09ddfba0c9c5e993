"""Records in the forms that others use: for training and evaluating, for reading, for other programs."""
