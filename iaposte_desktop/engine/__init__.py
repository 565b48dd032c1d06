"""The embedded engine: knowledge and a built-in model on this machine, with no account."""
