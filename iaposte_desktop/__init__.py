"""IAPoste Desktop: cited draft replies, on your own machine or with the model you choose."""

__version__ = "0.1.0"
