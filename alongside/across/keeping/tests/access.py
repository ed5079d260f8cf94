BLIND = {"the installation's own work": "due"}
