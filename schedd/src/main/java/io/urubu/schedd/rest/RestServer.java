package io.urubu.schedd.rest;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Serves the API until it is closed; has an application context of its own. */
public final class RestServer implements AutoCloseable {
  /** Tomcat's own log goes past the daemon's; held here, for the platform forgets its loggers. */
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  private final GenericApplicationContext application;
  private final TokenDesk tokens;
  private final String address;

  private RestServer(GenericApplicationContext application, TokenDesk tokens, String address) {
    this.application = application;
    this.tokens = tokens;
    this.address = address;
  }

  /** Serves when it returns. */
  public static RestServer start(RestSettings settings, RestSources sources) throws IOException {
    TOMCAT.setLevel(Level.WARNING);
    // The daemon's log is set up already; Spring would set it up anew.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    Tokens tokens =
        new Tokens(
            TokenKey.provide(settings.keyFile(), settings.random()),
            settings.schedd(),
            settings.clock(),
            settings.random());
    ServletWebServerApplicationContext application =
        (ServletWebServerApplicationContext)
            new SpringApplicationBuilder(RestConfiguration.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .addCommandLineProperties(false)
                .initializers(
                    context -> {
                      var beans = context.getBeanFactory();
                      beans.registerSingleton("settings", settings);
                      beans.registerSingleton("sources", sources);
                      beans.registerSingleton("tokens", tokens);
                    })
                .run();
    int port =
        Objects.requireNonNull(application.getWebServer(), "a started server has a web server")
            .getPort();
    return new RestServer(
        application,
        new TokenDesk(tokens, settings.clock()),
        InetAddress.getLoopbackAddress().getHostAddress() + ":" + port);
  }

  /** host:port. */
  public String address() {
    return address;
  }

  /** Where tokens for this server are made. */
  public TokenDesk tokens() {
    return tokens;
  }

  @Override
  public void close() {
    application.close();
  }
}
