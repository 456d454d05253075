package io.urubu.schedd.rest;

import io.urubu.command.PoolError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Lets nobody pass without a token that may read. */
final class TokenFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** The request attribute in which the controllers find the {@link Grant}. */
  static final String GRANT = "io.urubu.grant";

  private static final String SCHEME = "Bearer ";

  private static final Problem NO_TOKEN =
      new Problem(
          401,
          PoolError.PERMISSION_DENIED,
          "Authorization",
          "no valid token: it is missing, has ended, or was made elsewhere",
          "make one with 'urubu token' and send it as 'Authorization: Bearer TOKEN'");

  private static final Problem NO_SCOPE =
      new Problem(
          403,
          PoolError.PERMISSION_DENIED,
          "Authorization",
          "the token's scopes do not allow this",
          "make one with 'urubu token --scope READ'");

  private final transient Tokens tokens;

  TokenFilter(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    Optional<Grant> grant = token(request).flatMap(tokens::verify);
    if (grant.isEmpty()) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"urubu\"");
      NO_TOKEN.writeTo(response);
    } else if (!grant.get().mayRead()) {
      NO_SCOPE.writeTo(response);
    } else {
      request.setAttribute(GRANT, grant.get());
      chain.doFilter(request, response);
    }
  }

  private static Optional<String> token(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip());
  }
}
