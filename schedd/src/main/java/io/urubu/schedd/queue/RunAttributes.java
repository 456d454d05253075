package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a job's ad says of its run while it stands still, is told to leave, and leaves. */
final class RunAttributes {
  private static final String SUSPENDED_SINCE = "LastSuspensionTime";
  private static final String USER_SUSPENDED = "UserSuspended";
  private static final String LEAVING_CODE = "LeavingCode";
  private static final String LEAVING_REASON = "LeavingReason";
  private static final int MAX_PROCESSES = 1_000_000;

  /** Codes become names of attributes. */
  private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,40}");

  private RunAttributes() {}

  static boolean isSuspended(ClassAd changes) {
    return changes.integer(SUSPENDED_SINCE).orElse(0) > 0;
  }

  static boolean isSuspendedByUser(ClassAd changes) {
    return changes.bool(USER_SUSPENDED).orElse(false);
  }

  /** What the workstation is to be told again when it comes back, or gets the run only now. */
  static List<Order> standing(ClassAd changes) {
    String reason = changes.string(LEAVING_REASON).orElse("");
    if (changes.string(LEAVING_CODE).orElse("").equals(Departure.USER_COMMAND)) {
      return List.of(new Order.Vacate(false, reason));
    }
    return List.of(
        isSuspendedByUser(changes)
            ? new Order.Suspend(changes.string("UserSuspendReason").orElse(""))
            : new Order.Continue());
  }

  static ClassAd ordered(ClassAd changes, Order order) {
    return switch (order) {
      case Order.Vacate(_, var reason) ->
          leaving(changes, new Departure(Departure.USER_COMMAND, reason));
      case Order.Suspend(var reason) ->
          changes.toBuilder().put(USER_SUSPENDED, true).put("UserSuspendReason", reason).build();
      case Order.Continue() ->
          changes.toBuilder().remove(USER_SUSPENDED).remove("UserSuspendReason").build();
      case Order.TakeCheckpoint() -> changes;
    };
  }

  /** The first reason counts: what follows is its consequence. */
  static ClassAd leaving(ClassAd changes, Departure departure) {
    return changes.has(LEAVING_CODE)
        ? changes
        : changes.toBuilder()
            .put(LEAVING_CODE, departure.code())
            .put(LEAVING_REASON, departure.reason())
            .build();
  }

  static ClassAd suspended(ClassAd changes, ClassAd news, Instant now) {
    return changes.toBuilder()
        .put("TotalSuspensions", changes.integer("TotalSuspensions").orElse(0) + 1)
        .put(SUSPENDED_SINCE, now.getEpochSecond())
        .put("SuspendReason", news.string("Reason").orElse(""))
        .build();
  }

  static long processes(ClassAd news) {
    return Math.clamp(news.integer("NumPids").orElse(0), 0, MAX_PROCESSES);
  }

  static ClassAd continued(ClassAd changes, Instant now) {
    OptionalLong since = changes.integer(SUSPENDED_SINCE);
    if (since.orElse(0) == 0) {
      return changes;
    }
    long seconds = Math.max(0, now.getEpochSecond() - since.getAsLong());
    return changes.toBuilder()
        .put(
            "CumulativeSuspensionTime",
            changes.integer("CumulativeSuspensionTime").orElse(0) + seconds)
        .put(SUSPENDED_SINCE, 0)
        .remove("SuspendReason")
        .build();
  }

  /** The run is over: nobody's wishes for it count any more. */
  static ClassAd ended(ClassAd changes, Instant now) {
    return continued(changes, now).toBuilder()
        .remove(USER_SUSPENDED)
        .remove("UserSuspendReason")
        .remove(LEAVING_CODE)
        .remove(LEAVING_REASON)
        .build();
  }

  /** The job left its machine before its end, and is to run again. */
  static ClassAd vacated(ClassAd changes, RunOutcome outcome, ClassAd report, Instant now) {
    String told = changes.string(LEAVING_CODE).orElse("");
    String code = report.string("VacateCode").orElse(told);
    if (!CODE.matcher(code).matches()) {
      code =
          outcome instanceof RunOutcome.Lost ? Departure.LEASE_EXPIRED : Departure.STARTER_FAILED;
    }
    ClassAd byReason = changes.ad("NumVacatesByReason").orElse(ClassAd.empty());
    return changes.toBuilder()
        .put("NumVacates", changes.integer("NumVacates").orElse(0) + 1)
        .put(
            "NumVacatesByReason",
            byReason.toBuilder().put(code, byReason.integer(code).orElse(0) + 1).build())
        .put("VacateReason", reason(changes, outcome))
        .put("VacateReasonCode", code)
        .put("LastVacateTime", now.getEpochSecond())
        .build();
  }

  private static String reason(ClassAd changes, RunOutcome outcome) {
    String reason =
        switch (outcome) {
          case RunOutcome.Closed(var text, _) -> text;
          case RunOutcome.MachineFailed(var text) -> text;
          case RunOutcome.Lost(var text) -> text;
          case RunOutcome.RestartFailed(_, _, var text) -> text;
          case RunOutcome.UserFailed(var hold) -> hold.text();
          case RunOutcome.Exited() -> "";
        };
    return reason.isBlank() ? changes.string(LEAVING_REASON).orElse("") : reason;
  }
}
