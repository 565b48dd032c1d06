"""Values, events and ports. Imports the standard library only; everything here is immutable or a protocol."""
