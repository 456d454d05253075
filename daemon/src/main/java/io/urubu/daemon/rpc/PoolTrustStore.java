package io.urubu.daemon.rpc;

import io.urubu.identity.IdentityException;
import io.urubu.identity.PoolTrust;
import io.urubu.identity.Subject;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The pool's rule for TLS: a peer is who the pool's authority says it is. Host names play no part,
 * because workstations and shadows come and go at any address.
 */
final class PoolTrustStore extends X509ExtendedTrustManager {
  private final PoolTrust trust;
  private final PeerCheck servers;

  /**
   * @param servers which server a client accepts; unused at a server, where each service checks its
   *     caller
   */
  PoolTrustStore(PoolTrust trust, PeerCheck servers) {
    this.trust = trust;
    this.servers = servers;
  }

  private void checkServer(X509Certificate[] chain) throws CertificateException {
    Subject subject = verified(chain);
    if (!servers.accepts(subject, chain[0])) {
      throw new CertificateException("the server is " + subject + ", which was not meant");
    }
  }

  private Subject verified(X509Certificate[] chain) throws CertificateException {
    try {
      return trust.verify(List.of(chain));
    } catch (IdentityException e) {
      throw new CertificateException(e.getMessage(), e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    verified(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    verified(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    verified(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkServer(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServer(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServer(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[] {trust.authority()};
  }
}
