/** Generated code, run against its tests in a WebAssembly sandbox inside this process. */
@NullMarked
package io.tailwalk.verifiers.code;

import org.jspecify.annotations.NullMarked;
