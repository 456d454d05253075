package io.urubu.startd.starters;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.Endpoint;
import io.urubu.startd.slot.Why;
import io.urubu.startd.slot.Wish;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said to starters, and what they say, cut to a size and form that may go further. */
final class StarterTexts {
  private static final int LONGEST = 500;

  private StarterTexts() {}

  static String bounded(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    return cut.replaceAll("\\p{Cntrl}", " ");
  }

  static Set<RunRef> runs(List<ClassAd> items) {
    return items.stream()
        .map(item -> item.string("Run").flatMap(RunRef::parse))
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  static ClassAd command(String name) {
    return ClassAd.builder().put("Command", name).build();
  }

  static ClassAd end(RunRef run, boolean graceful, Why why) {
    return forRun("End", run)
        .put("Graceful", graceful)
        .put("Reason", why.text())
        .put("Code", why.code())
        .build();
  }

  static ClassAd suspend(RunRef run, String reason) {
    return forRun("Suspend", run).put("Reason", reason).build();
  }

  static ClassAd resume(RunRef run) {
    return forRun("Continue", run).build();
  }

  static ClassAd wish(RunRef run, Wish wish) {
    return switch (wish) {
      case Wish.Suspend(var reason) -> forRun("UserSuspend", run).put("Reason", reason).build();
      case Wish.Continue() -> forRun("UserContinue", run).build();
      case Wish.Checkpoint() -> forRun("Checkpoint", run).build();
    };
  }

  static ClassAd acknowledge(RunRef run) {
    return forRun("RunGoneAck", run).build();
  }

  static ClassAd shadowMoved(RunRef run, Endpoint shadow) {
    return forRun("ShadowMoved", run)
        .put("ShadowAddress", shadow.address())
        .put("ShadowSha256", shadow.certificateSha256())
        .build();
  }

  private static ClassAd.Builder forRun(String command, RunRef run) {
    return ClassAd.builder().put("Command", command).put("Run", run.toString());
  }
}
