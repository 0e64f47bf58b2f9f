"""What is handed to others: a trial or a diary as a page to print, and as FHIR resources."""
