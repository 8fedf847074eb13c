"""The taxi sector of palvelumittari."""
