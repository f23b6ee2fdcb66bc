// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;

/**
 * A convolution of 3×3 with stride 2, padding 1 and bias, a batch normalisation, a quantized
 * activation and a softmax classifier, in plain loops over doubles: what the libraries are judged
 * by. Fields hold what a pass computed.
 */
final class NaiveNetwork {

  static final double EPSILON = 1e-5;

  final int samples;
  final int height;
  final int width;
  final int channels;
  final int classes;
  final ActivationQuantizer quantizer;
  final CoarseDerivative derivative;
  final ResolutionDerivative resolutionDerivative;

  double[] bias; // [channels]
  double[] kernel; // [channels, 1, 3, 3]
  double[] gamma; // [channels]
  double[] beta; // [channels]
  float resolution;
  double[] weights; // [classes, channels * outHeight * outWidth]
  double[] offsets; // [classes]

  double[] mean; // [channels]
  double[] variance; // [channels], biased
  double[] normalised; // [N, channels, outHeight, outWidth]
  double[] scaled; // the same, after gamma and beta
  double[] codes; // the same, after the staircase
  double[] probabilities; // [N, classes]
  double loss;

  double[] kernelGradient;
  double[] biasGradient;
  double[] gammaGradient;
  double[] betaGradient;
  double resolutionGradient;
  double[] weightsGradient;
  double[] offsetsGradient;

  NaiveNetwork(
      int samples,
      int height,
      int width,
      int channels,
      int classes,
      ActivationQuantizer quantizer,
      CoarseDerivative derivative,
      ResolutionDerivative resolutionDerivative) {
    this.samples = samples;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.classes = classes;
    this.quantizer = quantizer;
    this.derivative = derivative;
    this.resolutionDerivative = resolutionDerivative;
  }

  int outHeight() {
    return (height + 1) / 2;
  }

  int outWidth() {
    return (width + 1) / 2;
  }

  int features() {
    return channels * outHeight() * outWidth();
  }

  private int at(int n, int c, int i, int j) {
    return ((n * channels + c) * outHeight() + i) * outWidth() + j;
  }

  private double pixel(float[] pixels, int n, int i, int j) {
    boolean inside = i >= 0 && i < height && j >= 0 && j < width;
    return inside ? pixels[(n * height + i) * width + j] : 0;
  }

