"""What people see of terms: the list, those of a case, one term, and their set-up."""
