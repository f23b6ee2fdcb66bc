// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.page;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.spark.storage.Folder;

/**
 * Where a page is written: {@code X.html}, and beside it {@code X-NAME.png} and {@code X-NAME.svg}
 * for each picture.
 */
public final class PageFiles {

  private static final String ENDING = ".html";

  private PageFiles() {}

  /**
   * Writes a page and its pictures.
   *
   * @param uri of the page, on any Hadoop file system
   * @return the full names of the files, the page first
   */
  public static List<String> write(RunPage page, String uri, Configuration hadoop) {
    int slash = uri.lastIndexOf('/');
    Folder folder = Folder.at(slash < 0 ? "." : uri.substring(0, slash + 1), hadoop);
    String name = uri.substring(slash + 1);
    String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    List<String> written = new ArrayList<>();
    written.add(write(folder, name, page.text().getBytes(StandardCharsets.UTF_8)));
    page.pictures()
        .forEach(
            (picture, drawn) -> {
              written.add(write(folder, stem + "-" + picture + ".png", drawn.png()));
              written.add(write(folder, stem + "-" + picture + ".svg", drawn.svg()));
            });
    return written;
  }

  private static String write(Folder folder, String name, byte[] bytes) {
    folder.write(name, out -> out.write(bytes));
    return folder.nameOf(name);
  }
}
