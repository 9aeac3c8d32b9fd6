"""Order and content -> leaflet. All rules of tailoring live here, and no form."""
