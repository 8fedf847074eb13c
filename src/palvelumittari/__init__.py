"""palvelumittari."""
