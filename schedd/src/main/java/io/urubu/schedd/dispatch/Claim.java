package io.urubu.schedd.dispatch;

import io.urubu.classad.ClassAd;
import io.urubu.identity.Secret;
import io.urubu.protocol.claim.v1.ClaimResponse;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import io.urubu.schedd.line.Line;
import java.util.HexFormat;
import java.util.Optional;

/** A slot that is ours for one user. Belongs to the queue's thread. */
final class Claim {
  final Secret secret;
  final String user;
  final String slot;
  ClassAd machine;
  Optional<Line<ClaimResponse>> line;

  /** When the line broke, by the ticker. */
  long brokenAt;

  /** The run that the slot has, or will have as soon as its shadow is ready. */
  Optional<RunRef> run = Optional.empty();

  /** Whether the startd has said that it has the run. */
  boolean activated;

  /** The shadow that the starter was told of; empty when this schedd has told it of none. */
  Optional<ShadowEndpoint> told = Optional.empty();

  Claim(Secret secret, String user, String slot, ClassAd machine, Line<ClaimResponse> line) {
    this.secret = secret;
    this.user = user;
    this.slot = slot;
    this.machine = machine;
    this.line = Optional.of(line);
  }

  String sha256() {
    return sha256(secret);
  }

  static String sha256(Secret secret) {
    return HexFormat.of().formatHex(secret.sha256());
  }

  void send(ClaimResponse message) {
    line.ifPresent(open -> open.send(message));
  }

  void take(RunRef next) {
    run = Optional.of(next);
    activated = false;
    told = Optional.empty();
  }

  void drop() {
    run = Optional.empty();
    activated = false;
    told = Optional.empty();
  }
}
