package io.urubu.identity;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Whom a certificate speaks of.
 *
 * @param role what the process is
 * @param name the daemon's name; for a shadow or starter the name of the schedd or startd that
 *     vouches for it
 * @param user the user ({@code name@domain}) that a shadow or starter serves; empty for daemons
 */
public record Subject(Role role, String name, String user) {
  private static final String SCHEME = "urubu";

  public Subject {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a subject has a name");
    }
    if (role.isDelegated() == user.isEmpty()) {
      throw new IllegalArgumentException("only shadows and starters serve a user: " + role);
    }
  }

  /** A daemon that the pool's authority signs. */
  public static Subject daemon(Role role, String name) {
    return new Subject(role, name, "");
  }

  /** The form in a certificate's subject alternative name. */
  String toUri() {
    return String.join(
        ":", SCHEME, role.name().toLowerCase(Locale.ROOT), encode(name), encode(user));
  }

  static Optional<Subject> fromUri(String uri) {
    String[] parts = uri.split(":", -1);
    if (parts.length != 4 || !parts[0].equals(SCHEME)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Subject(
              Role.valueOf(parts[1].toUpperCase(Locale.ROOT)), decode(parts[2]), decode(parts[3])));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8);
  }

  private static String decode(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }
}
