# SPDX-License-Identifier: Apache-2.0
"""Two steps of BCGD on a small 1W4A network, by PyTorch: the golden file two-steps.txt.

    python3 two_steps.py > two-steps.txt        (PyTorch 1.13 or newer, seconds)

All arithmetic is float64 on inputs that float32 holds exactly, so the file is the truth for an
implementation in float32. The network, the staircase and the coarse derivatives are written from
arXiv:1808.05240; momentum and weight decay are those of torch.optim.SGD.

A line is a name, a shape, and the values in row-major order.
"""
import sys

import torch
from torch import nn
import torch.nn.functional as F

SEED = 1
SAMPLES, CHANNELS, SIDE, CLASSES = 8, 3, 8, 5
LEVELS = 15  # 4 bits
RHO, RATE, MOMENTUM, DECAY, RESOLUTION_FACTOR = 0.01, 0.05, 0.95, 1e-3, 0.01
EPSILON, KEEP = 1e-5, 0.9  # of batch normalisation
MARGIN = 2e-5  # how far from every kink all values must lie


class Staircase(torch.autograd.Function):
    """ceil(x / alpha) * alpha in 0..L; clipped ReLU derivative in x, three-valued in alpha."""

    @staticmethod
    def forward(ctx, x, alpha):
        ctx.save_for_backward(x, alpha)
        steps = x / alpha
        distance = (steps - steps.round()).abs()[(steps > -1) & (steps < LEVELS + 1)]
        assert distance.min() > MARGIN, f"a value lies {distance.min()} steps from a kink"
        return alpha * steps.ceil().clamp(0, LEVELS)

    @staticmethod
    def backward(ctx, gradient):
        x, alpha = ctx.saved_tensors
        inside = (x > 0) & (x <= LEVELS * alpha)
        beyond = x > LEVELS * alpha
        slope = (LEVELS + 1) / 2 * inside + LEVELS * beyond
        return gradient * inside, (gradient * slope).sum().reshape(1)


class Norm(nn.Module):
    """Batch normalisation whose running variance follows the biased variance of the batch."""

    def __init__(self, channels):
        super().__init__()
        self.gamma = nn.Parameter(1 + 0.2 * normal(channels))
        self.beta = nn.Parameter(0.2 * normal(channels))
        self.running_mean, self.running_var = 0.1 * normal(channels), 1 + 0.1 * normal(channels)

    def forward(self, x):
        if not self.training:
            return self.normalise(x, self.running_mean, self.running_var)
        self.mean, self.var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        return self.normalise(x, self.mean, self.var)

    def normalise(self, x, mean, var):
        shape = (1, -1, 1, 1)
        x = (x - mean.view(shape)) / (var.view(shape) + EPSILON).sqrt()
        return self.gamma.view(shape) * x + self.beta.view(shape)

    def follow(self):
        self.running_mean = KEEP * self.running_mean + (1 - KEEP) * self.mean.detach()
        self.running_var = KEEP * self.running_var + (1 - KEEP) * self.var.detach()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        weight = lambda *shape: nn.Parameter(0.5 * normal(*shape))
        alpha = lambda value: nn.Parameter(single(torch.tensor([value])))
        self.conv1, self.norm1, self.alpha1 = weight(6, CHANNELS, 3, 3), Norm(6), alpha(0.11)
        self.conv2, self.norm2, self.alpha2 = weight(8, 6, 3, 3), Norm(8), alpha(0.09)
        self.dense3, self.bias3, self.alpha3 = weight(12, 32), weight(12), alpha(0.15)
        self.classifier, self.bias4 = weight(CLASSES, 12), weight(CLASSES)

    def forward(self, x):
        x = self.norm1(F.conv2d(x, self.conv1, padding=1))
        x = F.max_pool2d(Staircase.apply(x, self.alpha1), 2)
        x = self.norm2(F.conv2d(x, self.conv2))
        x = Staircase.apply(x, self.alpha2)
        x = F.linear(x.flatten(1), self.dense3, self.bias3)
        x = Staircase.apply(x, self.alpha3)
        return F.linear(x, self.classifier, self.bias4)

    def weights(self):
        return [self.conv1, self.conv2, self.dense3, self.classifier]

    def resolutions(self):
        return [self.alpha1, self.alpha2, self.alpha3]

    def tensors(self):
        """By the names of the Deeplearning4j graph."""
        return {
            "conv1/W": self.conv1,
            "norm1/gamma": self.norm1.gamma,
            "norm1/beta": self.norm1.beta,
            "activation1/alpha": self.alpha1,
            "conv2/W": self.conv2,
            "norm2/gamma": self.norm2.gamma,
            "norm2/beta": self.norm2.beta,
            "activation2/alpha": self.alpha2,
            "dense3/W": self.dense3,
            "dense3/b": self.bias3,
            "activation3/alpha": self.alpha3,
            "classifier/W": self.classifier,
            "classifier/b": self.bias4,
        }


