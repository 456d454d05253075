package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;
import org.jspecify.annotations.Nullable;

/** A name to be found: in an ad, then in the ads around it, then among the built-in names. */
final class Lookup {
  private final String key;
  private final Special special;

  private enum Special {
    NONE,
    SELF,
    PARENT,
    ROOT,
    COUNTERPART,
    NOW
  }

  Lookup(Name name) {
    this.key = name.key();
    this.special =
        switch (key) {
          case "my", "self" -> Special.SELF;
          case "parent" -> Special.PARENT;
          case "root", "toplevel" -> Special.ROOT;
          case "target", "other" -> Special.COUNTERPART;
          case "currenttime" -> Special.NOW;
          default -> Special.NONE;
        };
  }

  /** The value found from this ad outwards; null if there is none. */
  @Nullable Datum from(Scope start, Evaluation evaluation) {
    Scope at = start;
    while (at != null) {
      Attributes.Attribute attribute = at.attributes().find(key);
      if (attribute != null) {
        return evaluation.attribute(attribute, at);
      }
      if (special != Special.NONE) {
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
      Attributes.Attribute attribute = at.attributes().find(key);
      if (attribute != null) {
        return attribute.program();
      }
      Datum value = special == Special.NONE ? null : builtIn(at, evaluation);
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
