"""Text out of files, with its place. Everything here runs in worker processes, on bytes that nobody vouches for."""
