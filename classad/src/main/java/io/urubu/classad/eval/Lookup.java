package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;
import org.jspecify.annotations.Nullable;

/** A name to be found: in an ad, then in the ads around it, then among the built-in names. */
final class Lookup {
  private final String key;
  private final ScopeName special;

  Lookup(Name name) {
    this.key = name.key();
    this.special = ScopeName.of(key);
  }

  /** The value found from this ad outwards; null if there is none. */
  @Nullable Datum from(Scope start, Evaluation evaluation) {
    Scope at = start;
    while (at != null) {
      int slot = at.attributes().slot(key);
      if (slot >= 0) {
        return evaluation.attribute(slot, at);
      }
      if (special != ScopeName.NONE) {
        Datum value = builtIn(at, evaluation);
        if (value != null) {
          return value;
        }
      }
      at = at == evaluation.root() ? null : at.parent();
    }
    return null;
  }

  /** The program that the name stands for, not run; null if there is none. */
  @Nullable Program definition(Scope start, Evaluation evaluation) {
    Scope at = start;
    while (at != null) {
      int slot = at.attributes().slot(key);
      if (slot >= 0) {
        return at.attributes().program(slot);
      }
      Datum value = special == ScopeName.NONE ? null : builtIn(at, evaluation);
      if (value != null) {
        return value;
      }
      at = at == evaluation.root() ? null : at.parent();
    }
    return null;
  }

  private @Nullable Datum builtIn(Scope at, Evaluation evaluation) {
    return switch (special) {
      case SELF -> at;
      case ROOT -> evaluation.root();
      case NOW -> Datum.of(evaluation.now());
      case PARENT -> {
        Scope parent = at.parent();
        yield parent == null ? Values.UNDEFINED : parent;
      }
      case COUNTERPART -> at.counterpart();
      case NONE -> null;
    };
  }
}
