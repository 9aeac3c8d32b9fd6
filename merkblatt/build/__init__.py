"""Orders -> files, one person at a time; what is kept from before is found again here."""
