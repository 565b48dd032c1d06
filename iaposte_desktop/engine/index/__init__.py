"""One SQLite file per store: extracted text, chunks, and a full-text index over them."""
