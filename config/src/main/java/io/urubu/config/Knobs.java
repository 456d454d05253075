package io.urubu.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Everything that can be set. */
public final class Knobs {
  private static final List<Knob<?>> ALL = new ArrayList<>();
  private static final KnobType<Integer> PORT = KnobType.integer(0, 65_535);
  private static final KnobType<Integer> COUNT = KnobType.integer(1, Integer.MAX_VALUE);

  private Knobs() {}

  // The pool and its places.

  public static final Knob<String> POOL_NAME =
      declare("POOL_NAME", KnobType.TEXT, "urubu", "", "name of the pool");
  public static final Knob<String> UID_DOMAIN =
      declare("UID_DOMAIN", KnobType.TEXT, "$(FULL_HOSTNAME)", "", "what follows user@");
  public static final Knob<Path> STATE =
      declare("STATE", KnobType.PATH, "/var/lib/urubu", "", "folder of what must survive");
  public static final Knob<Path> RUN =
      declare("RUN", KnobType.PATH, "/run/urubu", "", "folder of sockets, pids, addresses");
  public static final Knob<Path> LOG =
      declare("LOG", KnobType.PATH, "/var/log/urubu", "", "folder of the daemons' logs");
  public static final Knob<Path> SPOOL =
      declare("SPOOL", KnobType.PATH, "$(STATE)/spool", "", "folder of the shadows' journals");
  public static final Knob<Path> EXECUTE =
      declare("EXECUTE", KnobType.PATH, "$(STATE)/execute", "", "folder in which jobs run");
  public static final Knob<Path> IDENTITY_FILE =
      declare(
          "IDENTITY_FILE",
          KnobType.PATH,
          "$(STATE)/identity/$(LOCALNAME:pool).pem",
          "",
          "the daemon's key and certificates");
  public static final Knob<Path> LIB =
      declare("LIB", KnobType.PATH, "$(DETECTED_LIB)", "", "folder of the programs' jars");
  public static final Knob<Path> JAVA =
      declare("JAVA", KnobType.PATH, "$(DETECTED_JAVA)", "", "the java program");
  public static final Knob<String> LOCAL_CONFIG_DIR =
      declare(
          "LOCAL_CONFIG_DIR",
          KnobType.TEXT,
          "$(CONFIG_ROOT)/conf.d",
          "",
          "folder of further *.conf files, read in name order; set in the main file");
  public static final Knob<List<String>> LOCAL_CONFIG_FILE =
      declare(
          "LOCAL_CONFIG_FILE",
          KnobType.LIST,
          "",
          "",
          "files read after LOCAL_CONFIG_DIR; set in the main file");

  // Addresses.

  public static final Knob<String> BIND_ADDRESS =
      declare("BIND_ADDRESS", KnobType.TEXT, "127.0.0.1", "", "address that servers listen on");
  public static final Knob<String> COLLECTOR_HOST =
      declare(
          "COLLECTOR_HOST",
          KnobType.TEXT,
          "",
          "",
          "host:port of the matchmaker; empty: as COLLECTOR_ADDRESS_FILE says");
  public static final Knob<Path> COLLECTOR_ADDRESS_FILE =
      declare(
          "COLLECTOR_ADDRESS_FILE",
          KnobType.PATH,
          "$(RUN)/matchmaker/address",
          "",
          "file that holds the matchmaker's host:port");
  public static final Knob<Path> SCHEDD_ADDRESS_FILE =
      declare(
          "SCHEDD_ADDRESS_FILE",
          KnobType.PATH,
          "$(RUN)/schedd/address",
          "",
          "file that holds the schedd's host:port");
  public static final Knob<Integer> COLLECTOR_PORT =
      declare("COLLECTOR_PORT", PORT, "0", "", "port of the matchmaker; 0: any free one");
  public static final Knob<Integer> SCHEDD_PORT =
      declare("SCHEDD_PORT", PORT, "0", "", "port of the schedd; 0: any free one");
  public static final Knob<Integer> HTTP_PORT =
      declare("HTTP_PORT", PORT, "0", "", "port of the REST API; 0: any free one");
  public static final Knob<Integer> LOWPORT =
      declare("LOWPORT", PORT, "0", "", "first port for shadows; 0: any free one");
  public static final Knob<Integer> HIGHPORT =
      declare("HIGHPORT", PORT, "0", "", "last port for shadows");

