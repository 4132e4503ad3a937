// What the files of this library share.
#ifndef RETICLE_CTORCH_TENSORS_H
#define RETICLE_CTORCH_TENSORS_H

#include <ATen/ATen.h>

#include <cstdio>
#include <exception>

#include "include/CTorch.h"

namespace reticle {

// Writes the first line of why something failed.
inline void explain(const char *what, char *message) {
  if (message == nullptr) return;
  int length = 0;
  while (what[length] != '\0' && what[length] != '\n' && length < CT_MESSAGE - 1) length += 1;
  std::snprintf(message, CT_MESSAGE, "%.*s", length, what);
}

// Runs work that may throw; false and a message if it did.
template <typename Work>
bool guarded(char *message, Work work) {
  try {
    work();
    return true;
  } catch (const c10::Error &error) {
    explain(error.what_without_backtrace(), message);
  } catch (const std::exception &error) {
    explain(error.what(), message);
  } catch (...) {
    explain("an unknown exception", message);
  }
  return false;
}

// Where tensors live: the graphics processor if libtorch has one, else memory.
at::Device device();

// The views as a batch on the canvas, normalized; what lies beyond an image is 0, a middle grey.
at::Tensor canvases(const ct_view *views, int64_t count, int64_t width, int64_t height);

// The product of two matrices, as a convolution of single pixels: libraries of convolutions are
// quick everywhere, those of matrices not (Debian's usual one takes twenty times as long).
inline at::Tensor product(const at::Tensor &left, const at::Tensor &right) {
  int64_t rows = left.size(0), inner = left.size(1), columns = right.size(1);
  auto pixels = left.contiguous().view({1, rows, 1, inner}).permute({0, 3, 1, 2});
  auto kernels = right.t().contiguous().view({columns, inner, 1, 1});
  // The second stride changes nothing, but without one libtorch multiplies matrices after all.
  return at::conv2d(pixels, kernels, {}, {1, 2}).permute({0, 2, 3, 1}).reshape({rows, columns});
}

// Pixels are seen as (value - grey) / spread, values from 0 to 1.
constexpr double grey = 0.45, spread = 0.25;

}  // namespace reticle
#endif
