"""Who people are, the units they belong to, and what each may do."""
