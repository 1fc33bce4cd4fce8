"""The five recovery sheets on paper."""
