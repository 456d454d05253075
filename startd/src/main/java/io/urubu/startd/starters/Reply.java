package io.urubu.startd.starters;

import io.urubu.classad.ClassAd;
import java.util.List;

/** What a starter answered. */
sealed interface Reply {
  /** It did what was asked. */
  record Done(List<ClassAd> items) implements Reply {
    public Done {
      items = List.copyOf(items);
    }
  }

  /** It did not. */
  record Failed(String reason) implements Reply {}
}
