package io.urubu.remotefile.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Structures as {@code linux/fuse.h} declares them, written field by field. */
@Tag("unit")
class RequestReaderTest {
  private static final Header HEADER = new Header(7, 3, 1000, 1001, 42);

  /** A request's bytes and what they mean. */
  private record Sample(int opcode, Bytes bytes, Request request) {
    @Override
    public String toString() {
      return request.toString();
    }
  }

  private static final class Bytes {
    private final ByteBuffer buffer = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());

    Bytes u32(int... values) {
      for (int value : values) {
        buffer.putInt(value);
      }
      return this;
    }

    Bytes u64(long... values) {
      for (long value : values) {
        buffer.putLong(value);
      }
      return this;
    }

    Bytes text(String text) {
      buffer.put(text.getBytes(StandardCharsets.ISO_8859_1)).put((byte) 0);
      return this;
    }

    Bytes raw(String text) {
      buffer.put(text.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    }

    ByteBuffer done() {
      return buffer.duplicate().order(ByteOrder.nativeOrder()).flip();
    }
  }

  private static Bytes bytes() {
    return new Bytes();
  }

  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>(ofNames());
    samples.addAll(ofOpenFiles());
    return samples;
  }

  private static List<Sample> ofNames() {
    String odd = "n\u00e4me \u0001\u00ff";
    return List.of(
        new Sample(1, bytes().text(odd), new Request.Lookup(HEADER, odd)),
        new Sample(3, bytes().u32(0, 0).u64(0), new Request.GetAttributes(HEADER)),
        new Sample(
            4,
            bytes()
                .u32(0x48, 0)
                .u64(5, 4096, 0, 11, 12, 13)
                .u32(21, 22, 23, 0100644, 0, 1000, 1001, 0),
            new Request.SetAttributes(HEADER, 0x48, 5, 4096, 11, 21, 12, 22, 0100644, 1000, 1001)),
        new Sample(5, bytes(), new Request.ReadLink(HEADER)),
        new Sample(6, bytes().text("a").text("../b"), new Request.MakeLink(HEADER, "a", "../b")),
        new Sample(
            8,
            bytes().u32(0100600, 9, 022, 0).text("a"),
            new Request.MakeNode(HEADER, "a", 0100600, 9)),
        new Sample(9, bytes().u32(0755, 022).text("a"), new Request.MakeFolder(HEADER, "a", 0755)),
        new Sample(10, bytes().text("a"), new Request.RemoveFile(HEADER, "a")),
        new Sample(11, bytes().text("a"), new Request.RemoveFolder(HEADER, "a")),
        new Sample(
            12, bytes().u64(9).text("a").text("b"), new Request.Rename(HEADER, "a", 9, "b", 0)),
        new Sample(
            45,
            bytes().u64(9).u32(1, 0).text("a").text("b"),
            new Request.Rename(HEADER, "a", 9, "b", 1)),
        new Sample(13, bytes().u64(9).text("a"), new Request.HardLink(HEADER, 9, "a")),
        new Sample(34, bytes().u32(3, 0), new Request.Access(HEADER, 3)),
        new Sample(17, bytes(), new Request.StatFileSystem(HEADER)));
  }

  private static List<Sample> ofOpenFiles() {
    return List.of(
        new Sample(14, bytes().u32(02, 0), new Request.Open(HEADER, 2, false)),
        new Sample(27, bytes().u32(02, 0), new Request.Open(HEADER, 2, true)),
        new Sample(
            35,
            bytes().u32(0102, 0100600, 022, 0).text("a"),
            new Request.Create(HEADER, "a", 0102, 0100600)),
        new Sample(
            15,
            bytes().u64(5, 8192).u32(4096, 0).u64(0).u32(0, 0),
            new Request.Read(HEADER, 5, 8192, 4096, false)),
        new Sample(
            28,
            bytes().u64(5, 2).u32(4096, 0).u64(0).u32(0, 0),
            new Request.Read(HEADER, 5, 2, 4096, true)),
        new Sample(
            16,
            bytes().u64(5, 8192).u32(3, 0).u64(0).u32(0, 0).raw("abc"),
            new Request.Write(
                HEADER, 5, 8192, ByteBuffer.wrap("abc".getBytes(StandardCharsets.US_ASCII)))),
        new Sample(25, bytes().u64(5).u32(0, 0).u64(77), new Request.Flush(HEADER, 5)),
        new Sample(18, bytes().u64(5).u32(2, 0).u64(77), new Request.Release(HEADER, 5, false)),
        new Sample(29, bytes().u64(5).u32(2, 0).u64(77), new Request.Release(HEADER, 5, true)),
        new Sample(20, bytes().u64(5).u32(1, 0), new Request.Sync(HEADER, 5, true, false)),
        new Sample(30, bytes().u64(5).u32(0, 0), new Request.Sync(HEADER, 5, false, true)),
        new Sample(31, bytes().u64(5), new Request.Other(HEADER, 31)),
        new Sample(4711, bytes(), new Request.Other(HEADER, 4711)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyFieldIsReadFromItsPlace(Sample sample) throws Exception {
    Request request = RequestReader.read(sample.opcode(), HEADER, sample.bytes().done());

    assertThat(request).isEqualTo(sample.request());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 8, 9, 10, 12, 13, 14, 15, 16, 18, 20, 25, 27, 28, 34, 35, 45})
  void aRequestThatIsCutOffIsRefused(int opcode) {
    for (int length = 0; length < 3; length++) {
      ByteBuffer cut = ByteBuffer.wrap(new byte[] {'a', 'b', 'c'}, 0, length).slice();

      assertThatThrownBy(() -> RequestReader.read(opcode, HEADER, cut))
          .isInstanceOf(MalformedRequestException.class);
    }
  }

  @Test
  void aWriteThatClaimsMoreThanThereIsIsRefused() {
    for (int size : List.of(4, Integer.MAX_VALUE, -1)) {
      ByteBuffer bytes = bytes().u64(5, 0).u32(size, 0).u64(0).u32(0, 0).raw("abc").done();

      assertThatThrownBy(() -> RequestReader.read(Opcode.WRITE, HEADER, bytes))
          .isInstanceOf(MalformedRequestException.class);
    }
  }
}
