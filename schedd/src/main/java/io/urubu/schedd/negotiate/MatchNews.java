package io.urubu.schedd.negotiate;

import io.urubu.classad.ClassAd;
import io.urubu.identity.Secret;
import java.util.List;

/** What the matchmaker says. */
public sealed interface MatchNews {

  /** The attributes that any machine's policy or the negotiator refers to. */
  record Significant(List<String> names) implements MatchNews {
    public Significant {
      names = List.copyOf(names);
    }
  }

  /** A slot was given to a user of this schedd; its startd will offer it with the ticket. */
  record Matched(Secret ticket, String slot, String user, long autocluster, ClassAd machine)
      implements MatchNews {}
}
