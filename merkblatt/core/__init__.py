"""What a user's mistake is, where files lie, how they are read and written whole. Knows no leaflet."""
