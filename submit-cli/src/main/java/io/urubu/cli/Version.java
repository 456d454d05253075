package io.urubu.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this command, from its jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Objects.requireNonNullElse(
            Version.class.getPackage().getImplementationVersion(), "development");
    return new String[] {"urubu " + version};
  }
}
