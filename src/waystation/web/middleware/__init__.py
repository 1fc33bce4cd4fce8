"""What every request passes on its way to a page, from the outside in."""
