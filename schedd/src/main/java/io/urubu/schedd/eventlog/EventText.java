package io.urubu.schedd.eventlog;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.JobId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Entries of the event log in HTCondor's text form, which many tools read: a head line, indented
 * lines, and {@code ...} alone on the last. Times are local, as there. What a user or machine gave
 * is put on one line, so that nobody can write an entry of his own.
 */
public final class EventText {
  private static final int MAX_LINE = 8191;
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private final DateTimeFormatter local;

  public EventText(ZoneId zone) {
    this.local = LOCAL.withZone(zone);
  }

  public String submitted(JobId job, Instant at, String address, Optional<String> notes) {
    return entry(0, job, at, "Job submitted from host: <" + line(address) + ">")
        + notes.map(text -> "    " + line(text) + "\n").orElse("")
        + END;
  }

  /** The ad has what the starter says of the place where the program runs. */
  public String executing(JobId job, Instant at, String slot, ClassAd ad) {
    StringBuilder text = new StringBuilder();
    text.append(entry(1, job, at, "Job executing on host: <" + host(slot) + ">"));
    text.append("\tSlotName: ").append(line(ad.string("SlotName").orElse(slot))).append('\n');
    ad.string("CondorScratchDir")
        .ifPresent(
            folder -> text.append("\tCondorScratchDir = \"").append(line(folder)).append("\"\n"));
    text.append("\tCpus = ").append(ad.integer("Cpus").orElse(1)).append('\n');
    ad.integer("Disk").ifPresent(disk -> text.append("\tDisk = ").append(disk).append('\n'));
    text.append("\tGPUs = 0\n");
    ad.integer("Memory").ifPresent(mb -> text.append("\tMemory = ").append(mb).append('\n'));
    return text.append(END).toString();
  }

  /** The ad is the whole job's, with how the program ended. */
  public String terminated(JobId job, Instant at, ClassAd ad, long seconds) {
    boolean bySignal = ad.bool("ExitBySignal").orElse(false);
    long code = ad.integer("ExitCode").orElse(0);
    long signal = ad.integer("ExitSignal").orElse(0);
    String how =
        bySignal
            ? "\t(0) Abnormal termination (signal " + signal + ")\n\t(0) No core file\n"
            : "\t(1) Normal termination (return value " + code + ")\n";
    return entry(5, job, at, "Job terminated.")
        + how
        + UsageText.all(ad)
        + UsageText.resources(ad, seconds)
        + "\n\tJob terminated of its own accord at "
        + UTC.format(at)
        + (bySignal ? " with signal " + signal : " with exit-code " + code)
        + ".\n"
        + END;
  }

  /** The ad is the whole job's, with the usage up to the checkpoint. */
  public String checkpointed(JobId job, Instant at, ClassAd ad, long bytes) {
    return entry(3, job, at, "Job was checkpointed.")
        + UsageText.cpu(ad, "\t")
        + "\t"
        + bytes
        + "  -  Run Bytes Sent By Job For Checkpoint\n"
        + END;
  }

  public String suspended(JobId job, Instant at, long processes) {
    return entry(10, job, at, "Job was suspended.")
        + "\tNumber of processes actually suspended: "
        + processes
        + "\n"
        + END;
  }

  public String continued(JobId job, Instant at) {
    return entry(11, job, at, "Job was unsuspended.") + END;
  }

  /** Why a run ended before its program, and whether a checkpoint has its last moment. */
  public record Eviction(String reason, boolean checkpointed) {}

  public String evicted(JobId job, Instant at, Eviction eviction, ClassAd ad, long seconds) {
    String reason = eviction.reason();
    return entry(4, job, at, "Job was evicted.")
        + (eviction.checkpointed() ? "\t(1) Job was checkpointed.\n" : "\t(0) CPU times\n")
        + UsageText.run(ad)
        + (reason.isBlank() ? "" : "\t" + line(reason) + "\n")
        + UsageText.resources(ad, seconds)
        + END;
  }

  public String aborted(JobId job, Instant at, String reason) {
    return entry(9, job, at, "Job was aborted.") + "\t" + line(reason) + "\n" + END;
  }

  public String held(JobId job, Instant at, String reason, int code, int subcode) {
    return entry(12, job, at, "Job was held.")
        + "\t"
        + line(reason)
        + "\n\tCode "
        + code
        + " Subcode "
        + subcode
        + "\n"
        + END;
  }

  public String released(JobId job, Instant at, String reason) {
    return entry(13, job, at, "Job was released.") + "\t" + line(reason) + "\n" + END;
  }

  public String disconnected(JobId job, Instant at, String reason, String slot) {
    return entry(22, job, at, "Job disconnected, attempting to reconnect")
        + "    "
        + line(reason)
        + "\n    Trying to reconnect to "
        + line(slot)
        + " <"
        + host(slot)
        + ">\n"
        + END;
  }

  public String reconnected(JobId job, Instant at, String slot) {
    return entry(23, job, at, "Job reconnected to " + line(slot))
        + "    startd address: <"
        + host(slot)
        + ">\n    starter address: <"
        + host(slot)
        + ">\n"
        + END;
  }

  public String reconnectFailed(JobId job, Instant at, String reason, String slot) {
    return entry(24, job, at, "Job reconnection failed")
        + "    "
        + line(reason)
        + "\n    Can not reconnect to "
        + line(slot)
        + ", rescheduling job\n"
        + END;
  }

  private static final String END = "...\n";

  private String entry(int kind, JobId job, Instant at, String title) {
    return String.format(
        Locale.ROOT,
        "%03d (%03d.%03d.000) %s %s\n",
        kind,
        job.cluster(),
        job.proc(),
        local.format(at),
        title);
  }

  /** Workstations listen nowhere, so their port is none. */
  private static String host(String slot) {
    return line(slot.substring(slot.lastIndexOf('@') + 1)) + ":0";
  }

  private static String line(String text) {
    String one = text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    return one.length() > MAX_LINE ? one.substring(0, MAX_LINE) : one;
  }
}
