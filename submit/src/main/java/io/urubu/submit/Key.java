package io.urubu.submit;

import io.urubu.config.language.Nearest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a submit description can set, each with the other names that it goes by. */
enum Key {
  UNIVERSE,
  EXECUTABLE("cmd"),
  ARGUMENTS("args"),
  ENVIRONMENT("env"),
  GETENV("get_env"),
  INPUT("stdin", "in"),
  OUTPUT("stdout", "out"),
  ERROR("stderr", "err"),
  LOG("userlog"),
  INITIALDIR("initial_dir", "iwd", "job_iwd"),
  TRANSFER_EXECUTABLE("transferexecutable"),
  TRANSFER_INPUT_FILES("transferinputfiles", "transferinput"),
  TRANSFER_OUTPUT_FILES("transferoutputfiles", "transferoutput"),
  TRANSFER_OUTPUT_REMAPS("transferoutputremaps"),
  SHOULD_TRANSFER_FILES("shouldtransferfiles"),
  WHEN_TO_TRANSFER_OUTPUT("whentotransferoutput"),
  REQUIREMENTS,
  RANK("preferences"),
  REQUEST_CPUS("requestcpus"),
  REQUEST_MEMORY("requestmemory"),
  REQUEST_DISK("requestdisk"),
  PRIORITY("prio", "jobprio"),
  JOB_LEASE_DURATION("jobleaseduration"),
  BATCH_NAME("batch_name", "jobbatchname"),
  CHECKPOINT_BACKEND,
  CHECKPOINT_EXIT_CODE("checkpointexitcode"),
  CHECKPOINT_SIGNAL("checkpointsig"),
  WANT_CHECKPOINT_SIGNAL("wantcheckpointsignal"),
  TRANSFER_CHECKPOINT_FILES("transfercheckpoint"),
  PERIODIC_CHECKPOINT("periodiccheckpoint"),
  KILL_SIG("killsig"),
  SKIP_FILECHECKS;

  /** Keys of other versions of the language that nothing here acts on. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "accounting_group",
          "accounting_group_user",
          "allow_arguments_v1",
          "concurrency_limits",
          "concurrency_limits_expr",
          "copy_to_spool",
          "coresize",
          "description",
          "encrypt_execute_directory",
          "hold",
          "image_size",
          "job_max_vacate_time",
          "keep_claim_idle",
          "leave_in_queue",
          "log_xml",
          "machine_count",
          "max_idle",
          "max_materialize",
          "max_retries",
          "max_transfer_input_mb",
          "max_transfer_output_mb",
          "nice_user",
          "notification",
          "notify_user",
          "on_exit_hold",
          "on_exit_remove",
          "periodic_hold",
          "periodic_release",
          "periodic_remove",
          "preserve_relative_paths",
          "public_input_files",
          "remote_initialdir",
          "request_gpus",
          "retry_until",
          "stream_error",
          "stream_input",
          "stream_output",
          "success_exit_code",
          "use_x509userproxy",
          "x509userproxy");

  private static final Map<String, Key> KEY_BY_NAME = new HashMap<>();
  private static final List<String> NAMES = new ArrayList<>();

  static {
    for (Key key : EnumSet.allOf(Key.class)) {
      KEY_BY_NAME.put(key.toString(), key);
      NAMES.add(key.toString());
      for (String alias : key.aliases) {
        KEY_BY_NAME.put(alias, key);
      }
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives a list that nobody can change
  private final List<String> aliases;

  Key(String... aliases) {
    this.aliases = List.of(aliases);
  }

  static Optional<Key> named(String name) {
    return Optional.ofNullable(KEY_BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  /** What to tell a person about a line that nothing reads. */
  static String whyUnused(String name) {
    if (WITHOUT_EFFECT.contains(name.toLowerCase(Locale.ROOT))) {
      return "has no effect in this version";
    }
    return "nothing reads this line"
        + Nearest.to(name, NAMES).map(near -> "; did you mean " + near + "?").orElse("");
  }

  /**
   * Any resource may be asked for, but one that is called almost like a key is a slip of the pen.
   */
  static Optional<String> doubt(String customRequest) {
    return Nearest.to(customRequest, NAMES)
        .map(near -> "asks for a resource of that name; did you mean " + near + "?");
  }

  /** As a person writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
