"""What the models of names are made of: the training text."""
