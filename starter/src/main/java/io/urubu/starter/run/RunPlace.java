package io.urubu.starter.run;

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
 * @param lease for jobs whose ad names none
 * @param vacateTime from a polite end to a kill
 */
public record RunPlace(
    Path base,
    String account,
    Sandbox sandbox,
    Optional<String> unusable,
    ShadowChannels channels,
    LinkTiming timing,
    Duration lease,
    Duration vacateTime) {}
