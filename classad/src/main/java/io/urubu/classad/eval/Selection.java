package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attribute of an ad, or of each ad of a list. */
public final class Selection implements Program {
  private static final int DEEPEST_LIST = 200;

  private final Program base;
  private final Name name;
  private final Lookup lookup;

  Selection(Program base, Name name) {
    this.base = base;
    this.name = name;
    this.lookup = new Lookup(name);
  }

  public Program base() {
    return base;
  }

  public Name name() {
    return name;
  }

  /** The program that the name stands for in the base; null if there is none. */
  public @Nullable Program definition(Evaluation evaluation, Scope scope) {
    return evaluation.run(base, scope) instanceof Scope ad
        ? lookup.definition(ad, evaluation)
        : null;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    Datum from = evaluation.run(base, scope);
    return one(from, evaluation, 0);
  }

  private Datum each(Items items, Evaluation evaluation, int depth) {
    if (depth > DEEPEST_LIST) {
      throw new AbortException("an attribute of lists that hold each other without end");
    }
    evaluation.roomForItems(items.size());
    List<Datum> values = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      values.add(one(items.item(i, evaluation), evaluation, depth + 1));
    }
    return evaluation.produced(Items.of(values));
  }

  private Datum one(Datum from, Evaluation evaluation, int depth) {
    return switch (from) {
      case Items items -> each(items, evaluation, depth);
      case Scope ad -> {
        Datum value = lookup.from(ad, evaluation);
        yield value == null ? Values.UNDEFINED : value;
      }
      case Datum.Undefined _, Datum.Failure _ -> from;
      default -> Datum.failure("an attribute of " + from.kind());
    };
  }
}
