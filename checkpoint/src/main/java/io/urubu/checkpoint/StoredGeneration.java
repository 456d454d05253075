package io.urubu.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A generation whose recipe is the one that was recorded, with every file in its size. */
public final class StoredGeneration {
  private final Path folder;
  private final Recipe recipe;

  StoredGeneration(Path folder, Recipe recipe) {
    this.folder = folder;
    this.recipe = recipe;
  }

  public Recipe recipe() {
    return recipe;
  }

  /**
   * Reads a file of the recipe's list from an offset on. Its content is not checked here: whoever
   * gets it compares the hash.
   */
  public PartReader read(int index, long offset) throws StoreException, DamagedException {
    StoredFile file = recipe.files().get(index);
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(Recipe.fileName(index)),
              Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
      return new PartReader(folder, file, channel.position(offset));
    } catch (NoSuchFileException _) {
      throw new DamagedException(
          "%s: file '%s' is missing".formatted(folder, Names.escape(file.name())));
    } catch (IOException e) {
      throw Disk.failed(folder, e);
    }
  }
}
