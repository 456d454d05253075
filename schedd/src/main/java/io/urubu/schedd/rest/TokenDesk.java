package io.urubu.schedd.rest;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the local command {@code CreateToken}. An administrator gets any token; anybody else one
 * that reads, for himself.
 */
public final class TokenDesk {
  private static final Logger log = LoggerFactory.getLogger(TokenDesk.class);

  private static final Duration STANDARD = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int MAX_SUBJECT_LENGTH = 256;

  private final Tokens tokens;
  private final InstantSource clock;

  TokenDesk(Tokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Makes a token.
   *
   * @param request has Scopes (READ when missing), LifetimeSeconds (a day when missing) and Subject
   *     (the asking account when missing)
   * @return the ad of DONE
   */
  public ClassAd create(String account, boolean isAdministrator, ClassAd request)
      throws PoolException {
    Set<Scope> scopes = scopes(request);
    String subject = request.string("Subject").orElse(account);
    boolean isOwnReading = subject.equals(account) && scopes.equals(EnumSet.of(Scope.READ));
    if (!isAdministrator && !isOwnReading) {
      throw new PoolException(
          PoolError.PERMISSION_DENIED,
          account
              + ": only an administrator makes tokens for others or with more than READ: ask one"
              + " (ALLOW_ADMINISTRATOR)");
    }
    if (subject.isEmpty() || subject.length() > MAX_SUBJECT_LENGTH) {
      throw invalid("Subject is an account's name of at most " + MAX_SUBJECT_LENGTH + " letters");
    }
    Duration lifetime = lifetime(request);
    Grant grant = new Grant(subject, scopes, clock.instant().plus(lifetime));
    String token = tokens.issue(grant);
    log.atInfo()
        .addKeyValue("account", account)
        .addKeyValue("subject", subject)
        .addKeyValue("scopes", grant.scopes())
        .addKeyValue("until", grant.until())
        .log("token made");
    return ClassAd.builder()
        .put("Token", token)
        .put("Expires", grant.until().getEpochSecond())
        .build();
  }

  private static Set<Scope> scopes(ClassAd request) throws PoolException {
    List<String> names = request.has("Scopes") ? request.strings("Scopes") : List.of("READ");
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : names) {
      try {
        scopes.add(Scope.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException _) {
        throw invalid("'" + name + "' is no scope: use some of " + Arrays.toString(Scope.values()));
      }
    }
    if (scopes.isEmpty()) {
      throw invalid("Scopes is empty: use some of " + Arrays.toString(Scope.values()));
    }
    return scopes;
  }

  private static Duration lifetime(ClassAd request) throws PoolException {
    long seconds = request.integer("LifetimeSeconds").orElse(STANDARD.toSeconds());
    if (seconds < 1 || seconds > LONGEST.toSeconds()) {
      throw invalid(
          "LifetimeSeconds is %d: allowed are 1 to %d".formatted(seconds, LONGEST.toSeconds()));
    }
    return Duration.ofSeconds(seconds);
  }

  private static PoolException invalid(String problem) {
    return new PoolException(PoolError.REQUEST_INVALID, problem);
  }
}
