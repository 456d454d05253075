package io.urubu.shadow.runs;

import io.urubu.classad.ClassAd;
import java.util.List;

/** The program's own end: its status and usage, and the outputs to be put in their places. */
public record Exit(ClassAd ad, List<Rename> renames) {
  public Exit {
    renames = List.copyOf(renames);
  }

  End end() {
    return new End(End.Outcome.EXITED, ad);
  }
}
