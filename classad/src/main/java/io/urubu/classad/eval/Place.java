package io.urubu.classad.eval;

import java.util.List;

/** Where the attribute of some key is in all ads of one shape; slot -1 if they have none. */
record Place(Shape shape, int slot) {
  static final Place NOWHERE = new Place(Shape.of(List.of()), -1);
}
