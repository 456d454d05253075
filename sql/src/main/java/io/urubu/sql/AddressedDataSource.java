package io.urubu.sql;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to the server whose {@code host:port} stands in a file. The file and the
 * password are read again for each connection, because a personal server may come back on another
 * port. Every wait has a bound: for the connection, and for each answer of the server.
 */
public final class AddressedDataSource implements DataSource {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z._\\-\\[\\]:]+:[0-9]{1,5}");

  private final Path addressFile;
  private final String database;
  private final String user;
  private final Path passwordFile;

  public AddressedDataSource(Path addressFile, String database, String user, Path passwordFile) {
    this.addressFile = addressFile;
    this.database = database;
    this.user = user;
    this.passwordFile = passwordFile;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", read(passwordFile));
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_LIMIT.toSeconds()));
    properties.setProperty(
        "loginTimeout", String.valueOf(CONNECT_LIMIT.multipliedBy(2).toSeconds()));
    properties.setProperty("socketTimeout", String.valueOf(ANSWER_LIMIT.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    // Many rows go in one statement: a submission inserts a hundred thousand.
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("ApplicationName", "urubu");
    return DriverManager.getConnection(
        "jdbc:postgresql://" + address() + "/" + database, properties);
  }

  private String address() throws SQLException {
    String address = read(addressFile);
    if (!ADDRESS.matcher(address).matches()) {
      throw new SQLException(
          addressFile + " holds '" + address + "', expected is host:port",
          SqlTrouble.CONNECTION_STATE);
    }
    return address;
  }

  private static String read(Path file) throws SQLException {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new SQLException(
          "cannot read " + file + ": " + e.getMessage(), SqlTrouble.CONNECTION_STATE, e);
    }
  }

  /** Refused: who connects is settled when this is made. */
  @Override
  public Connection getConnection(String otherUser, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("connects as " + user + " only");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // The driver has nothing to say that is not in its exceptions.
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("the limit is fixed: " + CONNECT_LIMIT);
  }

  @Override
  public int getLoginTimeout() {
    return (int) CONNECT_LIMIT.toSeconds();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("does not use java.util.logging");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (isWrapperFor(type)) {
      return type.cast(this);
    }
    throw new SQLException("is no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
