"""Who may use whose medical-insurance personal account, why, and what a payment would do."""

__version__ = "0.1.0"
