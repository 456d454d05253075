package io.urubu.starter.run;

import io.urubu.classad.ClassAd;
import io.urubu.starter.checkpoint.Backend;
import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a job ad says about the program: its words, variables, streams and outputs. */
final class JobProgram {
  static final String EXECUTABLE = "condor_exec.exe";
  static final String STDIN = "_condor_stdin";
  static final String STDOUT = "_condor_stdout";
  static final String STDERR = "_condor_stderr";
  static final String JOB_AD = ".job.ad";
  static final String MACHINE_AD = ".machine.ad";

  /** Goes with the job's checkpoints and tells what its inputs were. */
  static final String INPUTS_AD = ".inputs.ad";

  /** Files that the starter or the shadow put into the scratch folder. */
  static final Set<String> OWN_FILES =
      Set.of(EXECUTABLE, STDIN, STDOUT, STDERR, JOB_AD, MACHINE_AD, INPUTS_AD);

  private static final String SCRATCH = "/scratch";
  private static final String NOWHERE = "/dev/null";

  private final RunOrder order;
  private final ClassAd ad;
  private final String account;

  JobProgram(RunOrder order, String account) {
    this.order = order;
    this.ad = order.jobAd();
    this.account = account;
  }

  /**
   * @param inputs the paths of what was laid down
   */
  Program program(Set<String> inputs) {
    List<String> words = new ArrayList<>(List.of(executable(inputs)));
    words.addAll(arguments());
    boolean isJoined = wantsOutput() && ad.string("Out").equals(ad.string("Err"));
    String output = wantsOutput() ? SCRATCH + "/" + STDOUT : NOWHERE;
    return new Program(
        words,
        environment(),
        inputs.contains(STDIN) ? SCRATCH + "/" + STDIN : NOWHERE,
        output,
        isJoined ? output : wantsError() ? SCRATCH + "/" + STDERR : NOWHERE,
        order.machine(),
        order.memoryMegabytes() << 20);
  }

  /** The program by the name that the user gave it, not by that of its copy here. */
  ProgramEnd inUsersWords(ProgramEnd end) {
    return switch (end) {
      case ProgramEnd.Unstarted(var reason) ->
          new ProgramEnd.Unstarted(
              reason.replace(SCRATCH + "/" + EXECUTABLE, ad.string("Cmd").orElse(EXECUTABLE)));
      case ProgramEnd.Exited _, ProgramEnd.Signalled _, ProgramEnd.Broken _ -> end;
    };
  }

  private boolean wantsOutput() {
    return isFile("Out");
  }

  private boolean wantsError() {
    return isFile("Err");
  }

  private boolean isFile(String attribute) {
    return ad.string(attribute)
        .filter(name -> !name.isEmpty() && !name.equals(NOWHERE))
        .isPresent();
  }

  /** The streams' files that are to be sent, in any case. */
  List<String> streams() {
    List<String> streams = new ArrayList<>();
    if (wantsOutput()) {
      streams.add(STDOUT);
    }
    if (wantsError() && !(wantsOutput() && ad.string("Out").equals(ad.string("Err")))) {
      streams.add(STDERR);
    }
    return streams;
  }

  /** The outputs that the user lists; empty when new and changed files are meant. */
  Optional<List<String>> outputs() {
    return ad.string("TransferOutput")
        .map(
            list ->
                Arrays.stream(list.split(",", -1))
                    .map(String::strip)
                    .map(JobProgram::plain)
                    .filter(name -> !name.isEmpty())
                    .toList());
  }

  private static String plain(String name) {
    return name.replaceAll("/+", "/").replaceFirst("^(\\./)+", "").replaceFirst("/$", "");
  }

  private String executable(Set<String> inputs) {
    String command = ad.string("Cmd").orElse("");
    if (inputs.contains(EXECUTABLE)) {
      return SCRATCH + "/" + EXECUTABLE;
    }
    return command.startsWith("/") ? command : SCRATCH + "/" + command;
  }

  private List<String> arguments() {
    return ad.string("Arguments")
        .map(Words::split)
        .or(
            () ->
                ad.string("Args")
                    .map(text -> List.of(text.strip().split("\\s+", -1)))
                    .map(words -> words.equals(List.of("")) ? List.<String>of() : words))
        .orElse(List.of());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin");
    environment.put("HOME", SCRATCH);
    environment.put("USER", account);
    environment.put("LOGNAME", account);
    environment.put("OMP_NUM_THREADS", Long.toString(order.cpus()));
    for (String variable : variables()) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    environment.put("TMPDIR", "/tmp");
    environment.put("TEMP", "/tmp");
    environment.put("TMP", "/tmp");
    environment.put("_CONDOR_SCRATCH_DIR", SCRATCH);
    environment.put("_CONDOR_SLOT", order.shortSlot());
    environment.put("_CONDOR_JOB_AD", SCRATCH + "/" + JOB_AD);
    environment.put("_CONDOR_MACHINE_AD", SCRATCH + "/" + MACHINE_AD);
    environment.put("_URUBU_RUN", order.shortRun());
    return environment;
  }

  private List<String> variables() {
    return ad.string("Environment")
        .map(Words::split)
        .or(() -> ad.string("Env").map(text -> List.of(text.split(";", -1))))
        .orElse(List.of());
  }

  /** By which the program is asked to end. */
  int killSignal() {
    return ad.string("KillSig").map(SignalNames::number).orElse(SignalNames.TERM);
  }

  /** When and how the program is saved while it runs. */
  Saves.Plan plan(Backend backend, Duration limit) {
    boolean canAsk =
        switch (backend) {
          case DMTCP -> true;
          case SELF -> ad.bool("WantCheckpointSignal").orElse(false);
          case NONE -> false;
        };
    long seconds = ad.integer("PeriodicCheckpoint").orElse(0);
    return new Saves.Plan(
        canAsk, limit, seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty());
  }

  /** What the job may read about the machine that it got. */
  ClassAd machineAd() {
    return ClassAd.builder()
        .put("MyType", "Machine")
        .put("Name", order.slotName())
        .put("SlotID", order.slot())
        .put("Cpus", order.cpus())
        .put("Memory", order.memoryMegabytes())
        .put("OpSys", "LINUX")
        .build();
  }
}
