package io.urubu.shadow.runs;

import io.urubu.classad.ClassAd;
import java.util.List;

/**
 * A checkpoint that a starter took and whose files it stored.
 *
 * @param number counted by the starter from 1 within the run
 * @param cutAt seconds since 1970
 * @param ad for the schedd: usage up to the cut
 */
public record Taken(
    int number, String backend, String platform, long cutAt, List<Named> files, ClassAd ad) {
  public Taken {
    files = List.copyOf(files);
  }

  /** What the starter says that it stored. */
  public record Named(String name, long size, Sha256 sha256) {}
}
