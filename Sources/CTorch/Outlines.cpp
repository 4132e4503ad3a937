// Outlines of whole images: in which directions brightness changes where, at several sizes
// (histograms of oriented gradients; Dalal, Triggs 2005).
#include <c10/core/GradMode.h>

#include <cmath>

#include "Tensors.h"

using at::Tensor;

namespace {

constexpr int64_t directions = 12, cell = 8;
// Squares of so many pixels of the canvas are one pixel of each size: 96, 64 and 32 pixels square.
constexpr int64_t grains[] = {2, 3, 6};
// Keeps places where nothing changes from being made as loud as others.
constexpr double flatness = 0.0064;

int64_t cells_of(int64_t grain) { return CT_OUTLINES_SIDE / grain / cell; }

// How much each pixel, a column, counts in each cell, a row: less the farther from its middle, so
// that a small shift changes little.
Tensor sharing(int64_t side) {
  auto middles = at::arange(side / cell, at::kFloat).add(0.5).unsqueeze(1);
  auto pixels = at::arange(side, at::kFloat).add(0.5).div(cell).unsqueeze(0);
  return at::relu(1 - (middles - pixels).abs()) / cell;
}

// The features of an image of three colours.
Tensor outlines(const Tensor &image) {
  int64_t side = image.size(2), inside = side - 2;
  auto across = at::zeros_like(image), down = at::zeros_like(image);
  across.narrow(2, 1, inside).copy_(image.narrow(2, 2, inside) - image.narrow(2, 0, inside));
  down.narrow(1, 1, inside).copy_(image.narrow(1, 2, inside) - image.narrow(1, 0, inside));
  // Of the colours the one that changes most.
  auto [change, colour] = at::sqrt(across.square() + down.square()).max(0, true);
  auto turn = at::atan2(down.gather(0, colour), across.gather(0, colour)) * (directions / M_PI);
  auto each = at::arange(directions, at::kFloat).view({directions, 1, 1});
  // Half a turn is none: an edge is the same from dark to light and from light to dark.
  auto apart = at::remainder(turn - each, directions);
  apart = at::minimum(apart, directions - apart);
  auto share = sharing(side);
  auto cells = share.matmul(at::relu(1 - apart) * change).matmul(share.t());
  // Measured against what changes around, whatever the light.
  auto energy = cells.square().sum(0, true).unsqueeze(0);
  auto around = at::avg_pool2d(at::replication_pad2d(energy, {1, 1, 1, 1}), {3, 3}, {1, 1});
  return at::sqrt(cells / at::sqrt(around[0] + flatness)).flatten();
}

}  // namespace

int32_t ct_outlines_width(void) {
  int64_t width = 0;
  for (int64_t grain : grains) width += directions * cells_of(grain) * cells_of(grain);
  return static_cast<int32_t>(width);
}

bool ct_outlines_features(const ct_view *view, float *features, char *message) {
  return reticle::guarded(message, [&] {
    c10::NoGradGuard guard;
    auto canvas = reticle::canvases(view, 1, CT_OUTLINES_SIDE, CT_OUTLINES_SIDE).to(at::kCPU);
    for (int64_t grain : grains) {
      auto values = outlines(at::avg_pool2d(canvas, {grain, grain})[0].contiguous()).contiguous();
      features = std::copy_n(values.data_ptr<float>(), values.numel(), features);
    }
  });
}
