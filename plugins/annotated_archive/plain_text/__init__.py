"""Read pages that were copied as text: their parts, and how each theme prints its comments."""
