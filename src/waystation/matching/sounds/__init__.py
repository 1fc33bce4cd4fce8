"""How names sound: readings of Korean, Chinese and Arabic names, and of their spellings in Latin letters."""
