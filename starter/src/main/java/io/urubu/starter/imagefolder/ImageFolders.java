package io.urubu.starter.imagefolder;

import io.urubu.remotefile.fuse.FuseSession;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The starter's own mount: a folder for the images of each of its runs. */
public final class ImageFolders implements AutoCloseable {
  private static final FuseSession.Sizes SIZES = new FuseSession.Sizes(3, 4096, 16_384);

  private final Path mount;
  private final ImageFileSystem files;
  private final FuseSession session;

  private ImageFolders(Path mount, ImageFileSystem files, FuseSession session) {
    this.mount = mount;
    this.files = files;
    this.session = session;
  }

  /**
   * Serves the mount.
   *
   * @param descriptor the open {@code /dev/fuse} with which it was made, inherited by this process
   * @throws IOException when the descriptor is not open
   */
  public static ImageFolders serve(Path mount, int descriptor) throws IOException {
    ImageFileSystem files = new ImageFileSystem();
    return new ImageFolders(mount, files, FuseSession.serve(descriptor, SIZES, files));
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

  /** Nothing is found there any more, and nobody waits; the mount is over for whoever sees it. */
  @Override
  public void close() {
    files.folders().forEach(ImageFolder::close);
    session.close();
    for (int i = 0; i < SIZES.threads(); i++) {
      // Each thread leaves when it has answered this.
      boolean _ = Files.exists(mount.resolve(".closing"));
    }
  }
}
