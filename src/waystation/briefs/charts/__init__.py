"""Small drawings of numbers, to be read on a telephone, on paper and without colour."""
