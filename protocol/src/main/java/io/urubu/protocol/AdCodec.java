package io.urubu.protocol;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.protocol.wire.v1.Ad;
import io.urubu.protocol.wire.v1.Attribute;

/** ClassAds on gRPC streams: names in their order, expressions as text. */
public final class AdCodec {
  /** No ad of a peer has more attributes. */
  public static final int MAX_ATTRIBUTES = 10_000;

  private AdCodec() {}

  public static Ad toProto(ClassAd ad) {
    Ad.Builder message = Ad.newBuilder();
    for (String name : ad.names()) {
      message.addAttributes(
          Attribute.newBuilder().setName(name).setExpression(ad.expression(name).orElseThrow()));
    }
    return message.build();
  }

  /**
   * Reads a peer's ad.
   *
   * @throws ClassAdSyntaxException when an expression does not parse or the ad is larger than
   *     allowed
   */
  public static ClassAd fromProto(Ad message) throws ClassAdSyntaxException {
    if (message.getAttributesCount() > MAX_ATTRIBUTES) {
      throw new ClassAdSyntaxException(
          "an ad of "
              + message.getAttributesCount()
              + " attributes, allowed are "
              + MAX_ATTRIBUTES);
    }
    ClassAd.Builder ad = ClassAd.builder();
    for (Attribute attribute : message.getAttributesList()) {
      ad.putExpression(attribute.getName(), attribute.getExpression());
    }
    return ad.build();
  }
}
