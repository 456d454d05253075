package io.urubu.classad.eval;

/** Where the attribute of some key is in all ads of one shape; slot -1 if they have none. */
record Place(Shape shape, int slot) {}
