package io.urubu.config;

import io.urubu.config.language.LogicalLine;
import io.urubu.config.language.MacroException;
import io.urubu.config.language.Position;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads files into settings and collects what is wrong with them. */
final class ConfigReader {
  private static final int MAX_INCLUDE_DEPTH = 16;
  private static final int MAX_FILES = 1000;
  private static final long MAX_FILE_BYTES = 1 << 20;

  private final Settings settings;
  private final List<Problem> problems;
  private int filesRead;

  ConfigReader(Settings settings, List<Problem> problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /** Reads the main file and all that it leads to. */
  void readMain(Path main, boolean mayBeMissing) {
    Position nowhere = new Position(main.toString(), 0);
    if (mayBeMissing && !Files.exists(main)) {
      return;
    }
    Path folder = main.getParent();
    settings.standard("CONFIG_ROOT", folder == null ? "/" : folder.toString());
    readFile(main, nowhere, 0);
    readFolder();
    Setting local =
        settings
            .setting(Knobs.LOCAL_CONFIG_FILE.name())
            .orElse(new Setting(Knobs.LOCAL_CONFIG_FILE.name(), "", nowhere));
    for (String file : KnobType.list(expanded(local))) {
      include(file, local.position(), 0, false);
    }
  }

  private void readFolder() {
    Setting setting =
        settings
            .setting(Knobs.LOCAL_CONFIG_DIR.name())
            .orElse(
                new Setting(
                    Knobs.LOCAL_CONFIG_DIR.name(),
                    Knobs.LOCAL_CONFIG_DIR.standard(),
                    new Position("standard", 0)));
    String text = expanded(setting);
    boolean chosen = settings.setting(Knobs.LOCAL_CONFIG_DIR.name()).isPresent();
    if (text.isEmpty() || (!chosen && !Files.isDirectory(Path.of(text)))) {
      return;
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(text), "*.conf")) {
      entries.forEach(files::add);
    } catch (IOException | RuntimeException e) {
      problems.add(Problem.of(setting, text, "the folder cannot be listed: " + e.getMessage()));
      return;
    }
    files.sort((left, right) -> left.toString().compareTo(right.toString()));
    for (Path file : files) {
      readFile(file, setting.position(), 0);
    }
  }

  private void include(String name, Position from, int depth, boolean mayBeMissing) {
    try {
      Path beside = Path.of(from.source()).getParent();
      Path file = beside == null ? Path.of(name) : beside.resolve(name);
      if (!mayBeMissing || Files.exists(file)) {
        readFile(file, from, depth);
      }
    } catch (InvalidPathException e) {
      problems.add(new Problem(from, "include " + name + ": " + e.getMessage()));
    }
  }

  private void readFile(Path file, Position from, int depth) {
    if (depth > MAX_INCLUDE_DEPTH || ++filesRead > MAX_FILES) {
      problems.add(
          new Problem(
              from,
              "include %s: files include each other without end (%d deep, %d files are allowed)"
                  .formatted(file, MAX_INCLUDE_DEPTH, MAX_FILES)));
      return;
    }
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        problems.add(new Problem(from, file + ": larger than " + MAX_FILE_BYTES + " bytes"));
        return;
      }
      String text = Files.readString(file);
      for (LogicalLine line : LogicalLine.of(file.toString(), text, LogicalLine.Within.COMMENT)) {
        carryOut(line, depth);
      }
    } catch (NoSuchFileException _) {
      problems.add(new Problem(from, file + ": no such file"));
    } catch (CharacterCodingException _) {
      problems.add(new Problem(from, file + ": is no UTF-8 text"));
    } catch (IOException e) {
      problems.add(new Problem(from, file + ": cannot be read: " + e.getMessage()));
    }
  }

  private void carryOut(LogicalLine line, int depth) {
    switch (Statement.of(line)) {
      case Statement.Assign(var name, var value) -> settings.set(name, value, line.position());
      case Statement.Include(var file, var mayBeMissing) -> {
        String expanded = expanded(new Setting("include", file, line.position()));
        if (!expanded.isEmpty()) {
          include(expanded, line.position(), depth + 1, mayBeMissing);
        }
      }
      case Statement.Use(var category, var templates) ->
          templates.forEach(name -> use(category, name, line));
      case Statement.Invalid(var rule) ->
          problems.add(new Problem(line.position(), line.text() + ": " + rule));
    }
  }

  private void use(String category, String name, LogicalLine line) {
    switch (Templates.find(category, name)) {
      case Templates.Found.Unknown(var rule) ->
          problems.add(new Problem(line.position(), line.text() + ": " + rule));
      case Templates.Found.Lines(var lines) -> lines.forEach(this::takeOver);
    }
  }

  /** Knobs are set; macros of the template hold where nobody sets them, before or behind it. */
  private void takeOver(LogicalLine line) {
    if (!(Statement.of(line) instanceof Statement.Assign(var name, var value))) {
      throw new IllegalStateException(line.position() + ": a template only sets names");
    }
    if (Knobs.all().stream().anyMatch(knob -> knob.name().equalsIgnoreCase(name))) {
      settings.set(name, value, line.position());
    } else {
      settings.standard(name, value);
    }
  }

  private String expanded(Setting setting) {
    try {
      return settings.expand(setting.text());
    } catch (MacroException e) {
      problems.add(Problem.of(setting, setting.text(), String.valueOf(e.getMessage())));
      return "";
    }
  }

  /** Takes {@code _CONDOR_NAME}, then {@code _URUBU_NAME}. */
  void readEnvironment(Map<String, String> environment) {
    for (String prefix : Arrays.asList("_CONDOR_", "_URUBU_")) {
      environment.forEach(
          (variable, text) -> {
            if (variable.regionMatches(true, 0, prefix, 0, prefix.length())
                && variable.length() > prefix.length()) {
              settings.set(
                  variable.substring(prefix.length()),
                  text,
                  new Position("environment " + variable, 0));
            }
          });
    }
  }
}
