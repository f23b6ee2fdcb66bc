// SPDX-License-Identifier: Apache-2.0
/**
 * The two-linear-layer network with Gaussian input on which the convergence of coarse gradients is
 * proved: its expected loss, true gradient and expected coarse gradients in closed form, its
 * critical points, and the iteration.
 *
 * <pre>
 *   ℓ(v, w; Z) = ½ (vᵀσ(Zw) − v*ᵀσ(Zw*))²      f = E ℓ
 *   Z [m, n] of independent N(0, 1)      v, v* [m]      w, w* [n], ‖w*‖ = 1      σ(x) = 1 for x > 0, else 0
 * </pre>
 *
 * <p>Doors: {@link org.bcgd.theory.PopulationLoss}, {@link org.bcgd.theory.ExpectedCoarseGradient},
 * {@link org.bcgd.theory.Landscape}, {@link org.bcgd.theory.CoarseDescent}. Imports randomness and
 * the coarse derivatives of quantization.
 *
 * <p>Lemmas are numbered as in arXiv:1903.05662, whose statements those of arXiv:1808.05240 repeat.
 *
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, convergence analysis
 * @see <a href="https://arxiv.org/abs/1903.05662">Yin et al. 2019</a>, the same network
 */
package org.bcgd.theory;
