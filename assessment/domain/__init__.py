"""What is asked and what it is worth: no clock, no database, no screen."""
