"""The library desk sector of palvelumittari."""
