"""Words of French and English text, as the index and the queries see them."""
