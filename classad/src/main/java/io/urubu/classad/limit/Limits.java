package io.urubu.classad.limit;

/**
 * What a daemon grants to an expression or an ad that anybody may have sent. Whatever passes a
 * limit ends with a reason: a text is refused, an evaluation is aborted. All sizes are in chars of
 * the text, which for ASCII are bytes.
 */
public final class Limits {
  /** An expression that is longer is refused before it is read. */
  public static final int EXPRESSION_CHARS = 2 << 20;

  /** An ad, in whatever form, that is longer is refused before it is read. */
  public static final int AD_CHARS = 8 << 20;

  /** How many words, signs and literals a text may have: what a tree takes grows with them. */
  public static final int TOKENS = 1_000_000;

  /** How many attributes an ad that is read may have. */
  public static final int ATTRIBUTES = 10_000;

  /** How deep expressions may nest where they are read. */
  public static final int NESTING = 1000;

  /** How many attributes may lead from one to the next: the language itself says so. */
  public static final int ATTRIBUTES_IN_A_ROW = 400;

  /**
   * How deep programs may run within each other. Forty for each attribute in a row, so that it is
   * these that come to an end first, as in HTCondor; fits a {@link FreshStack}.
   */
  public static final int DEPTH = 40 * ATTRIBUTES_IN_A_ROW;

  /** How many nodes may run in one evaluation, and what else counts as as much work. */
  public static final int STEPS = 2_000_000;

  /** How long a string may be that an evaluation makes. */
  public static final int STRING_CHARS = 2 << 20;

  /** How long all strings and lists together may be that one evaluation makes. */
  public static final int PRODUCED_CHARS = 8 << 20;

  /** What an item of a list that an evaluation makes counts as, in chars. */
  public static final int ITEM_CHARS = 64;

  /** How deep the lists in the value of an evaluation may nest. */
  public static final int NESTED_LISTS = 200;

  /** How many items the lists in the value of an evaluation may have in all. */
  public static final int VALUE_ITEMS = 1_000_000;

  /** How much work one search by a regular expression may take. */
  public static final int SEARCH_STEPS = 4_000_000;

  /** How long a regular expression may be. */
  public static final int PATTERN_CHARS = 10_000;

  /** How many instructions a regular expression may come to, its repeats written out. */
  public static final int PATTERN_INSTRUCTIONS = 16_384;

  /** How deep the groups of a regular expression may nest. */
  public static final int PATTERN_NESTING = 250;

  private Limits() {}
}
