package io.urubu.classad.interpret;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Scope;

/** Sees what an interpreter looks for in vain. */
@FunctionalInterface
public interface Observer {
  /** Nobody looks. */
  Observer NONE = (_, _, _) -> {};

  /**
   * No attribute of this name was found.
   *
   * @param from the ad in which the search began
   * @param name what was looked for
   * @param selected whether this ad was named, as in {@code TARGET.name}; a bare name was looked
   *     for in the other ad of a match, too
   */
  void missed(Scope from, Name name, boolean selected);
}
