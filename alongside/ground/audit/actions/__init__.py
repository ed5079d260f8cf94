"""Recording a deed, and sealing what was recorded."""
