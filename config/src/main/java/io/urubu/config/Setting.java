package io.urubu.config;

import io.urubu.config.language.Position;

/**
 * A name that was given a value.
 *
 * @param name as written where it was set
 * @param text unexpanded
 */
public record Setting(String name, String text, Position position) {}
