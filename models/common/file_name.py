def get_file_name(name):
    """:param str name: what a printed file is to be called
    :return: the same without what a file's name may not have
    :rtype: str
    """
    return name.replace("/", "-").replace("\\", "-")
