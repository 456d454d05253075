package io.urubu.shadow.desk;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.runs.End;
import io.urubu.shadow.runs.Fault;
import io.urubu.shadow.runs.News;
import io.urubu.shadow.runs.Prepared;

/**
 * Tells the schedd what happened. What cannot be said now is dropped: it is asked for again, or
 * said again, with the next stream.
 */
public interface ScheddVoice {
  void admitted(RunRef run);

  void admitFailed(RunRef run, Fault fault);

  void ended(RunRef run, End end);

  void prepared(Prepared prepared);

  /** False when nobody was there to hear it. */
  boolean news(RunRef run, News kind, ClassAd ad);
}
