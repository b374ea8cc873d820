"""What leaves the product: flat rows that every export shares, and the words in them."""
