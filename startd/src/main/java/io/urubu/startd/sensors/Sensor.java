package io.urubu.startd.sensors;

import io.urubu.classad.ClassAd;
import java.io.IOException;

/**
 * One source of attributes. A sensor for what the machine does not have is not made at all; one
 * that throws has failed, and then the machine counts as in use.
 */
interface Sensor {
  /** Puts what is so now. */
  void sense(ClassAd.Builder readings) throws IOException;

  /** Puts what is to be assumed, for the owner's sake, when nothing can be sensed. */
  default void assume(ClassAd.Builder readings) {}
}
