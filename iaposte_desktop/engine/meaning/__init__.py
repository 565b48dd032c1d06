"""Searching by meaning: vectors of chunks, and what they find beside the words."""
