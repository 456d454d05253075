package io.urubu.classad.eval;

import io.urubu.classad.ast.Node;
import org.jspecify.annotations.Nullable;

/** The tree that a list was planned from; a computed list has none. */
public record Origin(Node.@Nullable Items node) {
  public static final Origin NONE = new Origin(null);
}
