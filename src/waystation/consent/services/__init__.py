"""Every write of consent: permitted, whole, in the log, and never over an older answer."""

from waystation.consent.services.record import Asked, record_consent
from waystation.consent.services.withdraw import Stopped, withdraw_consent

__all__ = ["Asked", "Stopped", "record_consent", "withdraw_consent"]
