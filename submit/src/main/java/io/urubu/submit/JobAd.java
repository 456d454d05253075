package io.urubu.submit;

import io.urubu.classad.ClassAd;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Makes one job's attributes from what a description has set. */
final class JobAd {
  private final Draft draft;

  JobAd(Draft draft) {
    this.draft = draft;
  }

  /** Everything that the description says of a job, apart from its numbers and its owner. */
  ClassAd make(Values sample) {
    universe();
    Path folder = draft.folder(draft.values());
    draft.text("Iwd", folder.toString(), Key.INITIALDIR);
    command();
    arguments();
    environment();
    stream(Key.INPUT, "In");
    stream(Key.OUTPUT, "Out");
    stream(Key.ERROR, "Err");
    log(folder);
    priority();
    draft.expression(Key.RANK, "Rank", "0.0");
    draft.expression(
        Key.JOB_LEASE_DURATION,
        "JobLeaseDuration",
        Long.toString(draft.values().context().leaseDuration().toSeconds()));
    draft
        .value(Key.BATCH_NAME)
        .ifPresent(name -> draft.text("JobBatchName", Draft.unquoted(name), Key.BATCH_NAME));
    new Needs(draft).put(sample);
    customAttributes();
    return draft.ad().build();
  }

  private void universe() {
    String universe = draft.value(Key.UNIVERSE).orElse("vanilla").toLowerCase(Locale.ROOT);
    if (!universe.equals("vanilla") && !universe.equals("5")) {
      draft.refuse(Key.UNIVERSE, "this version runs vanilla jobs only; write universe = vanilla");
    }
  }

  private void priority() {
    String text = draft.value(Key.PRIORITY).orElse("0");
    if (ConstantText.integer(text).isPresent()) {
      draft.expression(text, "JobPrio", Key.PRIORITY);
    } else {
      draft.refuse(Key.PRIORITY, "a whole number is allowed, larger for jobs that go first");
    }
  }

  private void command() {
    String name = draft.value(Key.EXECUTABLE).orElse("");
    if (name.isEmpty()) {
      draft.problems().add("no executable is named; write executable = PROGRAM before queue");
      return;
    }
    boolean transferred = draft.bool(Key.TRANSFER_EXECUTABLE, true);
    if (!transferred) {
      draft.ad().put("TransferExecutable", false);
    }
    Path folder = draft.values().context().folder();
    draft.text(
        "Cmd",
        transferred ? FileSizes.resolve(folder, name).normalize().toString() : name,
        Key.EXECUTABLE);
  }

  private void arguments() {
    String text = draft.value(Key.ARGUMENTS).orElse("");
    try {
      if (text.isEmpty() || Quoting.isNew(text)) {
        String joined = text.isEmpty() ? "" : Quoting.join(Quoting.words(text));
        draft.text("Arguments", joined, Key.ARGUMENTS);
      } else if (text.replace("\\\"", "").contains("\"")) {
        draft.refuse(
            Key.ARGUMENTS, "a double quote stands alone; write \\\", or use \"the new syntax\"");
      } else {
        draft.text(
            "Args", String.join(" ", Words.ofSpaces(text.replace("\\\"", "\""))), Key.ARGUMENTS);
      }
    } catch (Refusal e) {
      draft.refuse(Key.ARGUMENTS, String.valueOf(e.getMessage()));
    }
  }

  private void environment() {
    JobEnvironment environment = new JobEnvironment();
    environment.copy(draft.value(Key.GETENV).orElse(""), draft.values().context().environment());
    try {
      environment.add(draft.value(Key.ENVIRONMENT).orElse(""));
      draft.text("Environment", environment.toString(), Key.ENVIRONMENT);
    } catch (Refusal e) {
      draft.refuse(Key.ENVIRONMENT, String.valueOf(e.getMessage()));
    }
  }

  private void stream(Key key, String attribute) {
    Optional<String> name = draft.value(key).filter(each -> !each.equals("/dev/null"));
    draft.text(attribute, name.orElse("/dev/null"), key);
    if (name.isPresent()) {
      draft.ad().put("Stream" + attribute, false);
    } else {
      draft.ad().put("Transfer" + attribute, false);
    }
  }

  private void log(Path folder) {
    draft
        .value(Key.LOG)
        .ifPresent(
            name ->
                draft.text(
                    "UserLog", FileSizes.resolve(folder, name).normalize().toString(), Key.LOG));
  }

  private void customAttributes() {
    for (Line.Assign assign : draft.values().attributes()) {
      draft.custom(Values.attributeName(assign.name()).orElseThrow(), assign);
    }
  }
}
