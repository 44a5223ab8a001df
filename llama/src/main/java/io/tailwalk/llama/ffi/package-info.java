/**
 * The raw layer over libllama: finding and guarding the library, and one file for each concern of
 * its C interface. Arguments are validated by the callers in {@code io.tailwalk.llama}, because an
 * invalid one ends the JVM.
 */
@NullMarked
package io.tailwalk.llama.ffi;

import org.jspecify.annotations.NullMarked;
