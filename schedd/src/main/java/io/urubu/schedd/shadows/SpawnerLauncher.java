package io.urubu.schedd.shadows;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.PoolException;
import java.io.IOException;
import java.nio.file.Path;

/** Has root's spawner start shadows, each under its user's account. */
public final class SpawnerLauncher implements ShadowLauncher {
  private final Path socket;

  public SpawnerLauncher(Path socket) {
    this.socket = socket;
  }

  @Override
  public void launch(String account, String user, String identity)
      throws IOException, PoolException {
    ClassAd request =
        ClassAd.builder()
            .put("Command", "SpawnShadow")
            .put("Account", account)
            .put("User", user)
            .put("Identity", identity)
            .build();
    try (CommandConnection connection = CommandConnection.connect(socket)) {
      connection.call(request, _ -> {});
    }
  }
}
