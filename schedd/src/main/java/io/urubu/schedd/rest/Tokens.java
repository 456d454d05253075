package io.urubu.schedd.rest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes and checks signed tokens (JWT, HS256) of one schedd. */
final class Tokens {
  static final int MAX_LENGTH = 4096;

  private static final String SCOPE = "scope";
  private static final int ID_BYTES = 16;

  private final TokenKey key;
  private final String schedd;
  private final InstantSource clock;
  private final SecureRandom random;

  Tokens(TokenKey key, String schedd, InstantSource clock, SecureRandom random) {
    this.key = key;
    this.schedd = schedd;
    this.clock = clock;
    this.random = random;
  }

  /** The token is a secret of whom it is handed to. */
  String issue(Grant grant) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(schedd)
            .audience(schedd)
            .subject(grant.subject())
            .claim(SCOPE, grant.scopes().stream().map(Scope::name).collect(Collectors.joining(" ")))
            .issueTime(Date.from(clock.instant()))
            .expirationTime(Date.from(grant.until()))
            .jwtID(HexFormat.of().formatHex(id))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(), claims);
    try {
      token.sign(new MACSigner(key.bytes()));
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java runtime cannot sign with HS256", e);
    }
    return token.serialize();
  }

  /** What the token says, when this schedd signed it and it is still valid. */
  Optional<Grant> verify(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      SignedJWT token = SignedJWT.parse(text);
      boolean isSigned =
          JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
              && token.verify(new MACVerifier(key.bytes()));
      return isSigned ? grant(token.getJWTClaimsSet()) : Optional.empty();
    } catch (ParseException | JOSEException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Optional<Grant> grant(JWTClaimsSet claims) throws ParseException {
    Date expiry = claims.getExpirationTime();
    String scopes = claims.getStringClaim(SCOPE);
    String subject = claims.getSubject();
    if (expiry == null || scopes == null || subject == null) {
      return Optional.empty();
    }
    Instant until = expiry.toInstant();
    boolean isOurs =
        schedd.equals(claims.getIssuer()) && List.of(schedd).equals(claims.getAudience());
    return isOurs && clock.instant().isBefore(until)
        ? Optional.of(new Grant(subject, scopes(scopes), until))
        : Optional.empty();
  }

  private static Set<Scope> scopes(String text) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : text.split(" ", -1)) {
      scopes.add(Scope.valueOf(name));
    }
    return scopes;
  }
}
