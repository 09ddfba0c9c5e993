"""The registers, the word lists, and the models with what they are made of."""
