package io.urubu.starter.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * Folders for a library that saves the job from within.
 *
 * @param images seen as {@code /.urubu/images}
 * @param generations seen as {@code /.urubu/generations}
 * @param control seen as {@code /.urubu/control}
 */
public record CheckpointPlaces(Path images, Path generations, Path control) {
  public static final String IMAGES = "/.urubu/images";
  public static final String GENERATIONS = "/.urubu/generations";
  public static final String CONTROL = "/.urubu/control";

  List<String> arguments() {
    return List.of(
        "--bind",
        images.toString(),
        IMAGES,
        "--bind",
        generations.toString(),
        GENERATIONS,
        "--bind",
        control.toString(),
        CONTROL);
  }
}
