"""From a decision to human work: the store keeps every decision; queue and audit come later."""
