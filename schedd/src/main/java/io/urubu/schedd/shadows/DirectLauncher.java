package io.urubu.schedd.shadows;

import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Starts shadows as children of the schedd, under its own account: for one user's own pool. */
public final class DirectLauncher implements ShadowLauncher {
  private final ShadowPlaces places;
  private final String ownAccount;

  public DirectLauncher(ShadowPlaces places, String ownAccount) {
    this.places = places;
    this.ownAccount = ownAccount;
  }

  @Override
  public void launch(String account, String user, String identity)
      throws IOException, PoolException {
    if (!account.equals(ownAccount)) {
      throw new PoolException(
          PoolError.PERMISSION_DENIED,
          "this pool runs jobs of " + ownAccount + " only, not of " + account);
    }
    Files.createDirectories(places.stateFolder(account));
    Files.createDirectories(places.runFolder(account).path());
    // A session of its own: a shadow outlives its schedd.
    List<String> command = new ArrayList<>(List.of("setsid", "--"));
    command.addAll(places.command(account, user));
    Process process =
        new ProcessBuilder(command)
            .directory(places.stateFolder(account).toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(places.logFile(account).toFile()))
            .start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(identity.getBytes(StandardCharsets.UTF_8));
    }
  }
}
