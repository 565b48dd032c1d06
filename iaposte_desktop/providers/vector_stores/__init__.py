"""Vector stores at a server: files are uploaded, attached and polled one by one, each step in the ledger first."""
