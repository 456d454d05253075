package io.urubu.startd.starters;

import io.urubu.classad.ClassAd;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is kept on disk of a starter, from before it is spawned until its folder is swept.
 *
 * @param uid the lent account; empty where all is one user
 */
record StarterRecord(String user, Path folder, OptionalInt uid) {

  /** The record's name: that of the folder. */
  String name() {
    return "starter-" + folder.getFileName();
  }

  static boolean isName(String name) {
    return name.startsWith("starter-");
  }

  ClassAd toAd() {
    ClassAd.Builder ad = ClassAd.builder().put("User", user).put("Folder", folder.toString());
    uid.ifPresent(lent -> ad.put("Uid", lent));
    return ad.build();
  }

  static Optional<StarterRecord> fromAd(ClassAd ad) {
    Optional<String> user = ad.string("User");
    Optional<String> folder = ad.string("Folder");
    if (user.isEmpty() || folder.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt uid =
        ad.integer("Uid").isPresent()
            ? OptionalInt.of((int) ad.integer("Uid").getAsLong())
            : OptionalInt.empty();
    return Optional.of(new StarterRecord(user.get(), Path.of(folder.get()), uid));
  }
}
