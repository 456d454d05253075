package io.urubu.startd.state;

import io.urubu.classad.ClassAd;
import io.urubu.identity.Secret;
import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.Claim;
import io.urubu.startd.slot.Pace;
import io.urubu.startd.slot.Patience;
import io.urubu.startd.slot.SlotState;
import io.urubu.startd.slot.SlotState.Claimed;
import io.urubu.startd.slot.SlotState.Preempting;
import io.urubu.startd.slot.Why;
import io.urubu.startd.slot.Work;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The part of a slot's state that outlives the daemon, as an ad. */
public final class SlotRecords {
  private SlotRecords() {}

  /** Empty for a slot that nobody holds: it has no record. */
  public static Optional<ClassAd> toAd(SlotState state) {
    return switch (state) {
      case Claimed claimed ->
          Optional.of(
              common(claimed.claim(), claimed.work())
                  .put("Last", claimed.last())
                  .put("Known", true)
                  .build());
      case Preempting preempting ->
          Optional.of(
              common(preempting.claim(), preempting.work())
                  .put("Last", true)
                  .put("Known", preempting.known())
                  .build());
      case SlotState.Owner _, SlotState.Unclaimed _ -> Optional.empty();
      case SlotState.Matched _, SlotState.Drained _ -> Optional.empty();
    };
  }

  private static ClassAd.Builder common(Claim claim, Work work) {
    ClassAd.Builder ad =
        ClassAd.builder()
            .put("Schedd", claim.schedd())
            .put("ScheddAddress", claim.address())
            .put("User", claim.user())
            .put("ClaimSecret", claim.secret().toHex())
            .put("LeaseSeconds", claim.lease().toSeconds())
            .put("Work", work.getClass().getSimpleName());
    switch (work) {
      case Work.Idle() -> {}
      case Work.Starting(var run, _, _) -> ad.put("Run", run.toString());
      case Work.Running(var run, _) -> ad.put("Run", run.toString());
      case Work.Suspended(var run, _) -> ad.put("Run", run.toString());
      case Work.Ending ending ->
          ad.put("Run", ending.run().toString())
              .put("Stage", ending.stage().name())
              .put("Code", ending.why().code())
              .put("Reason", ending.why().text());
      case Work.Gone gone -> ad.put("Run", gone.run().toString()).put("Reason", gone.reason());
    }
    return ad;
  }

  /**
   * The state in which a daemon that starts goes on. Leases and waiting times count from now.
   *
   * @return empty when the ad does not say what it must
   */
  public static Optional<SlotState> fromAd(ClassAd ad, Duration now, Patience patience) {
    Optional<Claim> claim = claim(ad);
    Optional<Work> work = work(ad, now, patience);
    if (claim.isEmpty() || work.isEmpty()) {
      return Optional.empty();
    }
    Duration leaseUntil = now.plus(claim.get().lease());
    boolean known = ad.bool("Known").orElse(true);
    return Optional.of(
        known
            ? new Claimed(
                claim.get(),
                work.get(),
                leaseUntil,
                ad.bool("Last").orElse(false),
                Optional.empty())
            : new Preempting(claim.get(), work.get(), leaseUntil, false, false, Optional.empty()));
  }

  private static Optional<Claim> claim(ClassAd ad) {
    try {
      return Optional.of(
          new Claim(
              ad.string("Schedd").orElseThrow(),
              ad.string("ScheddAddress").orElseThrow(),
              ad.string("User").orElseThrow(),
              Secret.fromHex(ad.string("ClaimSecret").orElseThrow()),
              Duration.ofSeconds(ad.integer("LeaseSeconds").orElseThrow())));
    } catch (IllegalArgumentException | NoSuchElementException _) {
      return Optional.empty();
    }
  }

  private static Optional<Work> work(ClassAd ad, Duration now, Patience patience) {
    Optional<RunRef> run = ad.string("Run").flatMap(RunRef::parse);
    String reason = ad.string("Reason").orElse("");
    Duration until = now.plus(patience.vacate());
    return switch (ad.string("Work").orElse("")) {
      case "Idle" -> Optional.of(new Work.Idle());
      case "Starting" -> run.map(held -> new Work.Starting(held, until, false));
      case "Running" -> run.map(held -> new Work.Running(held, Pace.from(now)));
      case "Suspended" -> run.map(held -> new Work.Suspended(held, Pace.from(now)));
      case "Ending" -> run.map(held -> ending(ad, held, reason, now, patience));
      case "Gone" -> run.map(gone -> new Work.Gone(gone, reason, until));
      default -> Optional.empty();
    };
  }

  private static Work ending(
      ClassAd ad, RunRef run, String reason, Duration now, Patience patience) {
    Why why = new Why(ad.string("Code").orElse(""), reason);
    return switch (ad.string("Stage").orElse("")) {
      case "KILLING" -> new Work.Ending(run, Work.Stage.KILLING, now.plus(patience.kill()), why);
      case "UPLOADING" ->
          new Work.Ending(run, Work.Stage.UPLOADING, now.plus(patience.upload()), why);
      default -> new Work.Ending(run, Work.Stage.VACATING, now.plus(patience.vacate()), why);
    };
  }
}
