package io.tailwalk.llama.engine;

import java.nio.file.Path;

/**
 * An installed llama.cpp library.
 *
 * @param kind the name under which it is kept
 * @param source where it came from: a pinned package, or a file of the user with its hash
 * @param build what the library said about itself when it was installed
 * @param library the library's file
 * @param bytes size of all its files
 * @param isIntact whether every file has the hash that it had when it was installed
 */
public record Engine(
    EngineKind kind, String source, String build, Path library, long bytes, boolean isIntact) {}
