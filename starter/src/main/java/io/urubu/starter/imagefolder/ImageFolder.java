package io.urubu.starter.imagefolder;

import io.urubu.remotefile.fuse.Answer;
import io.urubu.remotefile.fuse.Errno;
import io.urubu.remotefile.fuse.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run's folder for images. While it is armed, the names of images are links into a generation's
 * folder, and the first of them to be asked for marks the cut: DMTCP asks when no thread of the job
 * moves any more. Otherwise a checkpoint (the job can order one itself) goes to {@code /dev/null}.
 */
public final class ImageFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ImageFolder.class);

  private static final int MOST_LINKS = 4096;
  private static final int MOST_HELD = 4096;

  private static final String NOWHERE = "/dev/null";
  private static final String CONTROL = "/.urubu/control/";

  private final Path folder;
  private final Entries entries;
  private final Runnable removal;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@code lock}. */
  private State state = new State.Idle();

  private sealed interface State {
    /** No checkpoint of ours. */
    record Idle() implements State {}

    /** A job comes back: it finds its deleted files where its images lie now. */
    record Restoring(String target) implements State {}

    /** No image was asked for yet. */
    record Armed(Generation generation, Runnable atCut) implements State {}

    /** The job stands still until those answers are given. */
    record Cutting(Generation generation, List<Held> held) implements State {}

    /** The images are being written. */
    record Cut(Generation generation, boolean isGood) implements State {}
  }

  private record Held(Header header, String name, ImageName kind, Answer answer) {}

  ImageFolder(Path folder, Nodes nodes, Runnable removal) {
    this.folder = folder;
    this.entries = new Entries(this, nodes, MOST_LINKS);
    this.removal = removal;
  }

  /**
   * Its path on this host, visible to what this process starts. This process itself must never
   * touch it, not even to see whether it is there: killed while it waits for its own answer, it
   * could not die.
   */
  public Path folder() {
    return folder;
  }

  /**
   * From now on images go to that folder. The first to be asked for is held until {@code atCut} has
   * returned, which runs on a thread of its own and may take seconds; nothing else in the mount is
   * held meanwhile. When it throws, the job goes on all the same and the cut is bad.
   *
   * @param generation the folder on this host; it is there
   * @param target the same folder as the sandbox shows it
   */
  public void arm(Path generation, String target, Runnable atCut) throws IOException {
    Generation opened = Generation.open(generation, target);
    lock.lock();
    try {
      if (state instanceof State.Idle || state instanceof State.Restoring) {
        state = new State.Armed(opened, atCut);
        return;
      }
    } finally {
      lock.unlock();
    }
    opened.close();
    throw new IllegalStateException(folder + " is armed already");
  }

  /**
   * Before a job is restarted: DMTCP looks for copies of its deleted files in the folder into which
   * it wrote them, which was one like this. Until it is armed or disarmed they are found there.
   *
   * @param target the folder of the generation that is restarted, as the sandbox shows it
   */
  public void restoring(String target) {
    lock.lock();
    try {
      if (!(state instanceof State.Idle || state instanceof State.Restoring)) {
        throw new IllegalStateException(folder + " is armed: no job can be restarted in it");
      }
      state = new State.Restoring(target);
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on images go nowhere again; who waits for the cut goes on. A job that is killed while
   * it stands still at the cut dies only then.
   *
   * @return true when the cut was reached and {@code atCut} returned
   */
  public boolean disarm() {
    State was = exchange(new State.Idle());
    switch (was) {
      case State.Idle _, State.Restoring _ -> {}
      case State.Armed(var generation, _) -> generation.close();
      case State.Cutting(var generation, var held) -> {
        generation.close();
        held.forEach(one -> nowhere(one.header(), one.kind(), one.answer()));
      }
      case State.Cut(var generation, _) -> generation.close();
    }
    return was instanceof State.Cut(_, var isGood) && isGood;
  }

  private State exchange(State next) {
    lock.lock();
    try {
      State was = state;
      state = next;
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody finds it any more. */
  @Override
  public void close() {
    disarm();
    removal.run();
    entries.clear();
  }

  Entries entries() {
    return entries;
  }

  void lookup(Header header, String name, Answer answer) {
    ImageName kind = ImageName.of(name);
    switch (kind) {
      case IMAGE, FILES -> lookupImage(new Held(header, name, kind, answer));
      case SCRIPT -> entries.link(header, CONTROL + name, answer);
      case NEWEST_SCRIPT, STRANGE -> answer.refuse(Errno.ENOENT);
      case TOO_LONG -> answer.refuse(Errno.ENAMETOOLONG);
    }
  }

  private void lookupImage(Held asked) {
    switch (hold(asked)) {
      case State.Idle() -> nowhere(asked.header(), asked.kind(), asked.answer());
      case State.Restoring(var target) -> restored(target, asked);
      case State.Armed(var generation, var atCut) ->
          Thread.ofVirtual().name("cut").start(() -> cut(generation, atCut));
      case State.Cutting _ -> {}
      case State.Cut(var generation, _) -> into(generation, asked);
    }
  }

  /** The state that the request met; at the cut the request waits with the others from here on. */
  private State hold(Held asked) {
    lock.lock();
    try {
      State met = state;
      if (met instanceof State.Armed(var generation, _)) {
        state = new State.Cutting(generation, new ArrayList<>(List.of(asked)));
      } else if (met instanceof State.Cutting(_, var held)) {
        if (held.size() < MOST_HELD) {
          held.add(asked);
        } else {
          asked.answer().refuse(Errno.EAGAIN);
        }
      }
      return met;
    } finally {
      lock.unlock();
    }
  }

  private void restored(String target, Held asked) {
    if (asked.kind() == ImageName.FILES) {
      entries.link(asked.header(), target + "/" + asked.name(), asked.answer());
    } else {
      nowhere(asked.header(), asked.kind(), asked.answer());
    }
  }

  private void cut(Generation generation, Runnable atCut) {
    boolean isGood = false;
    try {
      atCut.run();
      isGood = true;
    } catch (RuntimeException e) {
      log.atWarn().addKeyValue("folder", folder).setCause(e).log("nothing was done at the cut");
    } finally {
      release(generation, isGood);
    }
  }

  private void release(Generation generation, boolean isGood) {
    List<Held> held;
    lock.lock();
    try {
      // Disarmed meanwhile, and perhaps armed again: those answers are given.
      if (!(state instanceof State.Cutting cutting && cutting.generation() == generation)) {
        return;
      }
      held = cutting.held();
      state = new State.Cut(generation, isGood);
    } finally {
      lock.unlock();
    }
    held.forEach(one -> into(generation, one));
  }

  private void into(Generation generation, Held asked) {
    if (asked.kind() == ImageName.FILES && !generation.hasFolder(asked.name())) {
      asked.answer().refuse(Errno.ENOENT);
    } else {
      entries.link(asked.header(), generation.pathOf(asked.name()), asked.answer());
    }
  }

  private void nowhere(Header header, ImageName kind, Answer answer) {
    if (kind == ImageName.FILES) {
      entries.voidFolder(header, answer);
    } else {
      entries.link(header, NOWHERE, answer);
    }
  }

  /** In a folder of files that nobody wants: everything that is written is lost. */
  void lookupInVoid(Header header, Answer answer) {
    entries.link(header, NOWHERE, answer);
  }

  void makeFolder(Header header, String name, Answer answer) {
    if (ImageName.of(name) != ImageName.FILES) {
      answer.refuse(Errno.EACCES);
      return;
    }
    Optional<Errno> failure = Optional.empty();
    if (current() instanceof State.Cut(var generation, _)) {
      failure = generation.makeFolder(name);
    }
    // The kernel wants a folder here, and finds the link when it asks for the name again.
    failure.ifPresentOrElse(answer::refuse, () -> entries.voidFolder(header, answer));
  }

  void makeLink(Header header, String name, Answer answer) {
    if (ImageName.of(name) == ImageName.NEWEST_SCRIPT) {
      entries.link(header, CONTROL + name, answer);
    } else {
      answer.refuse(Errno.EACCES);
    }
  }

  void rename(String from, String to, Answer answer) {
    if (!ImageName.completes(from, to)) {
      answer.refuse(Errno.EACCES);
      return;
    }
    Optional<Errno> failure = Optional.empty();
    if (current() instanceof State.Cut(var generation, _)) {
      failure = generation.rename(from, to);
    }
    failure.ifPresentOrElse(answer::refuse, answer::done);
  }

  private State current() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }
}
