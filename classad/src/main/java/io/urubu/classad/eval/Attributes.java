package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an ad in their order: the names, which ads of one kind share, and for each name
 * a value or a program. Immutable.
 */
public final class Attributes {
  public static final Attributes NONE = new Attributes(Shape.of(List.of()), new Program[0]);

  private final Shape shape;
  private final Program[] programs;

  private Attributes(Shape shape, Program[] programs) {
    this.shape = shape;
    this.programs = programs;
  }

  /** The attributes of these names, which differ in their keys; each a value or {@link Written}. */
  public static Attributes of(List<Name> names, List<? extends Program> programs) {
    return names.isEmpty()
        ? NONE
        : new Attributes(Shape.of(names), programs.toArray(Program[]::new));
  }

  /** The attributes by key. */
  public static Attributes of(Map<String, Attribute> byKey) {
    List<Name> names = new ArrayList<>(byKey.size());
    List<Program> programs = new ArrayList<>(byKey.size());
    for (Attribute attribute : byKey.values()) {
      names.add(attribute.name());
      programs.add(attribute.program());
    }
    return of(List.copyOf(names), programs);
  }

  public int size() {
    return programs.length;
  }

  /** Where the attribute with this key is; -1 if there is none. */
  public int slot(String key) {
    return shape.slot(key);
  }

  /** Whether this is where the attribute is that the place was made for. */
  boolean has(Place place) {
    return place.shape() == shape;
  }

  Place place(String key) {
    return new Place(shape, shape.slot(key));
  }

  public Name name(int slot) {
    return shape.name(slot);
  }

  /** The value itself, if it is one, or else how to compute it. */
  public Program program(int slot) {
    return programs[slot];
  }

  public Node node(int slot) {
    return node(programs[slot]);
  }

  private static Node node(Program program) {
    return switch (program) {
      case Written written -> written.node();
      case Datum value -> Trees.of(value);
      default -> throw new IllegalStateException("an attribute without a tree");
    };
  }

  public @Nullable Attribute find(String key) {
    int slot = slot(key);
    return slot < 0 ? null : new Attribute(name(slot), programs[slot]);
  }

  public Collection<Attribute> all() {
    List<Attribute> all = new ArrayList<>(programs.length);
    for (int slot = 0; slot < programs.length; slot++) {
      all.add(new Attribute(name(slot), programs[slot]));
    }
    return all;
  }

  /** Whether an attribute is called MY, TARGET or another name that has a meaning of its own. */
  public boolean redefinesScopes() {
    return shape.redefinesScopes();
  }

  /** One attribute: its name and its value or program. */
  public record Attribute(Name name, Program program) {
    /** The tree that was written. */
    public Node node() {
      return Attributes.node(program);
    }
  }
}
