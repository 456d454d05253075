package io.urubu.submit;

import io.urubu.config.language.MacroException;
import io.urubu.config.language.Macros;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the lines before a queue statement have set; a later line goes over an earlier one. Notes
 * which lines were read, so that the others can be named.
 */
final class Values implements Macros.Scope {
  private final Map<String, Line.Assign> lineByName;
  private final Set<Line.Assign> read;
  private final SubmitContext context;
  private final Map<String, String> predefined = new HashMap<>();

  private Values(
      Map<String, Line.Assign> lineByName, Set<Line.Assign> read, SubmitContext context) {
    this.lineByName = lineByName;
    this.read = read;
    this.context = context;
  }

  static Values empty(SubmitContext context, String submitFile) {
    Values values = new Values(new LinkedHashMap<>(), new HashSet<>(), context);
    values.predefined.put("submit_file", submitFile);
    return values;
  }

  /** What is set now, with these numbers; shares the note of the lines that were read. */
  Values with(JobNumbers numbers, long firstProcess, long count) {
    Values values = new Values(new LinkedHashMap<>(lineByName), read, context);
    values.predefined.putAll(predefined);
    for (String name : new String[] {"cluster", "clusterid"}) {
      values.predefined.put(name, numbers.cluster());
    }
    for (String name : new String[] {"process", "procid"}) {
      values.predefined.put(name, numbers.process());
    }
    values.predefined.put("row", "0");
    values.predefined.put("itemindex", "0");
    if (firstProcess == 0 || count == 1) {
      values.predefined.put("step", count == 1 ? "0" : numbers.process());
    }
    return values;
  }

  /** Sets a name; where the value refers to the name itself, what held so far is put in. */
  void set(Line.Assign assign) {
    String key = assign.name().toLowerCase(Locale.ROOT);
    Line.Assign before = lineByName.get(key);
    String value =
        Macros.withoutSelf(assign.value(), assign.name(), before == null ? "" : before.value());
    if (before != null && !value.equals(assign.value())) {
      read.add(before);
    }
    lineByName.remove(key);
    lineByName.put(key, new Line.Assign(assign.line(), assign.name(), value));
  }

  /** The last line that sets a key under any of its names. */
  Optional<Line.Assign> line(Key key) {
    Line.Assign last = null;
    for (Line.Assign assign : lineByName.values()) {
      if (Key.named(assign.name()).filter(key::equals).isPresent()) {
        read.add(assign);
        last = assign;
      }
    }
    return Optional.ofNullable(last);
  }

  /** The lines that set an attribute of the ad, {@code +Name} or {@code MY.Name}. */
  Iterable<Line.Assign> attributes() {
    return lineByName.values().stream()
        .filter(assign -> attributeName(assign.name()).isPresent())
        .peek(read::add)
        .toList();
  }

  /** The lines that ask for a custom resource, {@code request_name}. */
  Iterable<Line.Assign> customRequests() {
    return lineByName.values().stream()
        .filter(assign -> isCustomRequest(assign.name()))
        .peek(read::add)
        .toList();
  }

  private static boolean isCustomRequest(String name) {
    return name.regionMatches(true, 0, "request_", 0, 8)
        && name.length() > 8
        && !name.equalsIgnoreCase("request_gpus")
        && Key.named(name).isEmpty();
  }

  static Optional<String> attributeName(String name) {
    if (name.startsWith("+")) {
      return Optional.of(name.substring(1));
    }
    return name.regionMatches(true, 0, "MY.", 0, 3)
        ? Optional.of(name.substring(3))
        : Optional.empty();
  }

  /** The lines that nothing has read. */
  List<Line.Assign> unread() {
    return lineByName.values().stream().filter(assign -> !read.contains(assign)).toList();
  }

  String expand(String text) throws MacroException {
    return new Macros(this).expand(text).strip();
  }

  SubmitContext context() {
    return context;
  }

  @Override
  public Optional<String> definition(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    String number = predefined.get(key);
    if (number != null) {
      return Optional.of(number);
    }
    Line.Assign assign = lineByName.get(key);
    if (assign == null && key.startsWith("my.")) {
      assign = lineByName.get("+" + key.substring(3));
    }
    if (assign == null) {
      return Optional.empty();
    }
    read.add(assign);
    return Optional.of(assign.value());
  }

  @Override
  public Optional<String> function(String name, String argument, Macros macros)
      throws MacroException {
    return MacroFunctions.call(name, argument, macros, context);
  }
}
