package io.urubu.shadow.journal;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.runs.End;
import io.urubu.shadow.runs.Exit;
import io.urubu.shadow.runs.JobCheckpoints;
import io.urubu.shadow.runs.Rename;
import io.urubu.shadow.runs.Run;
import io.urubu.shadow.runs.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Entries as bytes. A type's number and fields never change; what is new gets a new number. */
final class EntryCodec {
  private static final byte ADMITTED = 1;
  private static final byte OUTPUT_FOLDER = 2;
  private static final byte EXIT_INTENT = 3;
  private static final byte PUBLISHED = 4;
  private static final byte ENDED = 5;
  private static final byte SETTLED = 6;
  private static final byte ADMITTED_WITH_GENERATIONS = 7;
  private static final byte CHECKPOINTS = 8;

  private EntryCodec() {}

  static byte[] encode(JournalEntry entry) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(type(entry));
      text(out, entry.run().toString());
      switch (entry) {
        case JournalEntry.Admitted(Run run) -> {
          text(out, run.jobAd().toString());
          out.write(run.ticket().bytes());
          out.writeLong(run.lease().toSeconds());
          CheckpointCodec.write(out, run.generations());
        }
        case JournalEntry.OutputFolder(_, Path folder) -> text(out, folder.toString());
        case JournalEntry.ExitIntent(_, Exit exit) -> {
          text(out, exit.ad().toString());
          out.writeInt(exit.renames().size());
          for (Rename rename : exit.renames()) {
            rename(out, rename);
          }
        }
        case JournalEntry.Ended(_, End end) -> {
          text(out, end.outcome().name());
          text(out, end.ad().toString());
        }
        case JournalEntry.Checkpoints(_, JobCheckpoints known) -> CheckpointCodec.write(out, known);
        case JournalEntry.Published _, JournalEntry.Settled _ -> {}
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static byte type(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Admitted _ -> ADMITTED_WITH_GENERATIONS;
      case JournalEntry.OutputFolder _ -> OUTPUT_FOLDER;
      case JournalEntry.ExitIntent _ -> EXIT_INTENT;
      case JournalEntry.Published _ -> PUBLISHED;
      case JournalEntry.Ended _ -> ENDED;
      case JournalEntry.Settled _ -> SETTLED;
      case JournalEntry.Checkpoints _ -> CHECKPOINTS;
    };
  }

  private static void rename(DataOutputStream out, Rename rename) throws IOException {
    text(out, rename.from().toString());
    text(out, rename.to().toString());
    out.writeLong(rename.size());
    out.write(rename.sha256().bytes());
  }

  static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads what {@link #encode} wrote; its checksum was good, so anything else is another's work.
   */
  static JournalEntry decode(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte type = in.readByte();
      String name = text(in);
      RunRef run =
          RunRef.parse(name).orElseThrow(() -> new JournalException("no run is called " + name));
      return switch (type) {
        case ADMITTED -> new JournalEntry.Admitted(admitted(in, run));
        case ADMITTED_WITH_GENERATIONS -> withGenerations(in, admitted(in, run));
        case CHECKPOINTS -> new JournalEntry.Checkpoints(run, CheckpointCodec.readKnown(in));
        case OUTPUT_FOLDER -> new JournalEntry.OutputFolder(run, Path.of(text(in)));
        case EXIT_INTENT -> new JournalEntry.ExitIntent(run, exit(in));
        case PUBLISHED -> new JournalEntry.Published(run);
        case ENDED -> new JournalEntry.Ended(run, new End(End.Outcome.valueOf(text(in)), ad(in)));
        case SETTLED -> new JournalEntry.Settled(run);
        default -> throw new JournalException("unknown kind of journal entry " + type);
      };
    } catch (IOException | ClassAdSyntaxException | IllegalArgumentException e) {
      throw new JournalException("a journal entry cannot be read: " + e.getMessage(), e);
    }
  }

  private static Run admitted(DataInputStream in, RunRef run)
      throws IOException, ClassAdSyntaxException {
    ClassAd jobAd = ad(in);
    Sha256 ticket = Sha256.of(in.readNBytes(Sha256.LENGTH));
    return new Run(run, jobAd, ticket, Duration.ofSeconds(in.readLong()));
  }

  private static JournalEntry withGenerations(DataInputStream in, Run run) throws IOException {
    return new JournalEntry.Admitted(
        new Run(
            run.ref(),
            run.jobAd(),
            run.ticket(),
            run.lease(),
            CheckpointCodec.readGenerations(in)));
  }

  private static Exit exit(DataInputStream in) throws IOException, ClassAdSyntaxException {
    ClassAd ad = ad(in);
    int count = in.readInt();
    List<Rename> renames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      renames.add(
          new Rename(
              Path.of(text(in)),
              Path.of(text(in)),
              in.readLong(),
              Sha256.of(in.readNBytes(Sha256.LENGTH))));
    }
    return new Exit(ad, renames);
  }

  static ClassAd ad(DataInputStream in) throws IOException, ClassAdSyntaxException {
    return ClassAd.parse(text(in));
  }

  static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of " + length + " bytes within " + in.available());
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
