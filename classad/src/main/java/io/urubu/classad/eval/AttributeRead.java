package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of this ad or of the other one, in the way that nearly all are read: in an outermost
 * ad, with nobody having given MY or TARGET another meaning. All else is left to the general way.
 */
final class AttributeRead implements Program {
  private final String key;
  private final boolean mine;
  private final boolean theirs;
  private final Program general;

  // Where the attribute was in an ad of ours and of theirs, the last time. Ads come in few shapes,
  // so it is mostly there again. Threads may overwrite each other's: every place is true.
  private @Nullable Place myPlace;
  private @Nullable Place theirPlace;

  /** An attribute of this ad if it is mine, else of the other one if it is theirs. */
  AttributeRead(Name name, boolean mine, boolean theirs, Program general) {
    this.key = name.key();
    this.mine = mine;
    this.theirs = theirs;
    this.general = general;
  }

  @Override
  public Datum run(Evaluation evaluation, Scope scope) {
    if (scope.parent() != null || scope.attributes().redefinesScopes()) {
      return general.run(evaluation, scope);
    }
    if (mine) {
      Place place = myPlace;
      if (place == null || !scope.attributes().has(place)) {
        place = scope.attributes().place(key);
        myPlace = place;
      }
      if (place.slot() >= 0) {
        return evaluation.attribute(place.slot(), scope);
      }
    }
    Scope other = theirs ? scope.counterpart() : null;
    return other == null ? Values.UNDEFINED : of(other, evaluation);
  }

  private Datum of(Scope other, Evaluation evaluation) {
    Place place = theirPlace;
    if (place == null || !other.attributes().has(place)) {
      place = other.attributes().place(key);
      theirPlace = place;
    }
    return place.slot() < 0 ? Values.UNDEFINED : evaluation.attribute(place.slot(), other);
  }
}
