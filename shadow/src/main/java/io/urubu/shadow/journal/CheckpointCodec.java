package io.urubu.shadow.journal;

import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.runs.Answer;
import io.urubu.shadow.runs.Generation;
import io.urubu.shadow.runs.JobCheckpoints;
import io.urubu.shadow.runs.Prepared;
import io.urubu.shadow.runs.Sha256;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is known of a job's checkpoints, as fields of an entry. */
final class CheckpointCodec {
  private CheckpointCodec() {}

  static void write(DataOutputStream out, List<Generation> generations) throws IOException {
    out.writeInt(generations.size());
    for (Generation generation : generations) {
      write(out, generation);
    }
  }

  private static void write(DataOutputStream out, Generation generation) throws IOException {
    out.writeInt(generation.number());
    out.writeInt(generation.run());
    EntryCodec.text(out, generation.backend());
    EntryCodec.text(out, generation.platform());
    out.writeLong(generation.bytes());
    out.writeLong(generation.cutAt());
    out.write(generation.recipe().bytes());
  }

  static List<Generation> readGenerations(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Generation> generations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      generations.add(readGeneration(in));
    }
    return generations;
  }

  private static Generation readGeneration(DataInputStream in) throws IOException {
    return new Generation(
        in.readInt(),
        in.readInt(),
        EntryCodec.text(in),
        EntryCodec.text(in),
        in.readLong(),
        in.readLong(),
        Sha256.of(in.readNBytes(Sha256.LENGTH)));
  }

  static void write(DataOutputStream out, JobCheckpoints known) throws IOException {
    write(out, known.committed());
    out.writeInt(known.pending().size());
    for (Prepared prepared : known.pending()) {
      EntryCodec.text(out, prepared.run().toString());
      out.writeInt(prepared.taken());
      write(out, prepared.generation());
      EntryCodec.text(out, prepared.ad().toString());
    }
    out.writeInt(known.answered().size());
    for (Answer answer : known.answered()) {
      EntryCodec.text(out, answer.run().toString());
      out.writeInt(answer.taken());
      out.writeInt(answer.generation());
      EntryCodec.text(out, answer.reason());
    }
  }

  static JobCheckpoints readKnown(DataInputStream in) throws IOException, ClassAdSyntaxException {
    List<Generation> committed = readGenerations(in);
    List<Prepared> pending = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      pending.add(new Prepared(run(in), in.readInt(), readGeneration(in), EntryCodec.ad(in)));
    }
    List<Answer> answered = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      answered.add(new Answer(run(in), in.readInt(), in.readInt(), EntryCodec.text(in)));
    }
    return new JobCheckpoints(committed, pending, answered);
  }

  private static RunRef run(DataInputStream in) throws IOException {
    String name = EntryCodec.text(in);
    return RunRef.parse(name).orElseThrow(() -> new JournalException("no run is called " + name));
  }
}
