"""`python -m palvelumittari`: the command line."""

from palvelumittari.cli import main

if __name__ == "__main__":
    main(prog_name="palvelumittari")
