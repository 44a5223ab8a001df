/**
 * Models behind HTTP. {@link io.tailwalk.openai.Servers} opens one; what it can be asked for
 * depends on the server and is a value, {@link io.tailwalk.core.model.Capabilities}.
 */
@NullMarked
package io.tailwalk.openai;

import org.jspecify.annotations.NullMarked;
