"""An organisation's own forms, what was filled in here, and what came from ODK and KoBo."""
