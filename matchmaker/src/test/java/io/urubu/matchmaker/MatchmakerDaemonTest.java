package io.urubu.matchmaker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.daemon.rpc.Hellos;
import io.urubu.identity.Role;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.advertise.v1.AdvertiseRequest;
import io.urubu.protocol.advertise.v1.AdvertiseResponse;
import io.urubu.protocol.advertise.v1.AdvertiseServiceGrpc;
import io.urubu.protocol.advertise.v1.LocateScheddRequest;
import io.urubu.protocol.advertise.v1.Matched;
import io.urubu.protocol.advertise.v1.SlotAd;
import io.urubu.protocol.negotiate.v1.Demand;
import io.urubu.protocol.negotiate.v1.ListMachinesRequest;
import io.urubu.protocol.negotiate.v1.Match;
import io.urubu.protocol.negotiate.v1.NegotiateRequest;
import io.urubu.protocol.negotiate.v1.NegotiateResponse;
import io.urubu.protocol.negotiate.v1.NegotiateServiceGrpc;
import io.urubu.protocol.negotiate.v1.Schedd;
import io.urubu.protocol.wire.v1.Heartbeat;
import io.urubu.sql.personal.ScratchPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole daemon, spoken to over TLS. */
@Tag("module")
final class MatchmakerDaemonTest {
  private static final String WS1 = "ws1@host";
  private static final String SLOT = "slot1@ws1@host";
  private static final String SCHEDD = "schedd@submit";
  private static final String FREE =
      "[State = \"Unclaimed\"; Memory = 1000; Start = TARGET.Owner != \"bad\"; Requirements = Start]";

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static ScratchPostgres postgres;

  @SuppressWarnings("NullAway.Init") // set before each test
  private TestPool pool;

  private final List<TestPeer<?>> peers = new ArrayList<>();

