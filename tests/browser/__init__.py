"""Our own site and a specimen in a real Chromium, as readers meet them."""
