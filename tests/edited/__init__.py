"""Edited annexes with known truth: made from the marked-up samples by a seed, extracted for real, and judged."""
