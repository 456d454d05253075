package io.urubu.starter.sandbox;

import java.nio.file.Path;

/**
 * The folders of one run that its sandbox shows.
 *
 * @param scratch seen as {@code /scratch}
 * @param temporary seen as {@code /tmp}
 * @param variable seen as {@code /var/tmp}
 * @param etc holds the generated files of {@code /etc}
 */
public record Places(Path scratch, Path temporary, Path variable, Path etc) {}
