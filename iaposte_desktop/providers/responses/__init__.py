"""The Responses API: OpenAI, Azure, and the servers that speak it."""
