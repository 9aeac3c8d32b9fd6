"""Structure trees, metadata, joining of PDFs. Knows PDF, and no leaflet."""
