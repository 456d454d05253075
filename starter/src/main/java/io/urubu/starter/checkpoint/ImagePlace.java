package io.urubu.starter.checkpoint;

import java.nio.file.Path;

/**
 * The folder into which a run's checkpoint library believes that it writes images. Every name in it
 * that begins with {@code ckpt_} is a link into the folder of the generation that is being saved.
 */
public interface ImagePlace {
  /** Where it lies on this host, to be shown in the sandbox. */
  Path folder();

  /**
   * From now on links lead to that folder, and the first look at one waits until the cut is made:
   * all processes of the job stand still meanwhile.
   *
   * @param target as the sandbox names it
   * @param atCut called once, on another thread
   */
  void arm(Path target, Runnable atCut);

  /** Links lead nowhere. */
  void disarm();
}
