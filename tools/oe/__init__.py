"""The commands of One Entrance's checkout. Nothing here is part of the addon."""
