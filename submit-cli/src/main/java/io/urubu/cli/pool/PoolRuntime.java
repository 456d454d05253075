package io.urubu.cli.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The programs that the pool's processes run.
 *
 * @param java the java binary
 * @param lib the folder with the jars
 */
public record PoolRuntime(Path java, Path lib) {

  /** What this process itself runs. */
  public static PoolRuntime own() {
    try {
      Path jar =
          Path.of(PoolRuntime.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path lib = jar.resolveSibling(".").normalize();
      return new PoolRuntime(Path.of(System.getProperty("java.home"), "bin", "java"), lib);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a jar's location is a URI", e);
    }
  }

  /** The folder with the examples. */
  public Path examples() {
    return lib.resolveSibling("examples");
  }

  /**
   * The same where every account of the host may read it: root's checkout and JDK often lie below
   * folders that are closed to the accounts under which services and jobs run.
   */
  PoolRuntime readableByAll(Path state) throws IOException {
    Path runtimes = Files.createDirectories(state.resolve("runtime"));
    Path copy = runtimes.resolve("lib-" + fingerprint());
    if (!Files.isDirectory(copy)) {
      copyTree(lib, copy);
    }
    if (isOpenToAll(java.toRealPath())) {
      return new PoolRuntime(java.toRealPath(), copy);
    }
    Path jdk = runtimes.resolve("jdk-" + Runtime.version().feature());
    if (!Files.isDirectory(jdk)) {
      copyTree(java.toRealPath().resolve("../..").normalize(), jdk);
    }
    return new PoolRuntime(jdk.resolve("bin/java"), copy);
  }

  /** Changes with every jar that is built anew. */
  private String fingerprint() throws IOException {
    List<String> facts = new ArrayList<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, "*.jar")) {
      for (Path jar : jars) {
        facts.add(jar.getFileName() + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar));
      }
    }
    Collections.sort(facts);
    CRC32 crc = new CRC32();
    crc.update(facts.toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  private static boolean isOpenToAll(Path file) throws IOException {
    for (Path at = file; at != null; at = at.getParent()) {
      if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  /** Complete or not there: an interrupted copy leaves only a folder of another name. */
  private static void copyTree(Path from, Path to) throws IOException {
    Path unfinished = to.resolveSibling(to.getFileName() + ".unfinished");
    Trees.delete(unfinished);
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(file -> copy(file, unfinished.resolve(from.relativize(file).toString())));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      var permissions = Files.getPosixFilePermissions(to);
      permissions.add(PosixFilePermission.OTHERS_READ);
      if (permissions.contains(PosixFilePermission.OWNER_EXECUTE)) {
        permissions.add(PosixFilePermission.OTHERS_EXECUTE);
      }
      Files.setPosixFilePermissions(to, permissions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
