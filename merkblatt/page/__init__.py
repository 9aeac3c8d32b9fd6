"""Leaflet -> HTML -> laid-out document -> PDF; the only folder that knows the layout engine."""
