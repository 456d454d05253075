package io.urubu.schedd;

import io.urubu.classad.ClassAd;
import io.urubu.command.CommandConnection;
import io.urubu.command.Frame;
import io.urubu.command.Peer;
import io.urubu.command.PoolException;
import io.urubu.command.presence.RunFolder;
import io.urubu.daemon.process.Daemon;
import io.urubu.daemon.process.DaemonContext;
import io.urubu.schedd.commands.CommandDesk;
import io.urubu.schedd.commands.Principal;
import io.urubu.schedd.dispatch.Dispatcher;
import io.urubu.schedd.negotiate.MatchmakerLink;
import io.urubu.schedd.queue.Queue;
import io.urubu.schedd.rest.RestServer;
import java.io.IOException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The schedd: everything that {@link ScheddConfiguration} wires, as one daemon. */
final class ScheddDaemon implements Daemon {
  private final ConfigurableApplicationContext application;

  private ScheddDaemon(ConfigurableApplicationContext application) {
    this.application = application;
  }

  static Daemon start(DaemonContext context) throws IOException {
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    ConfigurableApplicationContext application =
        new SpringApplicationBuilder(ScheddConfiguration.class)
            .web(WebApplicationType.NONE)
            .bannerMode(org.springframework.boot.Banner.Mode.OFF)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .initializers(c -> c.getBeanFactory().registerSingleton("daemonContext", context))
            .run();
    ScheddDaemon daemon = new ScheddDaemon(application);
    try {
      ScheddServer server = application.getBean(ScheddServer.class);
      context.publishAddress(server.address());
      new RunFolder(context.runFolder())
          .publish("http-address", application.getBean(RestServer.class).address());
      return daemon;
    } catch (IOException | RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  @Override
  public ClassAd status() {
    Queue queue = application.getBean(Queue.class);
    Dispatcher.Counts counts = application.getBean(Dispatcher.class).counts();
    return ClassAd.builder()
        .put("Address", application.getBean(ScheddServer.class).address())
        .put("Jobs", queue.view().size())
        .put("Claims", counts.claims())
        .put("Shadows", counts.shadows())
        .put("DatabaseAvailable", !queue.view().isDatabaseAway())
        .put("MatchmakerAvailable", application.getBean(MatchmakerLink.class).isUp())
        .build();
  }

  @Override
  public void serve(CommandConnection connection, Peer peer, Frame request)
      throws IOException, PoolException {
    CommandDesk desk = application.getBean(CommandDesk.class);
    if (request.ad().string("Command").orElse("").equals("CreateToken")) {
      Principal asking = desk.principal(peer);
      connection.send(
          Frame.Kind.DONE,
          application
              .getBean(RestServer.class)
              .tokens()
              .create(asking.account(), asking.administrator(), request.ad()));
      return;
    }
    desk.serve(connection, peer, request);
  }

  @Override
  public void close() {
    // The queue first: it must not take the end of a stream for a peer's death and act on it.
    application.getBean(Queue.class).close();
    application.getBean(MatchmakerLink.class).close();
    application.getBean(ScheddServer.class).close();
    application.close();
  }
}
