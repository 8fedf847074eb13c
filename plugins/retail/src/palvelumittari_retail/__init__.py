"""The retail sector of palvelumittari."""
