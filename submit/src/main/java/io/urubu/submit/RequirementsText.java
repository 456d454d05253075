package io.urubu.submit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a machine must have: the person's own words and the clauses that follow from the rest. */
final class RequirementsText {
  private static final List<String> OPERATING_SYSTEM =
      List.of(
          "opsys",
          "opsysandver",
          "opsyslongname",
          "opsysmajorver",
          "opsysname",
          "opsysshortname",
          "opsysver");

  private final List<String> clauses = new ArrayList<>();
  private final Set<String> mentioned;

  RequirementsText(String own) {
    this.mentioned = namesIn(own);
    if (!own.isEmpty()) {
      clauses.add("(" + own + ")");
    }
    if (!mentioned.contains("arch")) {
      clauses.add("(TARGET.Arch == \"X86_64\")");
    }
    if (OPERATING_SYSTEM.stream().noneMatch(mentioned::contains)) {
      clauses.add("(TARGET.OpSys == \"LINUX\")");
    }
  }

  void add(String clause) {
    clauses.add("(" + clause + ")");
  }

  /** How the files get there: a common file system, or transfer by the methods that URLs need. */
  void addFiles(String shouldTransfer, String whenToTransfer, List<String> methods) {
    StringBuilder transfer = new StringBuilder("TARGET.HasFileTransfer");
    if (whenToTransfer.equals("ON_SUCCESS")) {
      transfer.append(" && versioncmp(split(TARGET.CondorVersion)[1],\"8.9.7\") >= 0");
    }
    for (String method : methods) {
      transfer.append(
          " && stringListIMember(\"%s\",TARGET.HasFileTransferPluginMethods)".formatted(method));
    }
    String common = "TARGET.FileSystemDomain == MY.FileSystemDomain";
    boolean named = mentioned.contains("filesystemdomain");
    switch (shouldTransfer) {
      case "NO" -> {
        if (!named) {
          add(common);
        }
      }
      case "YES" -> add(transfer.toString());
      default -> add(named ? transfer.toString() : "(" + common + ") || (" + transfer + ")");
    }
  }

  @Override
  public String toString() {
    return String.join(" && ", clauses);
  }

  /** Names outside strings, in lower case, but for those of the job itself ({@code MY.}). */
  private static Set<String> namesIn(String text) {
    Set<String> names = new HashSet<>();
    StringBuilder name = new StringBuilder();
    boolean inString = false;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (inString) {
        inString = c != '"' || text.charAt(i - 1) == '\\';
      } else if (c == '_' || c == '.' || Character.isLetterOrDigit(c)) {
        name.append(c);
      } else {
        inString = c == '"';
        String whole = name.toString().toLowerCase(Locale.ROOT);
        names.add(whole.startsWith("target.") ? whole.substring(7) : whole);
        name.setLength(0);
      }
    }
    return names;
  }
}