  // The database.

  public static final Knob<Path> DATABASE_ADDRESS_FILE =
      declare(
          "DATABASE_ADDRESS_FILE",
          KnobType.PATH,
          "$(RUN)/postgresql/address",
          "",
          "file that holds the database's host:port");
  public static final Knob<String> DATABASE_NAME =
      declare("DATABASE_NAME", KnobType.TEXT, "urubu", "", "name of the database");
  public static final Knob<String> DATABASE_USER =
      declare("DATABASE_USER", KnobType.TEXT, "urubu", "", "user of the database");
  public static final Knob<Path> DATABASE_PASSWORD_FILE =
      declare(
          "DATABASE_PASSWORD_FILE",
          KnobType.PATH,
          "$(STATE)/identity/database-password",
          "",
          "file that holds the database user's password");

  // The queue and who may use it.

  public static final Knob<String> SCHEDD_NAME =
      declare("SCHEDD_NAME", KnobType.TEXT, "schedd@$(FULL_HOSTNAME)", "", "the schedd's name");
  public static final Knob<List<String>> ALLOW_SUBMIT =
      declare("ALLOW_SUBMIT", KnobType.LIST, "*", "", "accounts that may submit; *: all");
  public static final Knob<List<String>> ALLOW_ADMINISTRATOR =
      declare(
          "ALLOW_ADMINISTRATOR",
          KnobType.LIST,
          "root, $(USERNAME)",
          "",
          "accounts that may touch the jobs of others and make tokens");
  public static final Knob<Integer> MAX_JOBS_PER_SUBMISSION =
      declare("MAX_JOBS_PER_SUBMISSION", COUNT, "100000", "jobs", "most jobs of one cluster");
  public static final Knob<Integer> MAX_JOBS_PER_OWNER =
      declare("MAX_JOBS_PER_OWNER", COUNT, "1000000", "jobs", "most queued jobs of one user");

  // Time.

  public static final Knob<Duration> JOB_DEFAULT_LEASE_DURATION =
      duration("JOB_DEFAULT_LEASE_DURATION", "2400 s", "how long a job runs on without its schedd");
  public static final Knob<Duration> HEARTBEAT_INTERVAL =
      duration("HEARTBEAT_INTERVAL", "5 s", "time between two signs of life on a stream");
  public static final Knob<Duration> NEGOTIATOR_INTERVAL =
      duration("NEGOTIATOR_INTERVAL", "60 s", "time between two matchings when nothing changes");
  public static final Knob<Duration> NEGOTIATOR_DELAY =
      duration("NEGOTIATOR_DELAY", "30 ms", "time from a change to the next matching");
  public static final Knob<Duration> PRIORITY_HALFLIFE =
      duration("PRIORITY_HALFLIFE", "1 day", "time in which a user's past usage counts half");
  public static final Knob<Duration> AD_GRACE =
      duration("AD_GRACE", "10 s", "how long a machine counts after its stream broke");
  public static final Knob<Duration> MATCH_TIMEOUT =
      duration("MATCH_TIMEOUT", "20 s", "time for a match to become a claim");
  public static final Knob<Duration> SHADOW_LINGER =
      duration("SHADOW_LINGER", "300 s", "how long a shadow without runs stays");
  public static final Knob<Duration> STARTER_LINGER =
      duration("STARTER_LINGER", "60 s", "how long a starter without runs stays");
  public static final Knob<Duration> CERTIFICATE_LIFETIME =
      duration("CERTIFICATE_LIFETIME", "1 day", "validity of a shadow's or starter's certificate");
  public static final Knob<Duration> TICKET_PATIENCE =
      duration("TICKET_PATIENCE", "5 s", "how long a ticket that comes before its match waits");

  // The workstation.

