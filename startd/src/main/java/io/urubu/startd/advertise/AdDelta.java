package io.urubu.startd.advertise;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.AdCodec;
import io.urubu.protocol.advertise.v1.SlotAd;
import io.urubu.protocol.wire.v1.Ad;
import io.urubu.protocol.wire.v1.Attribute;
import java.util.Optional;

/** What the matchmaker must be told for its copy of an ad to be right again. */
final class AdDelta {
  private AdDelta() {}

  /** Empty when nothing changed; the whole ad when there was none. */
  static Optional<SlotAd> between(String slot, Optional<ClassAd> before, ClassAd now) {
    if (before.isEmpty()) {
      return Optional.of(
          SlotAd.newBuilder().setSlot(slot).setComplete(true).setAd(AdCodec.toProto(now)).build());
    }
    Ad.Builder changed = Ad.newBuilder();
    for (String name : now.names()) {
      if (!now.expression(name).equals(before.get().expression(name))) {
        changed.addAttributes(
            Attribute.newBuilder().setName(name).setExpression(now.expression(name).orElseThrow()));
      }
    }
    SlotAd.Builder delta = SlotAd.newBuilder().setSlot(slot).setAd(changed);
    before.get().names().stream().filter(name -> !now.has(name)).forEach(delta::addRemoved);
    return changed.getAttributesCount() + delta.getRemovedCount() == 0
        ? Optional.empty()
        : Optional.of(delta.build());
  }
}
