// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The warnings that our classes log during a test. */
final class Warnings implements BeforeEachCallback, AfterEachCallback {

  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Recorder recorder = new Recorder();

  /** Keeps the messages of warnings. */
  private final class Recorder extends AbstractAppender {

    Recorder() {
      super("warnings", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      if (event.getLevel() == Level.WARN) {
        messages.add(event.getMessage().getFormattedMessage());
      }
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    recorder.start();
    logger().addAppender(recorder);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    logger().removeAppender(recorder);
    recorder.stop();
  }

  List<String> messages() {
    return messages;
  }

  private static Logger logger() {
    return (Logger) LogManager.getLogger("org.bcgd");
  }
}
