package io.tailwalk.python;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Messages between the interpreter with the tests and the one with the judged code. A reader waits
 * for a message; if both wait, neither can ever continue, and both are stopped. Closing stops both.
 */
final class Channel {
  /** Messages and bytes on their way to one end; a correct conversation has one message. */
  private static final int MOST_MESSAGES = 64;

  private static final int MOST_BYTES = 64 << 20;

  private String closed = "";
  private boolean open;
  private int waiting;
  private final End tests = new End();
  private final End code = new End();

  /** The end of the interpreter with the tests. */
  End tests() {
    return tests;
  }

  /** The end of the interpreter with the judged code. */
  End code() {
    return code;
  }

  /** Lets both ends talk; until then they have nothing to read, and what they write is dropped. */
  synchronized void open() {
    open = true;
  }

  /**
   * Stops whoever reads or writes.
   *
   * @param reason the end of a sentence; the first reason counts
   */
  synchronized void close(String reason) {
    if (closed.isEmpty()) {
      closed = reason;
    }
    notifyAll();
  }

  /** One end: what it writes arrives at the other end. */
  final class End {
    private final Deque<byte[]> inbox = new ArrayDeque<>();
    private ByteBuffer reading = ByteBuffer.allocate(0);
    private int bytes;

    /** Sends one message. */
    void write(byte[] message) {
      synchronized (Channel.this) {
        stopIfClosed();
        End other = this == tests ? code : tests;
        other.bytes += message.length;
        other.inbox.add(message);
        if (other.inbox.size() > MOST_MESSAGES || other.bytes > MOST_BYTES) {
          close("floods the tests with messages");
          stopIfClosed();
        }
        Channel.this.notifyAll();
      }
    }

    /** The next bytes: each message comes after its length in 8 bytes, and is read in two reads. */
    byte[] read(int most) {
      if (!reading.hasRemaining()) {
        byte[] message = next();
        reading = ByteBuffer.allocate(Long.BYTES + message.length).order(ByteOrder.LITTLE_ENDIAN);
        reading.putLong(message.length).put(message).flip();
      }
      byte[] part = new byte[Math.min(most, reading.remaining())];
      reading.get(part);
      return part;
    }

    private byte[] next() {
      synchronized (Channel.this) {
        waiting++;
        try {
          while (inbox.isEmpty()) {
            stopIfClosed();
            if (waiting == 2 && tests.inbox.isEmpty() && code.inbox.isEmpty()) {
              close("gives no answer to the tests");
            } else {
              Channel.this.wait();
            }
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new SandboxStop("was interrupted");
        } finally {
          waiting--;
        }
        stopIfClosed();
        byte[] message = inbox.remove();
        bytes -= message.length;
        return message;
      }
    }

    private void stopIfClosed() {
      if (!closed.isEmpty()) {
        throw new SandboxStop(closed);
      }
    }

    /** Whether the conversation has begun. */
    boolean isOpen() {
      synchronized (Channel.this) {
        return open;
      }
    }
  }
}
