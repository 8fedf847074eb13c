"""The bar sector of palvelumittari."""
