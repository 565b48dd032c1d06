"""Assistants v2: closed at OpenAI since 2026-08-26, spoken by other servers."""
