package io.urubu.remotefile.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class InitiationTest {
  private static final int WRITEBACK_CACHE = 1 << 16;

  private static ByteBuffer offer(int... words) {
    ByteBuffer in = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
    for (int word : words) {
      in.putInt(word);
    }
    return in.flip();
  }

  @Test
  void writeBackIsNeverAgreedUponAndSizesAre() throws Exception {
    ByteBuffer reply = Initiation.reply(Initiation.Offer.read(offer(7, 44, 131_072, -1)), 1 << 20);

    assertThat(reply.remaining()).isEqualTo(64);
    assertThat(reply.getInt(0)).isEqualTo(7);
    assertThat(reply.getInt(4)).isEqualTo(31);
    assertThat(reply.getInt(8)).isEqualTo(131_072);
    assertThat(reply.getInt(12) & WRITEBACK_CACHE).isZero();
    assertThat(reply.getInt(12) & Initiation.BIG_WRITES).isNotZero();
    assertThat(reply.getInt(20)).as("largest write").isEqualTo(1 << 20);
    assertThat(reply.getShort(28)).as("pages").isEqualTo((short) 256);
  }

  @Test
  void flagsThatTheKernelDoesNotOfferAreNotAsked() throws Exception {
    ByteBuffer reply = Initiation.reply(Initiation.Offer.read(offer(7, 31, 0, 0)), 4096);

    assertThat(reply.getInt(12)).isZero();
  }

  @Test
  void aHigherMajorNumberIsAnsweredWithOurs() throws Exception {
    Initiation.Offer offer = Initiation.Offer.read(offer(8, 0));

    assertThat(offer.isTooNew()).isTrue();
    assertThat(Initiation.reply(offer, 4096).getInt(0)).isEqualTo(7);
  }

  @Test
  void oldKernelsAreRefused() throws Exception {
    assertThat(Initiation.Offer.read(offer(7, 30, 0, 0)).isTooOld()).isTrue();
    assertThat(Initiation.Offer.read(offer(6, 99, 0, 0)).isTooOld()).isTrue();
    assertThat(Initiation.Offer.read(offer(7, 31, 0, 0)).isTooOld()).isFalse();
    assertThatThrownBy(() -> Initiation.Offer.read(offer(7)))
        .isInstanceOf(MalformedRequestException.class);
  }
}
