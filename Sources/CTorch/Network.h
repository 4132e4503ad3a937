// The convolutional network: a trunk with a pyramid for boxes, or with a pooled end for labels.
#ifndef RETICLE_CTORCH_NETWORK_H
#define RETICLE_CTORCH_NETWORK_H

#include <vector>

#include "Tensors.h"

namespace reticle {

// A convolution and what follows it, as places in the lists of tensors.
struct Unit {
  int weight, shift;        // among the parameters; shift is the bias, or the norm's
  int scale = -1;           // among the parameters; -1 without batch normalization
  int mean = -1;            // among the buffers; the variance follows it
  int stride = 1;
};

// The weights of a unit with its normalization folded in.
struct Folded {
  at::Tensor weight, bias;
};

}  // namespace reticle

struct ct_network {
  int kind, labels;
  float base_width, base_height;
  std::vector<at::Tensor> parameters, buffers;
  std::vector<at::Tensor> averages;           // of parameters, then of buffers
  std::vector<at::Tensor> firsts, seconds;    // AdamW's moments
  double steps = 0;
  std::vector<reticle::Unit> units;
  std::vector<reticle::Folded> folded;        // of the averages; empty when they changed

  ct_network(int kind, int labels, float base_width, float base_height, uint64_t seed);
  // The answers for a batch, as training sees them, and as the averaged weights give them.
  at::Tensor learn(const at::Tensor &batch);
  at::Tensor answer(const at::Tensor &batch);
  // Follows the gradients of a loss.
  void follow(const at::Tensor &loss, const ct_pace &pace);
  // All tensors that training needs to go on, in a fixed order; the first are the averages.
  std::vector<at::Tensor> state() const;

 private:
  void add(at::Generator &generator, int from, int to, int kernel, int stride, bool normalized);
  void fold();
  template <typename Apply>
  at::Tensor run(const at::Tensor &batch, Apply apply);
};

#endif
