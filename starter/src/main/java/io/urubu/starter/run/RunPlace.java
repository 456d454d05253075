package io.urubu.starter.run;

import io.urubu.starter.checkpoint.Checkpointers;
import io.urubu.starter.imagefolder.Images;
import io.urubu.starter.sandbox.Sandbox;
import io.urubu.starter.shadowlink.LinkTiming;
import io.urubu.starter.shadowlink.ShadowChannels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What all runs of this starter share.
 *
 * @param base holds the runs' folders
 * @param unusable why no job can be boxed in here; empty when jobs can
 * @param images where libraries that save jobs from within write
 * @param lease for jobs whose ad names none
 * @param vacateTime from a polite end to a kill
 * @param checkpointTimeout for one checkpoint, and to come back from one
 */
public record RunPlace(
    Path base,
    String account,
    Sandbox sandbox,
    Optional<String> unusable,
    Checkpointers checkpointers,
    Images images,
    ShadowChannels channels,
    LinkTiming timing,
    Duration lease,
    Duration vacateTime,
    Duration checkpointTimeout) {}
