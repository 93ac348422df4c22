"""What strangers send, and what becomes of it: the promises of `SECURITY.md`, one by one."""
