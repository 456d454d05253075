package io.urubu.startd.slot;

import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.SlotAction.EndRun;
import io.urubu.startd.slot.SlotAction.KillStarter;
import io.urubu.startd.slot.Work.Ending;
import io.urubu.startd.slot.Work.Gone;
import java.time.Duration;

/** The steps by which a run is brought to its end: asked, killed, killed with its starter. */
final class Endings {
  private final Patience patience;

  Endings(Patience patience) {
    this.patience = patience;
  }

  Ending vacating(RunRef run, String reason, Duration now) {
    return new Ending(run, false, now.plus(patience.vacate()), reason);
  }

  Ending killing(RunRef run, String reason, Duration now) {
    return new Ending(run, true, now.plus(patience.kill()), reason);
  }

  Gone gone(RunRef run, String reason, Duration now) {
    return new Gone(run, reason, now.plus(patience.repeat()));
  }

  Ending harsher(Ending ending, Duration now) {
    return killing(ending.run(), ending.reason(), now);
  }

  SlotAction harsherAction(String user, Ending ending) {
    return ending.killing()
        ? new KillStarter(user, ending.run(), "the run did not end when it was killed")
        : new EndRun(user, ending.run(), false, ending.reason());
  }
}
