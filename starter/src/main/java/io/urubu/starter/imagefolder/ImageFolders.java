package io.urubu.starter.imagefolder;

import io.urubu.remotefile.fuse.FuseSession;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** The starter's own mount: a folder for the images of each of its runs. */
public final class ImageFolders implements AutoCloseable {
  private static final FuseSession.Sizes SIZES = new FuseSession.Sizes(3, 4096, 16_384);

  private final Path mount;
  private final ImageFileSystem files;

  private ImageFolders(Path mount, ImageFileSystem files) {
    this.mount = mount;
    this.files = files;
  }

  /**
   * Serves the mount.
   *
   * @param descriptor the open {@code /dev/fuse} with which it was made, inherited by this process
   * @throws IOException when the descriptor is not open
   */
  public static ImageFolders serve(Path mount, int descriptor) throws IOException {
    ImageFileSystem files = new ImageFileSystem();
    FuseSession _ = FuseSession.serve(descriptor, SIZES, files);
    return new ImageFolders(mount, files);
  }

  /** A folder for one run, in the mount's root. */
  public ImageFolder add(String name) throws IOException {
    if (name.isEmpty() || name.contains("/") || name.startsWith(".")) {
      throw new IllegalArgumentException("no folder for images is called '" + name + "'");
    }
    Path path = mount.resolve(name);
    ImageFolder folder = new ImageFolder(path, files.nodes(), () -> files.remove(name));
    if (!files.add(name, folder)) {
      folder.entries().clear();
      throw new FileAlreadyExistsException(path.toString());
    }
    return folder;
  }

  /** Nothing is found there any more, and nobody waits. The mount ends with this process. */
  @Override
  public void close() {
    files.folders().forEach(ImageFolder::close);
  }
}
