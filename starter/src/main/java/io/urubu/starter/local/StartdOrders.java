package io.urubu.starter.local;

import io.urubu.classad.ClassAd;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.daemon.rpc.IdentitySource;
import io.urubu.identity.IdentityException;
import io.urubu.starter.run.Holder;
import io.urubu.starter.run.RunOrder;
import io.urubu.starter.run.Runs;
import java.util.List;

/** The startd's requests, as the starter understands them. */
public final class StartdOrders implements StarterSocket.Orders {
  private final Runs runs;
  private final IdentitySource identity;
  private final Runnable renewed;
  private final Runnable quit;

  /**
   * Passes orders on.
   *
   * @param renewed told when the identity has a new certificate
   * @param quit begins the starter's orderly end
   */
  public StartdOrders(Runs runs, IdentitySource identity, Runnable renewed, Runnable quit) {
    this.runs = runs;
    this.identity = identity;
    this.renewed = renewed;
    this.quit = quit;
  }

  @Override
  public List<ClassAd> carryOut(ClassAd request) throws PoolException, InterruptedException {
    String command = request.string("Command").orElse("");
    try {
      switch (command) {
        case "Run" -> runs.start(RunOrder.of(request));
        case "End" ->
            runs.end(
                RunOrder.run(request),
                request.bool("Graceful").orElse(false),
                reason(request),
                request.string("Code").orElse("StartdStopped"));
        case "Suspend" -> runs.hold(RunOrder.run(request), Holder.OWNER, reason(request));
        case "UserSuspend" -> runs.hold(RunOrder.run(request), Holder.USER, reason(request));
        case "Continue" -> runs.release(RunOrder.run(request), Holder.OWNER);
        case "UserContinue" -> runs.release(RunOrder.run(request), Holder.USER);
        case "Checkpoint" -> runs.checkpoint(RunOrder.run(request));
        case "ShadowMoved" -> runs.moveShadow(RunOrder.run(request), RunOrder.shadow(request));
        case "RunGoneAck" -> runs.acknowledge(RunOrder.run(request));
        case "RenewedCertificate" -> {
          identity.renew(request.string("Chain").orElse(""));
          renewed.run();
        }
        case "Quit" -> quit.run();
        case "Status" -> {
          return runs.status();
        }
        default ->
            throw new PoolException(
                PoolError.REQUEST_INVALID, "a starter has no command '" + command + "'");
      }
    } catch (IllegalArgumentException | IdentityException e) {
      throw new PoolException(
          PoolError.REQUEST_INVALID, command + " is not as it should be: " + e.getMessage(), e);
    }
    return List.of();
  }

  private static String reason(ClassAd request) {
    return request.string("Reason").orElse("the startd wants it");
  }

  @Override
  public void startdIsThere(boolean isThere) {
    runs.startdIsThere(isThere);
  }

  @Override
  public void repeat() {
    runs.repeatGone();
  }
}
