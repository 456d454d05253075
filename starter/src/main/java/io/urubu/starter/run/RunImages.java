package io.urubu.starter.run;

import io.urubu.starter.imagefolder.ImageFolder;
import io.urubu.starter.imagefolder.Images;
import java.io.IOException;
import java.util.Optional;

/** One run's folder for images, made when it is first asked for. One thread at a time. */
final class RunImages implements AutoCloseable {
  private final Images images;
  private final String name;
  private Optional<ImageFolder> own = Optional.empty();

  RunImages(Images images, String name) {
    this.images = images;
    this.name = name;
  }

  /** Empty where this starter serves none. */
  Optional<ImageFolder> folder() throws IOException {
    if (own.isEmpty() && images instanceof Images.Served(var all)) {
      own = Optional.of(all.add(name));
    }
    return own;
  }

  @Override
  public void close() {
    own.ifPresent(ImageFolder::close);
    own = Optional.empty();
  }
}
