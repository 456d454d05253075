package io.urubu.schedd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A file in which a daemon leaves its {@code host:port}; empty while it is not there. */
record AddressFile(Path file) implements Supplier<Optional<String>> {

  @Override
  public Optional<String> get() {
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
