package io.urubu.matchmaker.collector;

import io.urubu.classad.ClassAd;
import java.util.List;

/** One stream of one startd. */
public final class StartdSession {
  final long id;
  final String startd;
  final StartdLink link;
  private final MachineBook book;

  /** Ticker value; guarded by the book's lock. */
  long heardAt;

  StartdSession(long id, String startd, StartdLink link, MachineBook book, long heardAt) {
    this.id = id;
    this.startd = startd;
    this.link = link;
    this.book = book;
    this.heardAt = heardAt;
  }

  /**
   * Takes what the startd says of a slot.
   *
   * @param complete the ad is the whole ad; else what changed of it
   * @param removed names that are no longer there, when not complete
   * @return true when the slot may matter otherwise for matching than before
   */
  public boolean advertise(String slot, boolean complete, ClassAd ad, List<String> removed)
      throws RefusedException {
    return book.advertise(this, slot, complete, ad, removed);
  }

  public void withdraw(String slot) throws RefusedException {
    book.withdraw(this, slot);
  }

  /** The startd is alive. */
  public void heard() throws RefusedException {
    book.heard(this);
  }

  /** The stream has ended; the ads live on for the grace. */
  public void close() {
    book.close(this);
  }
}
