"""What authors wrote, as frozen values that know their place; the only reader of `leaflets/`."""
