"""The window. Views hold widgets and no logic; controllers own a TaskScope and talk to the use cases through the
Runtime; tabs never import each other."""
