package io.urubu.starter.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What of this host's own files every job sees, as arguments for bubblewrap. */
final class HostView {
  private static final List<String> SYSTEM =
      List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

  /** Nothing here says anything about the owner, and programs look for it. */
  private static final String ETC =
      "{alternatives,bash.bashrc,ca-certificates,ca-certificates.conf,crypto-policies,debian_version,"
          + "fonts,gai.conf,glvnd,host.conf,inputrc,java*,ld.so.cache,ld.so.conf,ld.so.conf.d,"
          + "libnl*,locale.alias,locale.conf,localtime,magic,magic.mime,mailcap,matplotlibrc,"
          + "mime.types,mpi*,networks,openmpi*,openal,OpenCL,os-release,perl,profile,profile.d,"
          + "protocols,python*,R,redhat-release,rpc,services,shells,terminfo,timezone,vulkan}";

  private static final List<String> CERTIFICATES =
      List.of(
          "/etc/ssl/certs",
          "/etc/ssl/openssl.cnf",
          "/etc/pki/ca-trust",
          "/etc/pki/java",
          "/etc/pki/tls/certs",
          "/etc/pki/tls/cert.pem",
          "/etc/pki/tls/openssl.cnf");

  private static final List<String> CPU_DETAILS =
      List.of("/sys/devices/system/cpu", "/sys/devices/system/node");

  private HostView() {}

  static List<String> arguments() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--ro-bind", "/usr", "/usr"));
    for (String name : SYSTEM) {
      Path path = Path.of("/", name);
      if (Files.isSymbolicLink(path)) {
        arguments.addAll(
            List.of("--symlink", Files.readSymbolicLink(path).toString(), path.toString()));
      } else if (Files.isDirectory(path)) {
        arguments.addAll(List.of("--ro-bind", path.toString(), path.toString()));
      }
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/etc"), ETC)) {
      for (Path entry : entries) {
        show(entry, arguments);
      }
    }
    // Never the private keys beside them.
    for (String path : CERTIFICATES) {
      show(Path.of(path), arguments);
    }
    for (String folder : CPU_DETAILS) {
      show(Path.of(folder), arguments);
    }
    return arguments;
  }

  private static void show(Path path, List<String> arguments) {
    if (Files.isReadable(path)) {
      arguments.addAll(List.of("--ro-bind-try", path.toString(), path.toString()));
    }
  }
}
