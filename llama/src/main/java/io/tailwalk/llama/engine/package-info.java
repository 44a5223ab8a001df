/**
 * Newer llama.cpp libraries next to the embedded one: prebuilt packages fetched by the user's own
 * npm, or files of the user, kept in the user's cache and checked by their hashes before they are
 * loaded.
 */
@NullMarked
package io.tailwalk.llama.engine;

import org.jspecify.annotations.NullMarked;