  void forward(float[] pixels, int[] labels) {
    double[] z = convolve(pixels);
    normalise(z);
    codes = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      codes[i] = quantizer.apply((float) scaled[i], resolution);
    }
    classify(labels);
  }

  private double[] convolve(float[] pixels) {
    double[] z = new double[samples * features()];
    for (int n = 0; n < samples; n++) {
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < outHeight(); i++) {
          for (int j = 0; j < outWidth(); j++) {
            double sum = bias[c];
            for (int ki = 0; ki < 3; ki++) {
              for (int kj = 0; kj < 3; kj++) {
                sum +=
                    kernel[(c * 3 + ki) * 3 + kj]
                        * pixel(pixels, n, 2 * i + ki - 1, 2 * j + kj - 1);
              }
            }
            z[at(n, c, i, j)] = sum;
          }
        }
      }
    }
    return z;
  }

  private void normalise(double[] z) {
    mean = new double[channels];
    variance = new double[channels];
    normalised = new double[z.length];
    scaled = new double[z.length];
    int area = outHeight() * outWidth();
    int count = samples * area;
    for (int c = 0; c < channels; c++) {
      for (int n = 0; n < samples; n++) {
        for (int p = 0; p < area; p++) {
          mean[c] += z[(n * channels + c) * area + p] / count;
        }
      }
      for (int n = 0; n < samples; n++) {
        for (int p = 0; p < area; p++) {
          variance[c] += Math.pow(z[(n * channels + c) * area + p] - mean[c], 2) / count;
        }
      }
      for (int n = 0; n < samples; n++) {
        for (int p = 0; p < area; p++) {
          int index = (n * channels + c) * area + p;
          normalised[index] = (z[index] - mean[c]) / Math.sqrt(variance[c] + EPSILON);
          scaled[index] = gamma[c] * normalised[index] + beta[c];
        }
      }
    }
  }

  private void classify(int[] labels) {
    probabilities = new double[samples * classes];
    loss = 0;
    for (int n = 0; n < samples; n++) {
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        double logit = offsets[k];
        for (int f = 0; f < features(); f++) {
          logit += weights[k * features() + f] * codes[n * features() + f];
        }
        probabilities[n * classes + k] = Math.exp(logit);
        sum += Math.exp(logit);
      }
      for (int k = 0; k < classes; k++) {
        probabilities[n * classes + k] /= sum;
      }
      loss -= Math.log(probabilities[n * classes + labels[n]]);
    }
  }

  void backward(float[] pixels, int[] labels) {
    double[] codesGradient = backwardClassifier(labels);
    resolutionGradient = 0;
    double[] scaledGradient = new double[codesGradient.length];
    for (int i = 0; i < scaledGradient.length; i++) {
      float x = (float) scaled[i];
      scaledGradient[i] = codesGradient[i] * derivative.at(x, resolution, quantizer.levels());
      resolutionGradient += codesGradient[i] * resolutionDerivative.at(x, resolution, quantizer);
    }
    backwardConvolution(pixels, backwardNorm(scaledGradient));
  }

  private double[] backwardClassifier(int[] labels) {
    weightsGradient = new double[weights.length];
    offsetsGradient = new double[classes];
    double[] codesGradient = new double[codes.length];
    for (int n = 0; n < samples; n++) {
      for (int k = 0; k < classes; k++) {
        double delta = probabilities[n * classes + k] - (labels[n] == k ? 1 : 0);
        offsetsGradient[k] += delta;
        for (int f = 0; f < features(); f++) {
          weightsGradient[k * features() + f] += delta * codes[n * features() + f];
          codesGradient[n * features() + f] += delta * weights[k * features() + f];
        }
      }
    }
    return codesGradient;
  }

  /** dz = γ / √(v + ε) · (dy − mean dy − x̂ · mean(dy · x̂)), the means over the channel. */
  private double[] backwardNorm(double[] scaledGradient) {
    gammaGradient = new double[channels];
    betaGradient = new double[channels];
    double[] z = new double[scaledGradient.length];
    int area = outHeight() * outWidth();
    int count = samples * area;
    for (int c = 0; c < channels; c++) {
      for (int n = 0; n < samples; n++) {
        for (int p = 0; p < area; p++) {
          int index = (n * channels + c) * area + p;
          betaGradient[c] += scaledGradient[index];
          gammaGradient[c] += scaledGradient[index] * normalised[index];
        }
      }
      for (int n = 0; n < samples; n++) {
        for (int p = 0; p < area; p++) {
          int index = (n * channels + c) * area + p;
          z[index] =
              gamma[c]
                  / Math.sqrt(variance[c] + EPSILON)
                  * (scaledGradient[index]
                      - betaGradient[c] / count
                      - normalised[index] * gammaGradient[c] / count);
        }
      }
    }
    return z;
  }

  private void backwardConvolution(float[] pixels, double[] z) {
    kernelGradient = new double[kernel.length];
    biasGradient = new double[channels];
    for (int n = 0; n < samples; n++) {
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < outHeight(); i++) {
          for (int j = 0; j < outWidth(); j++) {
            double delta = z[at(n, c, i, j)];
            biasGradient[c] += delta;
            for (int ki = 0; ki < 3; ki++) {
              for (int kj = 0; kj < 3; kj++) {
                kernelGradient[(c * 3 + ki) * 3 + kj] +=
                    delta * pixel(pixels, n, 2 * i + ki - 1, 2 * j + kj - 1);
              }
            }
          }
        }
      }
    }
  }
}
