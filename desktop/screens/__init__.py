"""One file per screen: it knows the desk's service, gets it by constructor, and translates."""
