"""The pages: one module a page group, each view access, form, step, redirect."""
