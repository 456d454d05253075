package io.urubu.schedd.shadows;

import io.urubu.command.PoolException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that a user's shadow runs: one that lives already is left to attach by itself. */
public final class ShadowStarts {
  private static final Logger log = LoggerFactory.getLogger(ShadowStarts.class);

  private final ShadowPlaces places;
  private final ShadowLauncher launcher;
  private final ShadowIdentities identities;

  public ShadowStarts(ShadowPlaces places, ShadowLauncher launcher, ShadowIdentities identities) {
    this.places = places;
    this.launcher = launcher;
    this.identities = identities;
  }

  /** What came of a wish. */
  public enum Result {
    /** A new process was started. */
    STARTED,
    /** One lives already. */
    LIVES,
    /** None runs. */
    FAILED
  }

  public Result start(String account, String user) {
    if (places.runFolder(account).living().isPresent()) {
      return Result.LIVES;
    }
    try {
      launcher.launch(account, user, identities.issue(user));
      log.atInfo().addKeyValue("user", user).log("shadow started");
      return Result.STARTED;
    } catch (IOException | PoolException e) {
      log.atWarn().addKeyValue("user", user).setCause(e).log("shadow cannot be started");
      return Result.FAILED;
    }
  }
}
