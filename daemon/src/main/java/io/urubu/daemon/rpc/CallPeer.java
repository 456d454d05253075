package io.urubu.daemon.rpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.urubu.identity.IdentityException;
import io.urubu.identity.PoolTrust;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Who calls, proven by the connection's certificate. */
public final class CallPeer {
  private static final Context.Key<Subject> SUBJECT = Context.key("urubu-peer");
  private static final Context.Key<PublicKey> KEY = Context.key("urubu-peer-key");

  private CallPeer() {}

  /**
   * The caller of the gRPC call that is being served: to be asked in the service's method itself,
   * not in later callbacks on other threads.
   */
  public static Subject current() {
    Subject subject = SUBJECT.get();
    if (subject == null) {
      throw new IllegalStateException("not within a call that a server of the pool serves");
    }
    return subject;
  }

  /** The key with which the caller proved who it is: for renewing its certificate. */
  public static PublicKey publicKey() {
    PublicKey key = KEY.get();
    if (key == null) {
      throw new IllegalStateException("not within a call that a server of the pool serves");
    }
    return key;
  }

  /** The caller, when it has that role; otherwise the call ends with PERMISSION_DENIED. */
  public static Subject require(Role role) {
    Subject subject = current();
    if (subject.role() != role) {
      throw Status.PERMISSION_DENIED
          .withDescription(subject.role() + " may not call what is for " + role)
          .asRuntimeException();
    }
    return subject;
  }

  /** Puts the caller into the context of each call. */
  static ServerInterceptor interceptor(PoolTrust trust) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
          List<X509Certificate> chain = chain(call);
          Subject subject = trust.verify(chain);
          Context context =
              Context.current()
                  .withValue(SUBJECT, subject)
                  .withValue(KEY, chain.getFirst().getPublicKey());
          return Contexts.interceptCall(context, call, headers, next);
        } catch (IdentityException | SSLPeerUnverifiedException e) {
          return refuse(call, Status.UNAUTHENTICATED.withDescription(e.getMessage()).withCause(e));
        } catch (StatusRuntimeException e) {
          // A streaming service's own refusal, which gRPC would turn into UNKNOWN.
          return refuse(call, e.getStatus());
        }
      }
    };
  }

  private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static List<X509Certificate> chain(ServerCall<?, ?> call)
      throws SSLPeerUnverifiedException {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      throw new SSLPeerUnverifiedException("the call did not come over TLS");
    }
    Certificate[] certificates = session.getPeerCertificates();
    return Arrays.stream(certificates).map(X509Certificate.class::cast).toList();
  }
}
