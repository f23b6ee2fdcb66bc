// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a chart by XChart. */
final class ChartDrawing {

  private static final int WIDTH = 860;
  private static final int HEIGHT = 480;
  private static final int SHARPNESS = 2; // pixels of the bitmap in a unit
  private static final int FEW_POINTS = 60; // which are marked
  private static final int MOST_TICKS = 12;
  private static final Color INK = new Color(0x222222);
  private static final Color GRID = new Color(0xE2E2E2);
  private static final float THICK = 2f;

  static {
    // Pictures are drawn into memory: no display is looked for.
    System.setProperty("java.awt.headless", "true");
  }

  private ChartDrawing() {}

  static Picture of(LineChart chart) {
    Fonts.require();
    XYChart drawing = drawing(chart);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    try {
      ImageIO.write(bitmap(drawing), "png", png);
      VectorGraphicsEncoder.saveVectorGraphic(drawing, svg, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory is always written", e);
    }
    return new Picture(png.toByteArray(), svg.toByteArray());
  }

  private static XYChart drawing(LineChart chart) {
    XYChart drawing =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(chart.title())
            .xAxisTitle(chart.x())
            .yAxisTitle(chart.y())
            .build();
    style(drawing.getStyler(), chart);
    roundTicks(drawing, chart);
    int colours = chart.lines().stream().mapToInt(Line::colour).max().orElse(0) + 1;
    for (Line line : chart.lines()) {
      XYSeries series = drawing.addSeries(line.name(), line.x(), line.y());
      series.setLineColor(Palette.colour(line.colour(), colours));
      series.setMarkerColor(Palette.colour(line.colour(), colours));
      series.setLineStyle(line.isDashed() ? dashes() : new BasicStroke(THICK));
      series.setMarker(line.x().length <= FEW_POINTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
    return drawing;
  }

  private static BufferedImage bitmap(XYChart drawing) {
    BufferedImage image =
        new BufferedImage(SHARPNESS * WIDTH, SHARPNESS * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SHARPNESS, SHARPNESS);
    // Without it, curves are bent to whole pixels.
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    drawing.paint(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    return image;
  }

  /**
   * XChart puts a tick at every so many-th x where these are evenly spaced, such as 1, 18, 35. A
   * point beside the others, which is not drawn, makes it choose round numbers.
   */
  private static void roundTicks(XYChart drawing, LineChart chart) {
    double[] all =
        chart.lines().stream()
            .flatMapToDouble(line -> DoubleStream.of(line.x()))
            .sorted()
            .distinct()
            .toArray();
    if (all.length > MOST_TICKS) {
      double beside = all[0] + (all[1] - all[0]) / 3;
      XYSeries hidden =
          drawing.addSeries(
              "(ticks)", new double[] {beside}, new double[] {chart.lines().get(0).y()[0]});
      hidden.setShowInLegend(false);
      hidden.setMarker(SeriesMarkers.NONE);
    }
  }

  /** At most six digits, such as 0.125, 1500 or 2.5E-5. */
  static String label(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    double magnitude = Math.abs(value);
    boolean isPlain = value == 0 || (magnitude >= 1e-3 && magnitude < 1e6);
    return isPlain ? rounded.toPlainString() : rounded.toString();
  }

  private static void style(XYStyler styler, LineChart chart) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderColor(GRID);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setChartFontColor(INK);
    styler.setAxisTickLabelsColor(INK);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(font(Font.BOLD, 16));
    styler.setAxisTitleFont(font(Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 12));
    styler.setLegendFont(font(Font.PLAIN, 12));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendVisible(chart.lines().size() > 1);
    if (!chart.isLogarithmic()) { // whose ticks a function would place evenly
      styler.setyAxisTickLabelsFormattingFunction(ChartDrawing::label);
    }
    styler.setYAxisLabelAlignment(TextAlignment.Right);
    styler.setxAxisTickLabelsFormattingFunction(ChartDrawing::label);
    styler.setYAxisLogarithmic(chart.isLogarithmic());
    styler.setChartTitlePadding(8);
    styler.setMarkerSize(5);
    styler.setChartPadding(12);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  private static BasicStroke dashes() {
    return new BasicStroke(
        THICK, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);
  }
}
