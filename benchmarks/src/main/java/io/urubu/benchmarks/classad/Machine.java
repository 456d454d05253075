package io.urubu.benchmarks.classad;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The ads of the slots of a mixed pool. The n-th is the same in every run, and no two are alike:
 * addresses, names, times, counters, memory, disk, load and idle times differ by machine; system,
 * kernel, version and owner's policy are those of a few kinds of machines.
 */
final class Machine {
  private static final Template SLOT = Template.of("slot.ad");
  private static final long NOW = 1_795_255_200;
  private static final List<Integer> MEGABYTES =
      List.of(1024, 2048, 3072, 4096, 6144, 8192, 16384, 32768);
  private static final List<String> STARTS =
      List.of(
          "true",
          "(KeyboardIdle > 900) && (LoadAvg < 0.3)",
          "(LoadAvg - CondorLoadAvg) <= 0.3 && KeyboardIdle > 15 * 60",
          "TARGET.ImageSize < 2000000",
          "(TARGET.Owner != \"mallory\") && (KeyboardIdle > 300)");
  private static final List<String> KERNELS =
      List.of("6.12.38-amd64", "6.12.41-amd64", "6.1.0-37-amd64", "5.14.0-570.el9");
  private static final List<String> VERSIONS =
      List.of("23.9.6 2026-07-12", "23.9.6 2026-07-12", "23.0.15 2026-05-20");

  private Machine() {}

  static String name(int number) {
    return "slot1@" + host(number);
  }

  private static String host(int number) {
    return String.format(Locale.ROOT, "n%05d.lab.example", number);
  }

  /** As {@code condor_status -long} prints it: lines, names in alphabetical order. */
  static String lines(int number) {
    SplittableRandom random = new SplittableRandom(number);
    Map<String, Object> values = new HashMap<>();
    identity(number, random, values);
    system(random, values);
    size(random, values);
    use(number, random, values);
    return SLOT.with(values);
  }

  /** The same ad in new syntax, on one line. */
  static String bracketed(int number) {
    return "[ " + lines(number).strip().replace("\n", "; ") + " ]";
  }

  private static void identity(int number, SplittableRandom random, Map<String, Object> values) {
    values.put("host", host(number));
    values.put("ip", "10.%d.%d.%d".formatted(number >> 16, number >> 8 & 255, number & 255));
    values.put(
        "mac", "52:54:00:%02x:%02x:%02x".formatted(number >> 16, number >> 8 & 255, number & 255));
    values.put("pid", random.nextInt(1000, 99_999));
    values.put("tag", "%04x".formatted(random.nextInt(65_536)));
  }

  private static void system(SplittableRandom random, Map<String, Object> values) {
    int kind = random.nextInt(10);
    boolean isArm = kind == 8;
    boolean isWindows = kind == 9;
    values.put("arch", isArm ? "aarch64" : "X86_64");
    values.put("machine", isArm ? "aarch64" : "x86_64");
    values.put("microarch", isArm ? "armv8" : "x86_64-v" + random.nextInt(2, 5));
    values.put("opsys", isWindows ? "WINDOWS" : "LINUX");
    values.put("osname", isWindows ? "Windows" : "Debian");
    values.put("major", isWindows ? 11 : 13);
    values.put("distribution", isWindows ? "Windows11" : "Debian13");
    values.put("distributionname", isWindows ? "Windows 11" : "Debian GNU/Linux 13");
    values.put("kernel", pick(KERNELS, random));
    String version = pick(VERSIONS, random);
    values.put("version", version.substring(0, version.indexOf(' ')));
    values.put("built", version.substring(version.indexOf(' ') + 1));
    values.put("family", isArm ? 8 : 6);
    values.put("model", random.nextInt(60, 200));
    values.put("cache", 256 * random.nextInt(8, 128));
    values.put("avx512", random.nextBoolean());
    values.put("spinning", random.nextInt(10) == 0);
  }

  private static void size(SplittableRandom random, Map<String, Object> values) {
    int cores = random.nextInt(1, 9) * 4;
    int memory = pick(MEGABYTES, random);
    int disk = random.nextInt(1_000_000, 100_000_000);
    values.put("cores", cores);
    values.put("memory", memory);
    values.put("allmemory", memory * (long) cores);
    values.put("disk", disk);
    values.put("alldisk", disk * (long) cores);
    values.put("virtual", memory * 1024L + random.nextInt(4_000_000));
    values.put("kflops", random.nextInt(500_000, 2_000_000));
    values.put("mips", random.nextInt(5000, 30_000));
  }

  private static void use(int number, SplittableRandom random, Map<String, Object> values) {
    values.put("start", STARTS.get(number % STARTS.size()));
    values.put("load", decimal("%.2f", random.nextDouble() * 0.6));
    values.put("keyboard", random.nextInt(10_000));
    values.put("console", random.nextInt(10_000));
    values.put("now", NOW - random.nextInt(300));
    values.put("started", NOW - random.nextInt(10_000, 3_000_000));
    values.put("entered", NOW - random.nextInt(10_000));
    values.put("duty", decimal("%.15f", random.nextDouble() * 0.05));
    values.put("age", random.nextInt(3_000_000));
    values.put("image", random.nextInt(20_000, 60_000));
    values.put("resident", random.nextInt(15_000, 30_000));
    values.put("sockets", random.nextInt(8));
    values.put("sessions", random.nextInt(2, 40));
    values.put("starts", random.nextInt(2000));
    values.put("claims", random.nextInt(500));
    values.put("preemptions", random.nextInt(200));
    values.put("badput", random.nextInt(3_000_000));
    values.put("runtime", random.nextInt(3_000_000));
    values.put("owned", random.nextInt(1_000_000));
    values.put("idle", random.nextInt(1_000_000));
    values.put("updates", random.nextInt(1, 9000));
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static <T> T pick(List<T> kinds, SplittableRandom random) {
    return kinds.get(random.nextInt(kinds.size()));
  }
}
