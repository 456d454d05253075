package io.urubu.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may import whom: the table of docs/architecture.md. */
@Tag("unit")
class ModulesTest {
  private static final Set<String> DAEMON =
      Set.of("classad", "config", "command", "identity", "protocol", "daemon");

  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("classad", Set.of()),
          Map.entry("config", Set.of("classad")),
          Map.entry("command", Set.of("classad")),
          Map.entry("identity", Set.of()),
          Map.entry("protocol", Set.of("classad")),
          Map.entry("daemon", Set.of("classad", "config", "command", "identity", "protocol")),
          Map.entry("remotefile", Set.of()),
          Map.entry("checkpoint", Set.of()),
          Map.entry("submit", Set.of("classad", "config", "command")),
          Map.entry("sql", Set.of()),
          Map.entry("matchmaker", with(DAEMON, "sql")),
          Map.entry("schedd", with(DAEMON, "sql", "submit")),
          Map.entry("shadow", with(DAEMON, "checkpoint")),
          Map.entry("starter", with(DAEMON, "remotefile")),
          Map.entry("startd", DAEMON),
          Map.entry("cli", Set.of("classad", "config", "command", "identity", "submit", "sql")));

  private static final Map<String, Set<String>> LIBRARIES_KEPT_OUT =
      Map.of(
          "classad", Set.of("com.", "org.", "io.grpc"),
          "command", Set.of("com.", "org.", "io.grpc"),
          "config", Set.of("com.", "org.", "io.grpc"),
          "submit", Set.of("com.", "org.", "io.grpc"),
          "remotefile", Set.of("com.", "io.grpc", "io.netty", "org.springframework", "java.sql"),
          "cli", Set.of("io.grpc", "io.netty", "org.springframework", "com.google"),
          "startd", Set.of("org.springframework", "java.sql"),
          "starter", Set.of("org.springframework", "java.sql"),
          "shadow", Set.of("org.springframework", "java.sql"));

  private static Set<String> with(Set<String> set, String... more) {
    Set<String> all = new TreeSet<>(set);
    all.addAll(Set.of(more));
    return all;
  }

  @Test
  void modulesImportOnlyWhatTheTableAllows() {
    Map<String, String> offences = new TreeMap<>();
    for (JavaClass origin : Sources.classes()) {
      String from = Sources.module(origin);
      assertThat(MAY_IMPORT).as("modules that the table knows").containsKey(from);
      for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
        Optional<String> to = Sources.moduleOf(dependency.getTargetClass().getPackageName());
        if (to.isPresent()
            && !to.get().equals(from)
            && !MAY_IMPORT.getOrDefault(from, Set.of()).contains(to.get())) {
          offences.put(from + " -> " + to.get(), dependency.getDescription());
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void lightModulesStayLight() {
    Set<String> offences = new TreeSet<>();
    for (JavaClass origin : Sources.classes()) {
      Set<String> banned = LIBRARIES_KEPT_OUT.getOrDefault(Sources.module(origin), Set.of());
      for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getFullName();
        if (banned.stream().anyMatch(target::startsWith)
            && !target.startsWith("org.jspecify.")
            && !target.startsWith("com.sun.")) {
          offences.add(origin.getFullName() + " uses " + target);
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.urubu.(**)").should().beFreeOfCycles().check(Sources.classes());
  }

  @Test
  void theRulesSawTheCode() {
    assertThat(Sources.classes().size()).isGreaterThan(400);
    Set<String> seen = new TreeSet<>();
    Sources.classes().forEach(type -> seen.add(Sources.module(type)));
    assertThat(seen).containsAll(MAY_IMPORT.keySet());
  }
}
