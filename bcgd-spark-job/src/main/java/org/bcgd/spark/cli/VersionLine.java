// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import org.bcgd.spark.folder.Software;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLine implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"bcgd " + Software.version() + " on Spark " + Software.sparkVersion()};
  }
}
