"""What is kept: tables, migrations, and one module for each thing."""
