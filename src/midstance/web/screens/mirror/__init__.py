"""Mirror: the camera counts, on this device."""
