"""What a person types in a field → the values of a decision, and back: what is shown unchanged means what it meant."""
