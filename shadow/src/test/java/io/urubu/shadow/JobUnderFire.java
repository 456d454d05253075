package io.urubu.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.RunRef;
import io.urubu.protocol.run.v1.RunResponse;
import io.urubu.protocol.shadow.v1.RunEnded;
import io.urubu.shadow.runs.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A job whose program has ended: schedd and starter press on until its outputs are published. */
final class JobUnderFire {
  private static final List<String> NAMES = List.of("_condor_stdout", "sub/a.dat", "sub/b.dat");

  private final RunRef run;
  private final Path iwd;
  private final byte[] ticket;
  private final Set<String> stored = new HashSet<>();
  private final Map<String, FakeStarter.Store> storing = new HashMap<>();
  private final Map<Path, Object> fileKeys = new HashMap<>();
  private Optional<FakeStarter> starter = Optional.empty();
  private Optional<FakeStarter.Stream> stream = Optional.empty();
  private boolean isAsked;
  private boolean isAdmitted;
  private boolean wasAdmitted;
  private boolean isExitSaid;
  private boolean isOver;

  JobUnderFire(RunRef run, Path iwd) {
    this.run = run;
    this.iwd = iwd;
    this.ticket = Sha256.hash(run.toString().getBytes(StandardCharsets.UTF_8)).bytes();
  }

  private byte[] content(String name) {
    return (name + " of " + run + "\n").repeat(50).getBytes(StandardCharsets.UTF_8);
  }

  private ClassAd ad() {
    return ClassAd.builder()
        .put("Iwd", iwd.toString())
        .put("Cmd", "run.sh")
        .put("Out", "out." + run.job().proc())
        .put("TransferOutput", "sub" + run.job().proc())
        .build();
  }

  private String named(String name) {
    return name.replace("sub/", "sub" + run.job().proc() + "/");
  }

  boolean isDone() {
    return isOver;
  }

  /** True when the shadow of the moment was told that the program has exited, or need not be. */
  boolean hasSaidExit() {
    return isExitSaid || isOver;
  }

  /** There is another shadow; nothing is known of the one before. */
  void connected(FakeStarter fresh) {
    starter = Optional.of(fresh);
    stream = Optional.empty();
    storing.clear();
    isAsked = false;
    isAdmitted = false;
    isExitSaid = false;
  }

  void admitted() {
    isAdmitted = true;
    wasAdmitted = true;
  }

  void ended(RunEnded ended) {
    assertThat(ended.getOutcome()).isEqualTo(RunEnded.Outcome.OUTCOME_EXITED);
    if (isOver) {
      return;
    }
    isOver = true;
    try {
      for (String name : NAMES) {
        fileKeys.put(target(name), key(target(name)));
      }
    } catch (IOException e) {
      throw new AssertionError("an output of " + run + " is not in its place", e);
    }
  }

  private Path target(String name) {
    return name.equals("_condor_stdout")
        ? iwd.resolve("out." + run.job().proc())
        : iwd.resolve(named(name));
  }

  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /** Does what can be done now, without waiting. */
  void proceed(FakeSchedd schedd, boolean mayExit) {
    if (isOver) {
      return;
    }
    if (!isAsked) {
      isAsked = schedd.admit(run, ad(), ticket, 600);
    }
    if (!isAdmitted) {
      return;
    }
    if (stream.isEmpty()) {
      stream = Optional.of(starter.orElseThrow().open(run, ticket, !stored.isEmpty()));
    }
    if (stream.get().heard().all().stream().noneMatch(RunResponse::hasOpened)) {
      return;
    }
    store();
    if (mayExit && stored.size() == NAMES.size() && !isExitSaid) {
      isExitSaid = true;
      stream
          .get()
          .exited(
              ClassAd.builder().put("ExitCode", 0).build(),
              NAMES.stream().map(name -> FakeStarter.named(named(name), content(name))).toList());
    }
  }

  private void store() {
    for (String name : NAMES) {
      if (stored.contains(name)) {
        continue;
      }
      FakeStarter.Store store = storing.get(name);
      if (store == null) {
        store = starter.orElseThrow().beginStore(run, ticket, named(name));
        store.data(content(name));
        store.end(content(name).length, Sha256.hash(content(name)));
        storing.put(name, store);
      } else if (store.isOver()) {
        try {
          store.await();
          stored.add(name);
        } catch (Exception _) {
          // The shadow was killed; the next one gets it.
          storing.remove(name);
        }
      }
    }
  }

  /** What was published stands as it was when the schedd heard of it first. */
  void check() throws Exception {
    assertThat(wasAdmitted).isTrue();
    for (String name : NAMES) {
      Path target = target(name);
      assertThat(target).hasBinaryContent(content(name));
      assertThat(key(target)).isEqualTo(fileKeys.get(target));
    }
  }
}
