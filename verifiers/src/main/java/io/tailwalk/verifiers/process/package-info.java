/** External programs as verifiers, over JSON lines; the protocol is docs/verifier-protocol.md. */
@NullMarked
package io.tailwalk.verifiers.process;

import org.jspecify.annotations.NullMarked;
