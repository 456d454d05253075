package io.urubu.schedd.dispatch;

import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.shadow.v1.AttachResponse;
import io.urubu.protocol.wire.v1.ShadowEndpoint;
import io.urubu.schedd.line.Line;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** One user's shadow, there or wanted. Belongs to the queue's thread. */
final class Shadow {
  final String account;
  final String user;

  /** The user's jobs that have a current run. */
  final Set<JobId> runs = new HashSet<>();

  /** The user's logs that are behind. */
  final Set<String> logsBehind = new HashSet<>();

  /** Newest runs of jobs that ended while no shadow was there and left checkpoints behind. */
  final Set<RunRef> leftovers = new HashSet<>();

  Optional<Line<AttachResponse>> line = Optional.empty();
  Optional<ShadowEndpoint> endpoint = Optional.empty();

  /** Starts since one attached; the next is not before {@link #nextStart}, by the ticker. */
  int starts;

  long nextStart;

  /** Since when there is nothing to do, by the ticker; meaningless while there is. */
  long idleSince;

  boolean retiring;

  /** When it attached last, by the ticker. */
  long attachedAt;

  Shadow(String account, String user, long now) {
    this.account = account;
    this.user = user;
    this.nextStart = now;
    this.idleSince = now;
  }

  boolean isWanted() {
    return !runs.isEmpty() || !logsBehind.isEmpty() || !leftovers.isEmpty();
  }

  void send(AttachResponse message) {
    line.ifPresent(open -> open.send(message));
  }
}
