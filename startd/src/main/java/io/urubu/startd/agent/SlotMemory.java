package io.urubu.startd.agent;

import io.urubu.classad.ClassAd;
import io.urubu.startd.slot.SlotState;
import io.urubu.startd.state.SlotRecords;
import io.urubu.startd.state.StateFolder;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the slot's record on disk equal to its state, writing only what changed. */
final class SlotMemory {
  private static final Logger log = LoggerFactory.getLogger(SlotMemory.class);

  private final String name;
  private final StateFolder folder;

  /** The record's text on disk, empty for none; of no meaning until {@code isKnown}. */
  private String stored = "";

  private boolean isKnown;

  SlotMemory(String name, StateFolder folder) {
    this.name = name;
    this.folder = folder;
  }

  /** False when the disk did not take it; it is tried again with the next state. */
  boolean store(SlotState state) {
    Optional<ClassAd> ad = SlotRecords.toAd(state);
    String text = ad.map(ClassAd::toString).orElse("");
    if (isKnown && text.equals(stored)) {
      return true;
    }
    try {
      if (ad.isPresent()) {
        folder.write(name, ad.get());
      } else {
        folder.delete(name);
      }
      stored = text;
      isKnown = true;
      return true;
    } catch (IOException e) {
      isKnown = false;
      log.atWarn().addKeyValue("slot", name).setCause(e).log("cannot store the slot's state");
      return false;
    }
  }
}
