package io.urubu.starter.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The few files of {@code /etc} that name people and hosts: written for each run anew. */
final class AccountFiles {
  private static final List<String> NAMES =
      List.of("passwd", "group", "hosts", "hostname", "nsswitch.conf");

  private AccountFiles() {}

  static void write(Path etc, Account account, String hostname) throws IOException {
    String name = account.name();
    String others =
        (account.uid() == 0 ? "" : "root:x:0:0:root:/scratch:/usr/sbin/nologin\n")
            + "nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n";
    put(
        etc,
        "passwd",
        "%s:x:%d:%d::/scratch:/bin/bash\n%s".formatted(name, account.uid(), account.gid(), others));
    put(
        etc,
        "group",
        "%s:x:%d:\n%snogroup:x:65534:\n"
            .formatted(name, account.gid(), account.gid() == 0 ? "" : "root:x:0:\n"));
    put(etc, "hosts", "127.0.0.1 localhost %s\n::1 localhost\n".formatted(hostname));
    put(etc, "hostname", hostname + "\n");
    put(etc, "nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files\n");
  }

  private static void put(Path etc, String file, String text) throws IOException {
    Files.writeString(etc.resolve(file), text);
  }

  static List<String> arguments(Path etc) {
    List<String> arguments = new ArrayList<>();
    for (String name : NAMES) {
      arguments.addAll(List.of("--ro-bind", etc.resolve(name).toString(), "/etc/" + name));
    }
    arguments.addAll(List.of("--symlink", "/proc/self/mounts", "/etc/mtab"));
    return arguments;
  }
}
