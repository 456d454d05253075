package io.urubu.startd.slot;

import io.urubu.protocol.id.RunRef;
import io.urubu.startd.slot.SlotAction.EndRun;
import io.urubu.startd.slot.SlotAction.KillStarter;
import io.urubu.startd.slot.Work.Ending;
import io.urubu.startd.slot.Work.Gone;
import io.urubu.startd.slot.Work.Stage;
import java.time.Duration;

/** The steps by which a run is brought to its end: asked, killed, killed with its starter. */
final class Endings {
  private final Patience patience;

  Endings(Patience patience) {
    this.patience = patience;
  }

  Ending vacating(RunRef run, Why why, Duration limit, Duration now) {
    return new Ending(run, Stage.VACATING, now.plus(limit), why);
  }

  Ending vacating(RunRef run, Why why, Duration now) {
    return vacating(run, why, patience.vacate(), now);
  }

  Ending killing(RunRef run, Why why, Duration now) {
    return new Ending(run, Stage.KILLING, now.plus(patience.kill()), why);
  }

  /** The job's processes are gone: the owner no longer waits, only the upload does. */
  Ending memoryLeft(Ending ending, boolean isDraining, Duration now) {
    Duration limit = isDraining ? patience.lastUpload() : patience.upload();
    return ending.stage() == Stage.VACATING
        ? new Ending(ending.run(), Stage.UPLOADING, now.plus(limit), ending.why())
        : ending;
  }

  Gone gone(RunRef run, String reason, Duration now) {
    return new Gone(run, reason, now.plus(patience.repeat()));
  }

  Ending harsher(Ending ending, Duration now) {
    return killing(ending.run(), ending.why(), now);
  }

  static SlotAction harsherAction(String user, Ending ending) {
    return ending.isKilling()
        ? new KillStarter(user, ending.run(), "the run did not end when it was killed")
        : new EndRun(user, ending.run(), false, ending.why());
  }

  /** What a starter that is met again must hear. */
  static SlotAction again(String user, Ending ending) {
    return new EndRun(user, ending.run(), !ending.isKilling(), ending.why());
  }
}
