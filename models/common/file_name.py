def get_file_name(name):
    """Return a name without the characters that a file's name may not have."""
    return name.replace("/", "-").replace("\\", "-")
