"""What comes in from outside and what goes out: tables, forms, submissions. Pure: bytes in, values and faults out."""