  @BeforeAll
  static void startDatabase() throws IOException {
    postgres = ScratchPostgres.start();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void startMatchmaker(@TempDir Path folder) throws Exception {
    pool = TestPool.start(folder, postgres.settings());
  }

  @AfterEach
  void stopMatchmaker() throws Exception {
    peers.forEach(TestPeer::close);
    pool.close();
  }

  private record Startd(TestPeer<AdvertiseResponse> in, StreamObserver<AdvertiseRequest> out) {
    void advertise(String slot, boolean complete, String ad) throws ClassAdSyntaxException {
      out.onNext(
          AdvertiseRequest.newBuilder()
              .setSlotAd(
                  SlotAd.newBuilder()
                      .setSlot(slot)
                      .setComplete(complete)
                      .setAd(AdCodec.toProto(ClassAd.parse(ad))))
              .build());
    }

    Matched awaitMatch() throws InterruptedException {
      return in.await(AdvertiseResponse::hasMatched).getMatched();
    }

    /** Everything said before is in the books when this returns. */
    void awaitHeartbeat(long number) throws InterruptedException {
      out.onNext(
          AdvertiseRequest.newBuilder()
              .setHeartbeat(Heartbeat.newBuilder().setNumber(number))
              .build());
      in.await(a -> a.hasHeartbeatAck() && a.getHeartbeatAck().getNumber() == number);
    }
  }

  private Startd silentStartd(Role role, String name) {
    ManagedChannel channel = pool.dial(role, name);
    TestPeer<AdvertiseResponse> in = new TestPeer<>(channel);
    peers.add(in);
    return new Startd(in, AdvertiseServiceGrpc.newStub(channel).advertise(in));
  }

  private Startd startd(String name) throws InterruptedException {
    Startd startd = silentStartd(Role.STARTD, name);
    startd.out.onNext(AdvertiseRequest.newBuilder().setHello(Hellos.mine()).build());
    startd.in.await(AdvertiseResponse::hasHello);
    return startd;
  }

  private record ScheddEnd(TestPeer<NegotiateResponse> in, StreamObserver<NegotiateRequest> out) {
    void demand(String user, int autocluster, int idle, String ad) throws ClassAdSyntaxException {
      out.onNext(
          NegotiateRequest.newBuilder()
              .setDemand(
                  Demand.newBuilder()
                      .setUser(user)
                      .setAutocluster(autocluster)
                      .setIdle(idle)
                      .setAd(AdCodec.toProto(ClassAd.parse(ad))))
              .build());
    }

    Match awaitMatch() throws InterruptedException {
      return in.await(NegotiateResponse::hasMatch).getMatch();
    }
  }

  private ScheddEnd schedd(String name, String saidName) throws InterruptedException {
    ManagedChannel channel = pool.dial(Role.SCHEDD, name);
    TestPeer<NegotiateResponse> in = new TestPeer<>(channel);
    peers.add(in);
    ScheddEnd schedd = new ScheddEnd(in, NegotiateServiceGrpc.newStub(channel).negotiate(in));
    schedd.out.onNext(NegotiateRequest.newBuilder().setHello(Hellos.mine()).build());
    schedd.out.onNext(
        NegotiateRequest.newBuilder()
            .setSchedd(Schedd.newBuilder().setName(saidName).setClaimAddress("127.0.0.1:4711"))
            .build());
    in.await(NegotiateResponse::hasHello);
    return schedd;
  }

  private List<String> listMachines(String constraint) {
    ManagedChannel channel = pool.dial(Role.SCHEDD, SCHEDD);
    peers.add(new TestPeer<>(channel));
    List<String> names = new ArrayList<>();
    NegotiateServiceGrpc.newBlockingStub(channel)
        .listMachines(ListMachinesRequest.newBuilder().setConstraint(constraint).build())
        .forEachRemaining(
            answer ->
                answer.getAd().getAttributesList().stream()
                    .filter(attribute -> attribute.getName().equals("Name"))
                    .forEach(attribute -> names.add(attribute.getExpression())));
    return names;
  }

  @Test
  void aMatchGoesToBothSidesWithTheSameTicket() throws Exception {
    Startd startd = startd(WS1);
    startd.advertise(SLOT, true, FREE);
    ScheddEnd schedd = schedd(SCHEDD, SCHEDD);
    schedd.demand("alice@pool", 7, 1, "[Requirements = TARGET.Memory > 500; Owner = \"alice\"]");

    Match match = schedd.awaitMatch();
    Matched matched = startd.awaitMatch();

    assertThat(match.getTicket()).isEqualTo(matched.getTicket()).isNotEqualTo(ByteString.EMPTY);
    assertThat(match.getTicket().size()).isEqualTo(32);
    assertThat(match.getSlot()).isEqualTo(matched.getSlot()).isEqualTo(SLOT);
    assertThat(match.getAutocluster()).isEqualTo(7);
    assertThat(match.getUser()).isEqualTo(matched.getUser()).isEqualTo("alice@pool");
    assertThat(matched.getSchedd()).isEqualTo(SCHEDD);
    assertThat(matched.getScheddAddress()).isEqualTo("127.0.0.1:4711");
    assertThat(AdCodec.fromProto(match.getMachineAd()).integer("Memory")).hasValue(1000);
  }

  @Test
  void supplyThatComesLaterIsMatchedAtOnce() throws Exception {
    ScheddEnd schedd = schedd(SCHEDD, SCHEDD);
    schedd.demand("alice@pool", 1, 2, "[Requirements = true; Owner = \"alice\"]");
    Startd startd = startd(WS1);
    startd.advertise(SLOT, true, FREE);
    startd.awaitMatch();
    startd.advertise(SLOT, false, "[State = \"Claimed\"; RemoteUser = \"alice@pool\"]");
    startd.advertise(SLOT, false, "[State = \"Unclaimed\"]");

    assertThat(startd.awaitMatch().getSlot()).isEqualTo(SLOT);
    schedd.awaitMatch();
    assertThat(schedd.awaitMatch().getSlot()).isEqualTo(SLOT);
  }

  @Test
  void whatMachinesAskOfJobsIsToldToSchedds() throws Exception {
    ScheddEnd schedd = schedd(SCHEDD, SCHEDD);
    startd(WS1).advertise(SLOT, true, FREE);

    NegotiateResponse told = schedd.in.await(a -> a.getSignificantAttributes().getNamesCount() > 0);

    assertThat(told.getSignificantAttributes().getNamesList()).containsExactly("owner");
  }

  @Test
  void afterARestartAClaimedSlotIsNotMatched() throws Exception {
    Startd startd = startd(WS1);
    startd.advertise(SLOT, true, "[State = \"Claimed\"; Requirements = true]");
    startd.advertise("slot2@ws1@host", true, FREE);
    ScheddEnd schedd = schedd(SCHEDD, SCHEDD);
    schedd.demand("alice@pool", 1, 5, "[Requirements = true; Owner = \"alice\"]");

    assertThat(schedd.awaitMatch().getSlot()).isEqualTo("slot2@ws1@host");
    startd.awaitMatch();
    startd.awaitHeartbeat(1);
    assertThat(startd.in.unread(AdvertiseResponse::hasMatched)).isZero();
  }

  @Test
  void machinesAreListedByAConstraintInTheOrderOfTheirNames() throws Exception {
    Startd second = startd("ws2@host");
    second.advertise("slot1@ws2@host", true, FREE);
    Startd first = startd(WS1);
    first.advertise(SLOT, true, FREE);
    first.advertise("slot2@ws1@host", true, "[Memory = 5]");
    first.awaitHeartbeat(1);
    second.awaitHeartbeat(1);

    assertThat(listMachines(""))
        .containsExactly("\"slot1@ws1@host\"", "\"slot1@ws2@host\"", "\"slot2@ws1@host\"");
    assertThat(listMachines("Memory == 5")).containsExactly("\"slot2@ws1@host\"");
    assertThat(listMachines("Memory > 99999")).isEmpty();
  }

  @Test
  void aStartdFindsItsScheddAgain() throws Exception {
    schedd(SCHEDD, SCHEDD);
    ManagedChannel channel = pool.dial(Role.STARTD, WS1);
    peers.add(new TestPeer<>(channel));
    var stub = AdvertiseServiceGrpc.newBlockingStub(channel);

    TestPool.await(
        () ->
            stub.locateSchedd(LocateScheddRequest.newBuilder().setSchedd(SCHEDD).build())
                .getAddress()
                .equals("127.0.0.1:4711"));
    assertThat(
            stub.locateSchedd(LocateScheddRequest.newBuilder().setSchedd("no@where").build())
                .getAddress())
        .isEmpty();
  }

  @Test
  void nobodySpeaksForAnother() throws Exception {
    Startd asSchedd = silentStartd(Role.SCHEDD, SCHEDD);
    Startd otherSlot = startd(WS1);
    otherSlot.advertise("slot1@ws2@host", true, FREE);
    ScheddEnd otherName = schedd("mallory@submit", SCHEDD);

    assertThat(Status.fromThrowable(asSchedd.in.awaitEnd()).getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(Status.fromThrowable(otherSlot.in.awaitEnd()).getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(Status.fromThrowable(otherName.in.awaitEnd()).getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void aStreamWithoutAGreetingEnds() throws Exception {
    Startd startd = silentStartd(Role.STARTD, WS1);
    startd.advertise(SLOT, true, FREE);

    assertThat(Status.fromThrowable(startd.in.awaitEnd()).getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void aPeerOfAnotherVersionIsToldBothVersions() throws Exception {
    Startd startd = silentStartd(Role.STARTD, WS1);
    startd.out.onNext(
        AdvertiseRequest.newBuilder()
            .setHello(Hellos.mine().toBuilder().setProtocol(Hellos.PROTOCOL + 1))
            .build());

    assertThat(startd.in.awaitEnd()).hasMessageContaining("VERSION_MISMATCH");
  }

  @Test
  void usersAreServedByWhatTheyUsed() throws Exception {
    Startd startd = startd(WS1);
    startd.advertise(
        SLOT, true, "[State = \"Claimed\"; RemoteUser = \"alice@pool\"; Requirements = true]");
    startd.awaitHeartbeat(1);

    TestPool.await(() -> pool.isCounted("alice@pool"));

    assertThat(pool.status().integer("Slots")).hasValue(1);
    TestPool.await(() -> pool.status().bool("UsageIsSaved").orElse(false));
  }
}
