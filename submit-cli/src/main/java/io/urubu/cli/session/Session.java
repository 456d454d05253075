package io.urubu.cli.session;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.PoolException;
import io.urubu.command.presence.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One call of the command: its output, its environment, and the pool that is meant. */
public final class Session {
  private static final Path COMMON = Path.of("/tmp");
  private static final int OTHERS_WRITE = 0022;

  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Map<String, String> environment;

  /** A call with nothing on its standard input. */
  public Session(PrintWriter out, PrintWriter err, Map<String, String> environment) {
    this(InputStream.nullInputStream(), out, err, environment);
  }

  public Session(
      InputStream in, PrintWriter out, PrintWriter err, Map<String, String> environment) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = Map.copyOf(environment);
  }

  /** The standard input. */
  public InputStream in() {
    return in;
  }

  /** For results. */
  public PrintWriter out() {
    return out;
  }

  /**
   * Hands over what was printed.
   *
   * @throws Refusal if nobody takes it: a command with more to print has no reason to go on
   */
  public void checkOutput() throws Refusal {
    if (out.checkError()) {
      throw new Refusal(
          Refusal.REFUSED,
          "standard output: cannot be written: its reader has left, or its disk is full");
    }
  }

  /** For words to a person. */
  public PrintWriter err() {
    return err;
  }

  public Map<String, String> environment() {
    return environment;
  }

  public Places places() throws IOException {
    Places places = Places.of(environment, uid());
    if (places.run().startsWith(COMMON) && Files.exists(places.run(), LinkOption.NOFOLLOW_LINKS)) {
      checkOwn(places.run());
    }
    return places;
  }

  /** In a folder where everybody may make files, another person could stand in for the pool. */
  private static void checkOwn(Path folder) throws IOException {
    Map<String, Object> facts =
        Files.readAttributes(folder, "unix:uid,mode,isDirectory", LinkOption.NOFOLLOW_LINKS);
    int owner = facts.get("uid") instanceof Integer uid ? uid : -1;
    int mode = facts.get("mode") instanceof Integer bits ? bits : -1;
    boolean own = owner == uid() && Boolean.TRUE.equals(facts.get("isDirectory"));
    if (!own || (mode & OTHERS_WRITE) != 0) {
      throw new Refusal(
          Refusal.REFUSED,
          "PERMISSION_DENIED: %s is not yours alone (owner %d, mode %o): remove it, or set XDG_RUNTIME_DIR"
              .formatted(folder, owner, mode & 07777));
    }
  }

  /** The numeric id of the account that runs the command. */
  public static int uid() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /** Asks the pool's schedd; each ITEM goes to the consumer. */
  public ClassAd ask(ClassAd request, Consumer<ClassAd> items) throws IOException, PoolException {
    return ask("schedd", request, items);
  }

  /** Asks the daemon of that local name on this host. */
  public ClassAd ask(String daemon, ClassAd request, Consumer<ClassAd> items)
      throws IOException, PoolException {
    Path socket = RunFolder.of(places().run(), daemon).socket();
    CommandConnection opened;
    try {
      opened = CommandConnection.connect(socket);
    } catch (IOException e) {
      throw new Refusal(
          Refusal.UNREACHABLE,
          "POOL_UNREACHABLE: no %s answers at %s (%s): start the pool with 'urubu up'"
              .formatted(daemon, socket, e.getMessage()));
    }
    try (CommandConnection connection = opened) {
      return connection.call(request, items);
    }
  }

  /** How many columns the terminal has, as {@code COLUMNS} tells; unlimited where nothing tells. */
  public int width() {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(columns) : Integer.MAX_VALUE;
  }

  /** All ITEMs of an answer. */
  public List<ClassAd> list(ClassAd request) throws IOException, PoolException {
    List<ClassAd> ads = new ArrayList<>();
    ask(request, ads::add);
    return ads;
  }

  /** Prints ads as one JSON array. */
  public void printJson(List<ClassAd> ads) {
    JsonArray array = new JsonArray(out);
    ads.forEach(array::add);
    array.end();
  }

  /** Asks, and prints each ITEM as it comes as a member of one JSON array. */
  public void printJson(ClassAd request) throws IOException, PoolException {
    JsonArray array = new JsonArray(out);
    ask(request, array::add);
    array.end();
  }
}
