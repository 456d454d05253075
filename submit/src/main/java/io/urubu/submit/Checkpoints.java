package io.urubu.submit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a job is saved when it must leave, and how it is asked to end. */
final class Checkpoints {
  private static final String AUTO = "auto";
  private static final String DMTCP = "dmtcp";
  private static final String SELF = "self";
  private static final List<String> BACKENDS = List.of(AUTO, DMTCP, SELF, "none");
  private static final int LARGEST_EXIT_CODE = 255;
  private static final long LONGEST_PERIOD = 366L * 86_400;
  private static final Pattern PERIOD =
      Pattern.compile(
          "(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)",
          Pattern.CASE_INSENSITIVE);

  private final Draft draft;

  Checkpoints(Draft draft) {
    this.draft = draft;
  }

  /** Puts what the description says into the ad, and what it asks of a machine. */
  void put(RequirementsText requirements) {
    boolean byCode = exitCode();
    boolean bySignal = signal();
    backend(requirements, byCode || bySignal);
    files();
    period();
    draft
        .value(Key.KILL_SIG)
        .ifPresent(
            text ->
                Signal.name(text)
                    .ifPresentOrElse(
                        name -> draft.text("KillSig", name, Key.KILL_SIG),
                        () -> draft.refuse(Key.KILL_SIG, Signal.RULE)));
  }

  private void backend(RequirementsText requirements, boolean savesItself) {
    String backend = draft.value(Key.CHECKPOINT_BACKEND).orElse(AUTO).toLowerCase(Locale.ROOT);
    if (!BACKENDS.contains(backend)) {
      draft.refuse(Key.CHECKPOINT_BACKEND, "one of " + String.join(", ", BACKENDS) + " is allowed");
      return;
    }
    if (backend.equals(SELF) && !savesItself) {
      draft.refuse(
          Key.CHECKPOINT_BACKEND,
          "nothing says how the program tells that it has saved its state; write"
              + " checkpoint_exit_code = N, with the exit code by which it tells so");
    }
    if (backend.equals(DMTCP)) {
      if (savesItself) {
        draft.refuse(
            Key.CHECKPOINT_BACKEND,
            "other lines say that the program saves itself; take them out, or write"
                + " checkpoint_backend = self");
      }
      requirements.add("stringListMember(\"dmtcp\",TARGET.CheckpointBackends)");
    }
    if (draft.lineOf(Key.CHECKPOINT_BACKEND).isPresent()) {
      draft.text("WantCheckpointBackend", backend, Key.CHECKPOINT_BACKEND);
    }
  }

  /** True when the program tells by its exit code that it has saved itself. */
  private boolean exitCode() {
    Optional<String> text = draft.value(Key.CHECKPOINT_EXIT_CODE);
    if (text.isEmpty()) {
      return false;
    }
    OptionalLong code = ConstantText.integer(text.get());
    if (code.isPresent() && code.getAsLong() >= 1 && code.getAsLong() <= LARGEST_EXIT_CODE) {
      draft.expression(
          Long.toString(code.getAsLong()), "CheckpointExitCode", Key.CHECKPOINT_EXIT_CODE);
    } else {
      draft.refuse(
          Key.CHECKPOINT_EXIT_CODE,
          "an exit code from 1 to %d is allowed, one by which the program never ends for good"
              .formatted(LARGEST_EXIT_CODE));
    }
    return true;
  }

  /** True when the program is told by a signal to save itself. */
  private boolean signal() {
    boolean named = draft.lineOf(Key.CHECKPOINT_SIGNAL).isPresent();
    boolean wanted = draft.bool(Key.WANT_CHECKPOINT_SIGNAL, named);
    if (!wanted) {
      if (named) {
        draft.refuse(
            Key.WANT_CHECKPOINT_SIGNAL,
            "checkpoint_signal names a signal that is not wanted; take out one of the two");
      }
      return false;
    }
    draft.ad().put("WantCheckpointSignal", true);
    String text = draft.value(Key.CHECKPOINT_SIGNAL).orElse("SIGTERM");
    Signal.number(text)
        .ifPresentOrElse(
            number ->
                draft.expression(Integer.toString(number), "CheckpointSig", Key.CHECKPOINT_SIGNAL),
            () -> draft.refuse(Key.CHECKPOINT_SIGNAL, Signal.RULE));
    return true;
  }

  private void files() {
    draft
        .value(Key.TRANSFER_CHECKPOINT_FILES)
        .map(list -> Words.files(Draft.unquoted(list)))
        .ifPresent(this::files);
  }

  private void files(List<String> names) {
    for (String name : names) {
      boolean leavesScratch =
          name.startsWith("/") || List.of(name.split("/", -1)).contains("..") || Words.isUrl(name);
      if (leavesScratch) {
        draft.refuse(
            Key.TRANSFER_CHECKPOINT_FILES,
            name + " is not in the job's scratch folder; name files by their place in it");
      }
    }
    draft.text("TransferCheckpoint", String.join(",", names), Key.TRANSFER_CHECKPOINT_FILES);
  }

  private void period() {
    Optional<String> text = draft.value(Key.PERIODIC_CHECKPOINT);
    if (text.isEmpty()) {
      return;
    }
    OptionalLong seconds = seconds(text.get());
    if (seconds.isPresent() && seconds.getAsLong() >= 1 && seconds.getAsLong() <= LONGEST_PERIOD) {
      draft.expression(
          Long.toString(seconds.getAsLong()), "PeriodicCheckpoint", Key.PERIODIC_CHECKPOINT);
    } else {
      draft.refuse(
          Key.PERIODIC_CHECKPOINT,
          "how often the job is saved is allowed: seconds from 1 on, or such as 15 min or 2 h");
    }
  }

  private static OptionalLong seconds(String text) {
    Matcher period = PERIOD.matcher(text);
    if (!period.matches()) {
      return ConstantText.integer(text);
    }
    long unit =
        switch (period.group(2).toLowerCase(Locale.ROOT).charAt(0)) {
          case 'm' -> 60;
          case 'h' -> 3600;
          case 'd' -> 86_400;
          default -> 1;
        };
    return OptionalLong.of(Math.round(Double.parseDouble(period.group(1)) * unit));
  }
}
