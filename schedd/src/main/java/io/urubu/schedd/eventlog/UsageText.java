package io.urubu.schedd.eventlog;

import io.urubu.classad.ClassAd;
import java.util.Locale;
import java.util.OptionalLong;

/** The lines about CPU time, bytes and resources of events 004 and 005. */
final class UsageText {
  private UsageText() {}

  static String all(ClassAd ad) {
    String remote = times(ad.real("RemoteUserCpu").orElse(0), ad.real("RemoteSysCpu").orElse(0));
    String local = times(0, 0);
    return "\t\t"
        + remote
        + "  -  Run Remote Usage\n"
        + "\t\t"
        + local
        + "  -  Run Local Usage\n"
        + "\t\t"
        + remote
        + "  -  Total Remote Usage\n"
        + "\t\t"
        + local
        + "  -  Total Local Usage\n"
        + bytes(ad, "Run")
        + bytes(ad, "Total");
  }

  static String run(ClassAd ad) {
    return cpu(ad, "\t\t") + bytes(ad, "Run");
  }

  static String cpu(ClassAd ad, String indent) {
    return indent
        + times(ad.real("RemoteUserCpu").orElse(0), ad.real("RemoteSysCpu").orElse(0))
        + "  -  Run Remote Usage\n"
        + indent
        + times(0, 0)
        + "  -  Run Local Usage\n";
  }

  private static String bytes(ClassAd ad, String which) {
    return "\t"
        + ad.integer("BytesSent").orElse(0)
        + "  -  "
        + which
        + " Bytes Sent By Job\n"
        + "\t"
        + ad.integer("BytesRecvd").orElse(0)
        + "  -  "
        + which
        + " Bytes Received By Job\n";
  }

  private static String times(double user, double system) {
    return "Usr " + time(user) + ", Sys " + time(system);
  }

  private static String time(double value) {
    long seconds = (long) Math.max(0, value);
    return String.format(
        Locale.ROOT,
        "%d %02d:%02d:%02d",
        seconds / 86_400,
        seconds / 3600 % 24,
        seconds / 60 % 60,
        seconds % 60);
  }

  static String resources(ClassAd ad, long seconds) {
    String cpus = number(ad.integer("RequestCpus"));
    String disk = number(ad.integer("DiskUsage"));
    OptionalLong kilobytes = ad.integer("ResidentSetSize");
    String memory =
        kilobytes.isPresent() ? Long.toString((kilobytes.getAsLong() + 1023) / 1024) : "";
    return "\tPartitionable Resources :    Usage  Request Allocated \n"
        + row("Cpus", "", cpus.isEmpty() ? "1" : cpus, number(ad.integer("CpusProvisioned")))
        + row(
            "Disk (KB)",
            disk,
            number(ad.integer("RequestDisk")),
            number(ad.integer("DiskProvisioned")))
        + row("GPUs", "", "", "0")
        + row(
            "Memory (MB)",
            memory,
            number(ad.integer("RequestMemory")),
            number(ad.integer("MemoryProvisioned")))
        + row("TimeExecute (s)", Long.toString(seconds), "", "")
        + row("TimeSlotBusy (s)", Long.toString(seconds), "", "");
  }

  private static String number(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : "";
  }

  private static String row(String name, String usage, String request, String allocated) {
    return String.format(
        Locale.ROOT, "\t   %-20s : %8s %8s %9s \n", name, usage, request, allocated);
  }
}
