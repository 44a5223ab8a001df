/** Generated code, run against its tests in a WebAssembly sandbox inside this process. */
@NullMarked
package io.tailwalk.python;

import org.jspecify.annotations.NullMarked;
