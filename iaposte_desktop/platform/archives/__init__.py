"""Vector stores as zip files: what leaves the program, and what is let in."""
