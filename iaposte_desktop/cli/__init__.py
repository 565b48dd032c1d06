"""The command line over the same use cases. Results go to standard output, everything else to standard error."""
