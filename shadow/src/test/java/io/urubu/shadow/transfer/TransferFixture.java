package io.urubu.shadow.transfer;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.runs.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A job's initial directory, and runs that write there. */
record TransferFixture(Path iwd) {
  static final RunRef RUN = new RunRef("schedd@test", new JobId(41, 3), 2);

  static TransferFixture in(Path folder) throws IOException {
    Path iwd = Files.createDirectories(folder.resolve("iwd")).toRealPath();
    Files.writeString(iwd.resolve("run.sh"), "#!/bin/sh\n");
    return new TransferFixture(iwd);
  }

  ClassAd.Builder job() {
    return ClassAd.builder().put("Iwd", iwd.toString()).put("Cmd", "run.sh");
  }

  OutputStore store(ClassAd job, Path... known) throws FaultException {
    return new OutputStore(RUN, OutputPlan.of(job), List.of(known), _ -> {});
  }

  static OutputStore.Named put(OutputStore store, String name, String text)
      throws RefusedException, FaultException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    OutputWriter writer = store.begin(name, 0644);
    writer.write(ByteBuffer.wrap(bytes));
    writer.finish(bytes.length, Sha256.hash(bytes));
    return new OutputStore.Named(name, bytes.length, Sha256.hash(bytes));
  }

  List<String> hidden() throws IOException {
    try (Stream<Path> files = Files.walk(iwd)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(Temporaries.PREFIX))
          .toList();
    }
  }
}
