package io.urubu.schedd.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
final class TokensTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Grant GRANT =
      new Grant("alice", EnumSet.of(Scope.READ, Scope.ADMIN), NOW.plusSeconds(60));

  @TempDir
  @SuppressWarnings("NullAway.Init") // set before each test
  private Path folder;

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);

  @SuppressWarnings("NullAway.Init") // set before each test
  private TokenKey key;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Tokens tokens;

  @BeforeEach
  void makeKey() throws IOException {
    key = TokenKey.provide(folder.resolve("schedd/token.key"), new SecureRandom());
    tokens = new Tokens(key, "schedd@host", clock::get, new SecureRandom());
  }

  @Test
  void aTokenSaysWhatWasGranted() {
    assertThat(tokens.verify(tokens.issue(GRANT))).contains(GRANT);
  }

  @Test
  void aTokenEnds() {
    String token = tokens.issue(GRANT);
    clock.set(NOW.plusSeconds(60));

    assertThat(tokens.verify(token)).isEmpty();
  }

  @Test
  void theKeyStaysAndOnlyItsOwnerReadsIt() throws IOException {
    Path file = folder.resolve("schedd/token.key");
    TokenKey again = TokenKey.provide(file, new SecureRandom());

    assertThat(again.bytes()).isEqualTo(key.bytes()).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(key.toString()).isEqualTo("TokenKey[hidden]");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> TokenKey.provide(file, new SecureRandom()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("may be read by others");
  }

  @Test
  void nobodyElsesTokenCounts() throws Exception {
    TokenKey other = TokenKey.provide(folder.resolve("other.key"), new SecureRandom());
    String forged = new Tokens(other, "schedd@host", clock::get, new SecureRandom()).issue(GRANT);
    String otherSchedds =
        new Tokens(key, "schedd@elsewhere", clock::get, new SecureRandom()).issue(GRANT);
    String good = tokens.issue(GRANT);
    String unsigned = good.substring(0, good.lastIndexOf('.') + 1);

    assertThat(tokens.verify(forged)).isEmpty();
    assertThat(tokens.verify(otherSchedds)).isEmpty();
    assertThat(tokens.verify(unsigned)).isEmpty();
    assertThat(tokens.verify(new PlainJWT(claims(NOW.plusSeconds(60))).serialize())).isEmpty();
    assertThat(tokens.verify("")).isEmpty();
    assertThat(tokens.verify("a.b.c")).isEmpty();
    assertThat(tokens.verify("x".repeat(100_000))).isEmpty();
  }

  @Test
  void aTokenWithoutAnEndOrWithUnknownScopesDoesNotCount() throws Exception {
    assertThat(tokens.verify(signed(claims(NOW.plusSeconds(60))))).isPresent();
    assertThat(tokens.verify(signed(claims(null)))).isEmpty();
    assertThat(
            tokens.verify(
                signed(
                    new JWTClaimsSet.Builder(claims(NOW.plus(Duration.ofDays(1))))
                        .claim("scope", "READ ROOT")
                        .build())))
        .isEmpty();
  }

  private static JWTClaimsSet claims(@Nullable Instant until) {
    return new JWTClaimsSet.Builder()
        .issuer("schedd@host")
        .audience("schedd@host")
        .subject("alice")
        .claim("scope", "READ")
        .expirationTime(until == null ? null : Date.from(until))
        .build();
  }

  private String signed(JWTClaimsSet claims) throws Exception {
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    token.sign(new MACSigner(key.bytes()));
    return token.serialize();
  }
}