def single(x):
    """The nearest float32, in float64."""
    return x.float().double()


def normal(*shape):
    return single(torch.randn(*shape))


def binary(w):
    assert w.abs().min() > 1e-6, "the sign of a weight is not certain"
    return w.abs().mean() * torch.where(w >= 0, 1.0, -1.0).double()


def write(name, tensor):
    values = " ".join(f"{value:.9g}" for value in tensor.detach().flatten().tolist())
    print(name, "x".join(str(n) for n in tensor.shape) or "1", values)


def write_state(where, net, optimizer):
    for name, tensor in net.tensors().items():
        write(f"{where}/{name}", tensor)
        if optimizer.state[tensor]:
            write(f"{where}/momentum/{name}", optimizer.state[tensor]["momentum_buffer"])
    for name, norm in (("norm1", net.norm1), ("norm2", net.norm2)):
        write(f"{where}/{name}/mean", norm.running_mean)
        write(f"{where}/{name}/var", norm.running_var)


def step(number, net, optimizer):
    pixels, labels = normal(SAMPLES, CHANNELS, SIDE, SIDE), torch.randint(CLASSES, (SAMPLES,))
    write(f"step{number}/pixels", pixels)
    write(f"step{number}/labels", labels)
    floats = [w.detach().clone() for w in net.weights()]
    for w in net.weights():
        w.data = binary(w.data)
    optimizer.zero_grad()
    logits = net(pixels)
    loss = F.cross_entropy(logits, labels)
    loss.backward()
    write(f"step{number}/loss", loss)
    write(f"step{number}/correct", (logits.argmax(1) == labels).sum())
    for name, tensor in net.tensors().items():
        write(f"step{number}/gradient/{name}", tensor.grad)
    for name, norm in (("norm1", net.norm1), ("norm2", net.norm2)):
        write(f"step{number}/gradient/{name}/mean", norm.mean)
        write(f"step{number}/gradient/{name}/var", norm.var)
        norm.follow()
    for w, float_weights in zip(net.weights(), floats):
        w.data = (1 - RHO) * float_weights + RHO * w.data
    optimizer.step()


def main():
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(SEED)
    net = Net()
    others = [p for p in net.parameters() if all(p is not alpha for alpha in net.resolutions())]
    optimizer = torch.optim.SGD(
        [
            {"params": others, "weight_decay": DECAY},
            {"params": net.resolutions(), "lr": RATE * RESOLUTION_FACTOR},
        ],
        lr=RATE,
        momentum=MOMENTUM,
    )
    write_state("start", net, optimizer)
    for number in (1, 2):
        step(number, net, optimizer)
        write_state(f"after{number}", net, optimizer)
    net.eval()
    for w in net.weights():
        w.data = binary(w.data)
    pixels = normal(SAMPLES, CHANNELS, SIDE, SIDE)
    write("classify/pixels", pixels)
    write("classify/probabilities", F.softmax(net(pixels), 1))


if __name__ == "__main__":
    try:
        main()
    except AssertionError as kink:
        sys.exit(f"choose another SEED: {kink}")
