package io.urubu.daemon.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.urubu.identity.Identity;
import io.urubu.identity.PoolAuthority;
import io.urubu.identity.Role;
import io.urubu.identity.Subject;
import io.urubu.protocol.advertise.v1.AdvertiseServiceGrpc;
import io.urubu.protocol.advertise.v1.LocateScheddRequest;
import io.urubu.protocol.advertise.v1.LocateScheddResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("module")
class RpcTlsTest {
  private final SecureRandom random = new SecureRandom();
  private final Instant now = Instant.now();
  private final PoolAuthority authority = PoolAuthority.create(now, random);
  private final Identity matchmaker = daemon(authority, Role.MATCHMAKER, "matchmaker@h");
  private final Identity startd = daemon(authority, Role.STARTD, "ws1@h");
  private RpcServer server;

  @BeforeEach
  void serve() throws IOException {
    server =
        RpcServer.start(
            "127.0.0.1", 0, new IdentitySource(matchmaker), List.of(new EchoOfTheCaller()));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theServiceKnowsWhoCalls() {
    assertThat(call(startd, PeerCheck.role(Role.MATCHMAKER)))
        .isEqualTo("Subject[role=STARTD, name=ws1@h, user=]");
  }

  @Test
  void aCallerOfAnotherPoolGetsNoAnswer() {
    Identity stranger = daemon(PoolAuthority.create(now, random), Role.STARTD, "ws1@h");

    assertThatThrownBy(() -> call(stranger, (_, _) -> true))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void aServerThatWasNotMeantIsNotTalkedTo() {
    assertThatThrownBy(() -> call(startd, PeerCheck.role(Role.SCHEDD)))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  @Test
  void aCallerOfAnotherRoleIsRefused() {
    Identity schedd = daemon(authority, Role.SCHEDD, "schedd@h");

    assertThatThrownBy(() -> call(schedd, PeerCheck.role(Role.MATCHMAKER)))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
  }

  @Test
  void aShadowIsPinnedByItsCertificate() {
    Identity schedd = daemon(authority, Role.SCHEDD, "schedd@h");
    Subject shadow = new Subject(Role.SHADOW, "schedd@h", "alice@h");
    Identity meant = schedd.issue(shadow, now, Duration.ofHours(1), random);
    Identity other = schedd.issue(shadow, now, Duration.ofHours(1), random);
    PeerCheck check = PeerCheck.shadow("alice@h", meant.leafSha256());

    assertThat(check.accepts(shadow, meant.leaf())).isTrue();
    assertThat(check.accepts(shadow, other.leaf())).isFalse();
  }

  @Test
  void somebodyWithoutTlsGetsNoByteOfAnAnswer() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        InputStream answer = socket.getInputStream()) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      byte[] bytes = answer.readNBytes(64);
      // At most a TLS alert (record type 21).
      assertThat(bytes.length == 0 || bytes[0] == 21).isTrue();
    }
  }

  private String call(Identity identity, PeerCheck expected) {
    ManagedChannel channel =
        RpcChannels.dial("127.0.0.1:" + server.port(), new IdentitySource(identity), expected);
    try {
      return AdvertiseServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(10, TimeUnit.SECONDS)
          .locateSchedd(LocateScheddRequest.getDefaultInstance())
          .getAddress();
    } finally {
      channel.shutdownNow();
    }
  }

  private Identity daemon(PoolAuthority of, Role role, String name) {
    return of.issue(Subject.daemon(role, name), now, random);
  }

  private static final class EchoOfTheCaller extends AdvertiseServiceGrpc.AdvertiseServiceImplBase {
    @Override
    public void locateSchedd(
        LocateScheddRequest request, StreamObserver<LocateScheddResponse> answer) {
      String caller = CallPeer.require(Role.STARTD).toString();
      answer.onNext(LocateScheddResponse.newBuilder().setAddress(caller).build());
      answer.onCompleted();
    }
  }
}
