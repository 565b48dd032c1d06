"""Adapters over the `openai` SDK. It is loaded at the first use of a connection, on a thread, never at start-up."""
