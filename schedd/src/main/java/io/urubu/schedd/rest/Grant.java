package io.urubu.schedd.rest;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a token says.
 *
 * @param subject the account that it speaks for
 * @param until when it ends
 */
record Grant(String subject, Set<Scope> scopes, Instant until) {
  Grant {
    if (subject.isEmpty() || scopes.isEmpty()) {
      throw new IllegalArgumentException("a token speaks for somebody, and of something");
    }
    scopes = Collections.unmodifiableSet(EnumSet.copyOf(scopes));
  }

  boolean isAdministrator() {
    return scopes.contains(Scope.ADMIN);
  }

  boolean mayRead() {
    return isAdministrator() || scopes.contains(Scope.READ);
  }
}
