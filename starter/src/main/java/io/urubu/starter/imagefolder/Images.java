package io.urubu.starter.imagefolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Whether this starter has a mount of its own, in which jobs find a folder for their images. */
public sealed interface Images {
  /**
   * The mount's place in the starter's folder: an empty folder for everybody else. Not at the top,
   * where the starter looks at each file when it ends.
   */
  String MOUNT = "images/mount";

  /** It is there. */
  record Served(ImageFolders folders) implements Images {}

  /** It is not: a sentence with the reason and what mends it. */
  record Missing(String reason) implements Images {}

  /**
   * What whoever started this process made for it.
   *
   * @param folder the starter's
   * @param option a word of the command line by its name: {@code images-fd} holds the number of the
   *     mount's open descriptor, or {@code no-images} why there is none
   */
  static Images inherited(Path folder, Function<String, Optional<String>> option) {
    Optional<String> reason = option.apply("no-images");
    Optional<String> descriptor = option.apply("images-fd");
    if (reason.isPresent() || descriptor.isEmpty()) {
      return new Missing(reason.orElse("the starter was started without a folder for images"));
    }
    try {
      return new Served(
          ImageFolders.serve(folder.resolve(MOUNT), Integer.parseInt(descriptor.get())));
    } catch (NumberFormatException | IOException e) {
      return new Missing("the folder for images cannot be served: " + e.getMessage());
    }
  }
}
