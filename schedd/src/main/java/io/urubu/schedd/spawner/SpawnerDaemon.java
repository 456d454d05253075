package io.urubu.schedd.spawner;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.Frame;
import io.urubu.command.Peer;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.config.Config;
import io.urubu.config.Knobs;
import io.urubu.daemon.process.Daemon;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.schedd.shadows.ShadowPlaces;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts shadows under their users' accounts, for the schedd and for nobody else. It keeps no
 * state: it may be killed and started at any time.
 */
final class SpawnerDaemon implements Daemon {
  private static final Logger log = LoggerFactory.getLogger(SpawnerDaemon.class);

  private final String scheddAccount;
  private final ShadowSpawner spawner;

  SpawnerDaemon(String scheddAccount, ShadowSpawner spawner) {
    this.scheddAccount = scheddAccount;
    this.spawner = spawner;
  }

  static Daemon start(DaemonContext context) {
    Config config = context.config();
    ShadowPlaces places =
        new ShadowPlaces(
            Path.of(context.required("config")),
            config.get(Knobs.JAVA),
            config.get(Knobs.LIB),
            config.get(Knobs.SPOOL),
            config.get(Knobs.RUN),
            config.get(Knobs.LOG));
    return new SpawnerDaemon(
        context.required("schedd-account"),
        new ShadowSpawner(places, config.get(Knobs.UID_DOMAIN)));
  }

  @Override
  public ClassAd status() {
    return ClassAd.builder().put("ScheddAccount", scheddAccount).build();
  }

  @Override
  public void serve(CommandConnection connection, Peer peer, Frame request)
      throws IOException, PoolException {
    if (!peer.name().equals(scheddAccount)) {
      throw new PoolException(
          PoolError.PERMISSION_DENIED,
          peer.name() + " may not start shadows: only " + scheddAccount + " may");
    }
    if (!request.ad().string("Command").orElse("").equals("SpawnShadow")) {
      Daemon.super.serve(connection, peer, request);
      return;
    }
    String account = request.ad().string("Account").orElse("");
    long pid =
        spawner.spawn(
            account,
            request.ad().string("User").orElse(""),
            request.ad().string("Identity").orElse(""));
    log.atInfo().addKeyValue("account", account).addKeyValue("pid", pid).log("shadow spawned");
    connection.send(Frame.Kind.DONE, ClassAd.builder().put("Pid", pid).build());
  }

  @Override
  public void close() {
    // Shadows outlive the spawner.
  }
}
