package io.urubu.starter.scratch;

import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Permissions of files as the nine bits that travel. */
final class Modes {
  /** The highest bit first. */
  private static final List<PosixFilePermission> ORDER =
      List.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private Modes() {}

  static Set<PosixFilePermission> permissions(int bits) {
    Set<PosixFilePermission> permissions = new HashSet<>();
    for (int i = 0; i < ORDER.size(); i++) {
      if ((bits & (0400 >> i)) != 0) {
        permissions.add(ORDER.get(i));
      }
    }
    return permissions;
  }

  static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (int i = 0; i < ORDER.size(); i++) {
      if (permissions.contains(ORDER.get(i))) {
        bits |= 0400 >> i;
      }
    }
    return bits;
  }
}
