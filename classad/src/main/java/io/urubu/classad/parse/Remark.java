package io.urubu.classad.parse;

/**
 * Words about a place in a text.
 *
 * @param source what the reader calls the text; empty if it has no name
 * @param line from 1
 * @param column from 1, in code points
 * @param words one line without the place
 * @param message the words behind their place, the line of the text, and a caret below the place
 */
public record Remark(String source, int line, int column, String words, String message) {}
