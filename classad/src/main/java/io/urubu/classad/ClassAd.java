package io.urubu.classad;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** An immutable ClassAd: an ordered map from case-insensitive names to expressions. */
public final class ClassAd {
  private ClassAd() {}

  public static ClassAd empty() {
    throw new UnsupportedOperationException();
  }

  public static Builder builder() {
    throw new UnsupportedOperationException();
  }

  /** Reads {@code [a = 1; b = "x"]} or lines of {@code a = 1}. */
  public static ClassAd parse(String text) throws ClassAdSyntaxException {
    throw new UnsupportedOperationException();
  }

  public Builder toBuilder() {
    throw new UnsupportedOperationException();
  }

  public int size() {
    throw new UnsupportedOperationException();
  }

  /** The names in their order, as first written. */
  public List<String> names() {
    throw new UnsupportedOperationException();
  }

  public boolean has(String name) {
    throw new UnsupportedOperationException();
  }

  /** The expression's text, in the form that {@link #parse} reads. */
  public Optional<String> expression(String name) {
    throw new UnsupportedOperationException();
  }

  /** The string that the attribute evaluates to in this ad alone; empty for any other value. */
  public Optional<String> string(String name) {
    throw new UnsupportedOperationException();
  }

  public OptionalLong integer(String name) {
    throw new UnsupportedOperationException();
  }

  public OptionalDouble real(String name) {
    throw new UnsupportedOperationException();
  }

  /** True and false, and numbers as HTCondor takes them; empty for any other value. */
  public Optional<Boolean> bool(String name) {
    throw new UnsupportedOperationException();
  }

  /** The members of a list that are strings; empty for any other value. */
  public List<String> strings(String name) {
    throw new UnsupportedOperationException();
  }

  /** Builds an ad; a name put twice keeps its place and takes the later value. */
  public static final class Builder {
    public Builder put(String name, String value) {
      throw new UnsupportedOperationException();
    }

    public Builder put(String name, long value) {
      throw new UnsupportedOperationException();
    }

    public Builder put(String name, double value) {
      throw new UnsupportedOperationException();
    }

    public Builder put(String name, boolean value) {
      throw new UnsupportedOperationException();
    }

    public Builder put(String name, List<String> value) {
      throw new UnsupportedOperationException();
    }

    public Builder putExpression(String name, String expression) throws ClassAdSyntaxException {
      throw new UnsupportedOperationException();
    }

    /** Puts every attribute of the other ad over this one's. */
    public Builder putAll(ClassAd other) {
      throw new UnsupportedOperationException();
    }

    public Builder remove(String name) {
      throw new UnsupportedOperationException();
    }

    public ClassAd build() {
      throw new UnsupportedOperationException();
    }
  }
}
