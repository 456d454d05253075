package io.urubu.command;

import io.urubu.classad.ClassAd;

/**
 * One message on a command socket: what it is, and its ad.
 *
 * <p>On the wire: four bytes of length (big endian, of all that follows), one byte of kind, the ad
 * in its text form as UTF-8.
 */
public record Frame(Kind kind, ClassAd ad) {

  /** What a frame means to the one who reads it. */
  public enum Kind {
    /** Asks for something; its attribute {@code Command} names it. */
    REQUEST('Q'),
    /** One of any number of results. */
    ITEM('I'),
    /** The request was carried out; nothing follows. */
    DONE('D'),
    /**
     * The request was not carried out; attributes {@code ErrorCode} and {@code ErrorText} say why.
     */
    FAILED('F'),
    /** Something happened that nobody asked for at this moment. */
    EVENT('E');

    private final byte code;

    Kind(char code) {
      this.code = (byte) code;
    }

    byte code() {
      return code;
    }

    static Kind of(byte code) throws CorruptFrameException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new CorruptFrameException("unknown kind of frame " + code);
    }
  }
}
