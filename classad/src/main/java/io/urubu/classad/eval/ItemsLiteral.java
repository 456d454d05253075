package io.urubu.classad.eval;

import io.urubu.classad.ast.Node;
import java.util.List;

/** A list that was written down. */
final class ItemsLiteral implements Program {
  private final Origin origin;
  private final List<Program> programs;

  ItemsLiteral(Node.Items source, List<Program> programs) {
    this.origin = new Origin(source);
    this.programs = List.copyOf(programs);
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    return new Items(programs, scope, origin);
  }
}
