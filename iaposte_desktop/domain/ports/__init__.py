"""What the program asks of the world. Each port is a Protocol; `compose.py` chooses who answers."""
