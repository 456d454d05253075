package io.urubu.startd.starters;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A second connection to a starter, for what the owner wants at once: nothing on it waits for a run
 * that is being started, nor for an answer on the first connection. What the starter tells is heard
 * on that one.
 */
final class UrgentLine {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final Starters.Tools tools;
  private final Lane lane;

  /** Used on the lane only. */
  private @Nullable Open open;

  /**
   * What went wrong.
   *
   * @param answered the starter heard it and refused
   */
  record Trouble(boolean answered, String reason) {}

  private record Open(Path folder, StarterLink link) {}

  UrgentLine(String user, Starters.Tools tools) {
    this.tools = tools;
    this.lane = new Lane("urgent-" + user);
  }

  /** Connects ahead, so that the first urgent word finds the line open. */
  void prepare(Path folder) {
    lane.add(() -> liveLink(folder));
  }

  /**
   * Says it to the starter of that folder.
   *
   * @param failed told what went wrong
   */
  void say(Path folder, ClassAd request, Consumer<Trouble> failed) {
    if (!lane.add(() -> sayNow(folder, request, failed))) {
      failed.accept(new Trouble(false, "too much waits for the starter"));
    }
  }

  private void sayNow(Path folder, ClassAd request, Consumer<Trouble> failed)
      throws InterruptedException {
    try {
      if (liveLink(folder).call(request, ANSWER) instanceof Reply.Failed(var reason)) {
        failed.accept(new Trouble(true, StarterTexts.bounded(reason)));
      }
    } catch (IOException e) {
      closeNow();
      failed.accept(new Trouble(false, "the starter does not answer: " + e.getMessage()));
    }
  }

  private StarterLink liveLink(Path folder) throws IOException, InterruptedException {
    Open there = open;
    if (there != null && there.folder().equals(folder) && there.link().isOpen()) {
      return there.link();
    }
    closeNow();
    StarterLink link = StarterLink.connect(folder, CONNECT, tools.threads());
    open = new Open(folder, link);
    link.listen(new Deaf());
    return link;
  }

  void close() {
    lane.add(this::closeNow);
  }

  private void closeNow() {
    Open there = open;
    open = null;
    if (there != null) {
      there.link().close();
    }
  }

  private static final class Deaf implements StarterLink.Listener {
    @Override
    public void event(ClassAd event) {
      // The first connection hears it, too.
    }

    @Override
    public void ended() {
      // The next word finds out.
    }
  }
}