  public static final Knob<String> STARTD_NAME =
      declare(
          "STARTD_NAME",
          KnobType.TEXT,
          "$(LOCALNAME:startd)@$(FULL_HOSTNAME)",
          "",
          "the startd's name");
  public static final Knob<Integer> NUM_SLOTS =
      declare("NUM_SLOTS", KnobType.integer(1, 4096), "1", "slots", "slots of the machine");
  public static final Knob<Integer> NUM_CPUS =
      declare(
          "NUM_CPUS",
          KnobType.integer(1, 65_536),
          "$(DETECTED_CPUS)",
          "cores",
          "cores that are lent");
  public static final Knob<Integer> MEMORY =
      declare("MEMORY", KnobType.MEGABYTES, "$(DETECTED_MEMORY)", "MB", "memory that is lent");
  public static final Knob<String> START =
      declare("START", KnobType.EXPRESSION, "TRUE", "", "whether a job may start now");
  public static final Knob<String> WANT_SUSPEND =
      expression("WANT_SUSPEND", "FALSE", "whether SUSPEND is asked of a running job, not PREEMPT");
  public static final Knob<String> SUSPEND =
      expression("SUSPEND", "FALSE", "whether a running job must stand still now");
  public static final Knob<String> CONTINUE =
      expression("CONTINUE", "TRUE", "whether a job that stands still may go on now");
  public static final Knob<String> PREEMPT =
      expression("PREEMPT", "FALSE", "whether the job must leave now");
  public static final Knob<String> WANT_VACATE =
      expression("WANT_VACATE", "TRUE", "whether a job that must leave may save itself first");
  public static final Knob<String> KILL =
      expression("KILL", "FALSE", "whether a job that is leaving is killed now");
  public static final Knob<String> PERIODIC_CHECKPOINT =
      expression("PERIODIC_CHECKPOINT", "FALSE", "whether a running job is saved now");
  public static final Knob<String> MAX_JOB_RETIREMENT_TIME =
      expression(
          "MAXJOBRETIREMENTTIME",
          "0",
          "seconds from its begin that a job may run on when it must leave");
  public static final Knob<Boolean> OWNER_SIMULATOR =
      declare(
          "OWNER_SIMULATOR",
          KnobType.BOOL,
          "false",
          "",
          "whether 'urubu owner' says that the owner is there, in place of the keyboard");
  public static final Knob<Duration> CHECKPOINT_UPLOAD_TIME =
      duration(
          "CHECKPOINT_UPLOAD_TIME",
          "600 s",
          "time for a checkpoint's upload when its job has left");
  public static final Knob<String> RANK =
      declare("RANK", KnobType.EXPRESSION, "0", "", "how much the owner likes a job");
  public static final Knob<Duration> MACHINE_MAX_VACATE_TIME =
      duration("MACHINE_MAX_VACATE_TIME", "10 s", "time for a job to leave before it is killed");
  public static final Knob<Duration> CHECKPOINT_TIMEOUT =
      duration(
          "CHECKPOINT_TIMEOUT", "60 s", "time for one checkpoint, and for coming back from one");
  public static final Knob<Boolean> USE_SPAWNER =
      declare(
          "USE_SPAWNER", KnobType.BOOL, "false", "", "whether root's spawner starts the shadows");
  public static final Knob<String> LENT_UIDS =
      declare("LENT_UIDS", KnobType.TEXT, "70000-70999", "", "user ids that are lent to jobs");
  public static final Knob<List<String>> SANDBOX_READ_ONLY =
      declare("SANDBOX_READ_ONLY", KnobType.LIST, "", "", "further folders that jobs may read");
  public static final Knob<List<String>> SANDBOX_WRITABLE =
      declare("SANDBOX_WRITABLE", KnobType.LIST, "", "", "further folders that jobs may write");
  public static final Knob<Integer> JOB_NICE =
      declare("JOB_NICE", KnobType.integer(0, 19), "10", "", "niceness of jobs");

  /** Every knob, in the order of their declaration. */
  public static List<Knob<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static Knob<Duration> duration(String name, String standard, String help) {
    return declare(name, KnobType.DURATION, standard, "seconds", help);
  }

  private static Knob<String> expression(String name, String standard, String help) {
    return declare(name, KnobType.EXPRESSION, standard, "", help);
  }

  private static <T> Knob<T> declare(
      String name, KnobType<T> type, String standard, String unit, String help) {
    Knob<T> knob = new Knob<>(name, type, standard, unit, help);
    ALL.add(knob);
    return knob;
  }
}
