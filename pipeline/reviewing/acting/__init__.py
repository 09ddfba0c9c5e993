"""What a person can do, action by action: each reads its fields and writes decisions, or says what is wrong."""
