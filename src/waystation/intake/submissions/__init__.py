"""Submissions of a form from ODK and KoBo: CSV, XLSX and XML, through a mapping that is kept."""
