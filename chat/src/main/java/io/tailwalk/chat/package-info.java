/**
 * Chat templates: {@link io.tailwalk.chat.ChatTemplate} formats messages as the model was trained
 * to read them, and {@link io.tailwalk.chat.ChatText} knows which characters are content.
 */
@NullMarked
package io.tailwalk.chat;

import org.jspecify.annotations.NullMarked;
