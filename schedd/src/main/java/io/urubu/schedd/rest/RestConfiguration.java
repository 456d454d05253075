package io.urubu.schedd.rest;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Wires the web server: Tomcat on the loopback interface, one filter, the controllers. */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@Import({JobsController.class, MachinesController.class, ProblemAdvice.class})
class RestConfiguration {
  private static final int MAX_CONNECTIONS = 200;
  private static final int MAX_PARAMETERS = 50;
  private static final int MAX_HEADER_BYTES = 16 << 10;
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(20);

  @Bean(destroyMethod = "shutdown")
  ExecutorService requests() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  @Bean
  TomcatServletWebServerFactory webServer(RestSettings settings, ExecutorService requests)
      throws IOException {
    Path folder = Files.createDirectories(settings.workFolder());
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(settings.port());
    factory.setAddress(InetAddress.getLoopbackAddress());
    factory.setBaseDirectory(folder.toFile());
    factory.getSettings().setDocumentRoot(folder.toFile());
    factory.getSettings().setRegisterDefaultServlet(false);
    factory.setUriEncoding(StandardCharsets.UTF_8);
    factory.addConnectorCustomizers(RestConfiguration::bound);
    factory.addProtocolHandlerCustomizers(handler -> handler.setExecutor(requests));
    factory.addContextCustomizers(RestConfiguration::tellNothing);
    return factory;
  }

  private static void bound(Connector connector) {
    connector.setMaxParameterCount(MAX_PARAMETERS);
    connector.setMaxPostSize(0);
    connector.setXpoweredBy(false);
    connector.setProperty("maxConnections", String.valueOf(MAX_CONNECTIONS));
    connector.setProperty("maxHttpRequestHeaderSize", String.valueOf(MAX_HEADER_BYTES));
    connector.setProperty("connectionTimeout", String.valueOf(IDLE_LIMIT.toMillis()));
    connector.setProperty("keepAliveTimeout", String.valueOf(IDLE_LIMIT.toMillis()));
  }

  /** Requests that do not even parse are answered without a page about the server. */
  private static void tellNothing(Context context) {
    ErrorReportValve silent = new ErrorReportValve();
    silent.setShowReport(false);
    silent.setShowServerInfo(false);
    context.getParent().getPipeline().addValve(silent);
  }

  @Bean
  ServletRegistrationBean<DispatcherServlet> dispatcher(WebApplicationContext application) {
    ServletRegistrationBean<DispatcherServlet> registration =
        new ServletRegistrationBean<>(new DispatcherServlet(application), "/");
    registration.setLoadOnStartup(1);
    return registration;
  }

  /** Comes after the controllers; without it each wrong path would be a warning in the log. */
  @Bean
  SimpleUrlHandlerMapping nothing() {
    HttpRequestHandler nothing =
        (request, response) -> Problem.nothingAt(request.getRequestURI()).writeTo(response);
    return new SimpleUrlHandlerMapping(Map.of("/**", nothing), Ordered.LOWEST_PRECEDENCE);
  }

  @Bean
  FilterRegistrationBean<TokenFilter> tokenFilter(Tokens tokens) {
    FilterRegistrationBean<TokenFilter> registration =
        new FilterRegistrationBean<>(new TokenFilter(tokens));
    registration.addUrlPatterns("/*");
    return registration;
  }
}
