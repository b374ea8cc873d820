"""The two languages of the product: texts, numbers, dates."""
