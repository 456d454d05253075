package io.urubu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Habits that a reader relies on everywhere. */
@Tag("unit")
class StyleTest {
  private static final int MAX_FILE_LINES = 500;
  private static final int MAX_METHOD_LINES = 40;

  private static final Pattern BANNED_NAME =
      Pattern.compile("(Base[A-Z]\\w*)|(\\w*(Impl|Manager|Helper|Helpers|Util|Utils))");

  /** Where time, randomness and threads enter; everything else is given them. */
  private static final Pattern WIRING =
      Pattern.compile(".*(Main|Daemon|DaemonProcess|Configuration|Wiring|Context)");

  private static final Map<String, Set<String>> AMBIENT =
      Map.of(
          "java.time.Instant", Set.of("now"),
          "java.lang.System", Set.of("currentTimeMillis"),
          "java.lang.Thread", Set.of("sleep"),
          "java.util.UUID", Set.of("randomUUID"),
          "java.util.Random", Set.of("<init>"));

  private static final Set<String> USED_BY_TESTS_OF_OTHER_MODULES =
      Set.of("io.urubu.sql.personal.ScratchPostgres");

  @Test
  void namesSayWhatAThingIs() {
    assertThat(Sources.classes().stream().map(JavaClass::getSimpleName))
        .noneMatch(name -> BANNED_NAME.matcher(name).matches());
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> open = new TreeSet<>();
    for (JavaClass type : Sources.classes()) {
      JavaPackage home = type.getPackage();
      if (!home.isAnnotatedWith(NullMarked.class)) {
        open.add(home.getName());
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void timeAndChanceEnterInTheWiringOnly() {
    Set<String> offences = new TreeSet<>();
    for (JavaClass type : Sources.classes()) {
      if (isWiring(type)) {
        continue;
      }
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        Set<String> banned = AMBIENT.get(access.getTargetOwner().getFullName());
        if (banned != null && banned.contains(access.getName())) {
          offences.add(access.getDescription());
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  /** The command line's process lives for one command: it is all edge. */
  private static boolean isWiring(JavaClass type) {
    JavaClass top = type;
    while (top.getEnclosingClass().isPresent()) {
      top = top.getEnclosingClass().get();
    }
    return WIRING.matcher(top.getSimpleName()).matches() || Sources.module(type).equals("cli");
  }

  @Test
  void onlyTheCommandLineAndProcessStartsPrint() {
    Set<String> offences = new TreeSet<>();
    for (JavaClass type : Sources.classes()) {
      for (JavaAccess<?> access : type.getFieldAccessesFromSelf()) {
        boolean prints =
            access.getTargetOwner().getFullName().equals("java.lang.System")
                && Set.of("out", "err").contains(access.getName());
        if (prints && !isWiring(type)) {
          offences.add(access.getDescription());
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void noStaticStateChanges() {
    Set<String> offences = new TreeSet<>();
    for (JavaClass type : Sources.classes()) {
      for (JavaField field : type.getFields()) {
        Set<JavaModifier> modifiers = field.getModifiers();
        if (modifiers.contains(JavaModifier.STATIC)
            && !modifiers.contains(JavaModifier.FINAL)
            && !modifiers.contains(JavaModifier.SYNTHETIC)) {
          offences.add(field.getFullName());
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void decidersDecideAndDoNothingElse() {
    List<String> banned =
        List.of(
            "io.grpc.", "java.sql.", "org.slf4j.", "org.springframework.", "java.nio.file.Files");
    Set<String> offences = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    for (JavaClass type : Sources.classes()) {
      if (!type.getSimpleName().endsWith("Decider")) {
        continue;
      }
      seen.add(type.getFullName());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getFullName())
          .filter(target -> banned.stream().anyMatch(target::startsWith))
          .forEach(target -> offences.add(type.getFullName() + " uses " + target));
    }
    assertThat(offences).isEmpty();
    assertThat(seen).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aPublicTypeIsPartOfWhatItsPackageOffers() {
    Set<String> hidden = new TreeSet<>();
    for (JavaClass type : Sources.classes()) {
      boolean isPublic = type.getModifiers().contains(JavaModifier.PUBLIC);
      if (isPublic && type.getEnclosingClass().isEmpty() && !isOffered(type)) {
        hidden.add(type.getFullName());
      }
    }
    assertThat(hidden).isEmpty();
  }

  private static boolean isOffered(JavaClass type) {
    boolean startedByThePlatform =
        type.getMethods().stream().anyMatch(method -> method.getName().equals("main"));
    return startedByThePlatform
        || USED_BY_TESTS_OF_OTHER_MODULES.contains(type.getFullName())
        || type.getSimpleName().equals("package-info")
        || type.isAssignableTo(Throwable.class)
        || hasConstantsOnly(type)
        || type.getDirectDependenciesToSelf().stream().anyMatch(use -> offers(use, type));
  }

  /** Constants are compiled into their users, which shows nowhere. */
  private static boolean hasConstantsOnly(JavaClass type) {
    return type.getMethods().isEmpty()
        && !type.getFields().isEmpty()
        && type.getFields().stream()
            .allMatch(
                field ->
                    field.getModifiers().contains(JavaModifier.STATIC)
                        && field.getModifiers().contains(JavaModifier.FINAL));
  }

  /** Another package uses it, or a public type of its own package shows it to others. */
  private static boolean offers(Dependency use, JavaClass type) {
    JavaClass user = use.getOriginClass();
    return !user.getPackageName().equals(type.getPackageName())
        || (!user.equals(type) && user.getModifiers().contains(JavaModifier.PUBLIC));
  }

  @Test
  void filesAreShort() throws IOException {
    Set<String> offences = new TreeSet<>();
    for (Path file : Sources.files()) {
      long lines = Files.readAllLines(file).size();
      if (lines > MAX_FILE_LINES) {
        offences.add(file + ": " + lines + " lines, allowed are " + MAX_FILE_LINES);
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void methodsFitOneScreen() throws IOException {
    assertThat(MethodLengths.longerThan(MAX_METHOD_LINES, Sources.files())).isEmpty();
  }
}
