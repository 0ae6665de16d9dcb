"""The kinds of site, in words."""

KINDS = [
    ("network", "Social network"),
    ("microblog", "Microblog (very short posts)"),
    ("blog", "Blog"),
    ("forum", "Forum or comment section"),
    ("wiki", "Wiki"),
    ("photo", "Photo site"),
    ("video", "Video site"),
    ("virtual-world", "Virtual world"),
]
