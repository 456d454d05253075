package io.urubu.shadow.transfer;

import io.urubu.checkpoint.CheckpointStore;
import io.urubu.checkpoint.Cut;
import io.urubu.checkpoint.DamagedException;
import io.urubu.checkpoint.JobName;
import io.urubu.checkpoint.StoreException;
import io.urubu.checkpoint.StoredFile;
import io.urubu.checkpoint.StoredGeneration;
import io.urubu.checkpoint.UnfitException;
import io.urubu.protocol.id.RunRef;
import io.urubu.shadow.runs.Generation;
import io.urubu.shadow.runs.JobRef;
import io.urubu.shadow.runs.Prepared;
import io.urubu.shadow.runs.Sha256;
import io.urubu.shadow.runs.Taken;
import java.util.HexFormat;
import java.util.List;

/** What one run has to do with the store of checkpoints. Any thread may call {@link #begin}. */
public record RunCheckpoints(CheckpointStore store, RunRef run) {

  /** As the store calls a job. */
  public static JobName name(JobRef job) {
    return new JobName(job.schedd(), job.job().cluster(), job.job().proc());
  }

  private JobName job() {
    return name(JobRef.of(run));
  }

  /** Begins to take one file of the run's checkpoint of that number. */
  public Intake begin(int number, String file) throws RefusedException, StoreException {
    if (number < 1) {
      throw new RefusedException("checkpoints are counted from 1, not " + number);
    }
    try {
      return new CheckpointIntake(store.begin(job(), run.number(), number, file));
    } catch (UnfitException e) {
      throw new RefusedException(e.reason());
    }
  }

  /**
   * Makes a durable generation of what came.
   *
   * @param above its number will be greater
   */
  public Prepared prepare(Taken taken, int above) throws RefusedException, StoreException {
    List<StoredFile> files =
        taken.files().stream()
            .map(file -> new StoredFile(file.name(), file.size(), file.sha256().toString()))
            .toList();
    Cut cut = new Cut(run.number(), taken.backend(), taken.platform(), taken.cutAt());
    try {
      var stored = store.prepare(job(), taken.number(), cut, files, above);
      Generation generation =
          new Generation(
              stored.number(),
              run.number(),
              taken.backend(),
              taken.platform(),
              stored.bytes(),
              taken.cutAt(),
              Sha256.of(HexFormat.of().parseHex(stored.recipeSha256())));
      return new Prepared(run, taken.number(), generation, taken.ad());
    } catch (UnfitException e) {
      throw new RefusedException(e.reason());
    }
  }

  /** The generation, when it is what was recorded. */
  public StoredGeneration open(Generation generation) throws StoreException, DamagedException {
    return store.open(job(), generation.number(), generation.recipe().toString());
  }

  /** Removes what came again of a checkpoint that was dealt with before. */
  public void drop(int number) {
    store.drop(job(), run.number(), number);
  }

  /** Removes what never became a generation. */
  public void drop() {
    store.drop(job(), run.number());
  }
}
