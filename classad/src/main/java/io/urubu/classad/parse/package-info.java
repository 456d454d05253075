/** Text to syntax tree: lexer, parser and the messages for what does not parse. */
@NullMarked
package io.urubu.classad.parse;

import org.jspecify.annotations.NullMarked;
