package io.urubu.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The project's own code, as classes and as files; generated code is left out. */
final class Sources {
  private static final String ROOT = "io.urubu.";

  private static final class Imported {
    static final JavaClasses CLASSES =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.matches(GENERATED))
            .importPackages("io.urubu");
  }

  private static final java.util.regex.Pattern GENERATED =
      java.util.regex.Pattern.compile(".*/io/urubu/protocol/[a-z]+/v[0-9]+/.*");

  private Sources() {}

  static JavaClasses classes() {
    return Imported.CLASSES;
  }

  static String module(JavaClass type) {
    return moduleOf(type.getPackageName()).orElseThrow();
  }

  static Optional<String> moduleOf(String packageName) {
    if (!packageName.startsWith(ROOT)) {
      return Optional.empty();
    }
    String rest = packageName.substring(ROOT.length());
    int dot = rest.indexOf('.');
    return Optional.of(dot < 0 ? rest : rest.substring(0, dot));
  }

  /** Every Java file of every module, tests included. */
  static List<Path> files() throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    try (Stream<Path> files =
        Files.find(
            root,
            20,
            (path, attributes) ->
                attributes.isRegularFile()
                    && path.toString().endsWith(".java")
                    && path.toString().contains("/src/")
                    && !path.toString().contains("/target/"))) {
      return files.toList();
    }
  }
}
