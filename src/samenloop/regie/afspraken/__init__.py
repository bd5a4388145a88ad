"""Appointments of cases."""
