// Linear functions of features that tell labels: logistic regression.
#include <c10/core/GradMode.h>

#include <stdexcept>

#include "Tensors.h"

using at::Tensor;

namespace {

// Coefficients of the columns of `x`, then the constant, a column a label.
Tensor fitted(const Tensor &x, const Tensor &wanted, bool exclusive, double ridge) {
  int64_t count = x.size(0), width = x.size(1), labels = wanted.size(1);
  auto weights = at::zeros({width, labels}), constant = at::zeros({1, labels});
  auto speed = at::zeros_like(weights), drift = at::zeros_like(constant);
  // Accelerated descent; the step is the inverse of the steepest curvature, found by power
  // iteration.
  auto direction = at::ones({width, 1});
  double curvature = 1;
  for (int round = 0; round < 20; round++) {
    direction = x.t().matmul(x.matmul(direction)) / count;
    curvature = direction.norm().item<double>();
    direction = direction / std::max(curvature, 1e-12);
  }
  double rate = 1 / (0.5 * (curvature + 1) + ridge);
  for (int round = 0; round < 500; round++) {
    // Near the end steps are short, and further ones tell nothing.
    if (round % 25 == 24 && (speed.norm() < 1e-4 * weights.norm()).item<bool>()) break;
    double carry = round / (round + 3.0);
    auto ahead = weights + carry * speed, start = constant + carry * drift;
    auto answers = x.matmul(ahead) + start;
    auto chance = exclusive ? at::softmax(answers, 1) : at::sigmoid(answers);
    auto error = (chance - wanted) / count;
    auto next = ahead - rate * (x.t().matmul(error) + ridge * ahead);
    auto begin = start - rate * error.sum(0, true);
    speed = next - weights;
    drift = begin - constant;
    weights = next;
    constant = begin;
  }
  return at::cat({weights, constant}, 0);
}

// Coordinates of rows in the space that they span: Cholesky's factor of their products, with as
// little added to the diagonal as rounding asks for.
Tensor factor_of(const Tensor &products) {
  int64_t count = products.size(0);
  double mean = std::max(products.trace().item<double>() / count, 1e-6);
  auto diagonal = at::eye(count, at::kDouble) * mean;
  for (double share = 1e-6; share < 10; share *= 10) {
    auto [factor, failure] = at::linalg_cholesky_ex(products + share * diagonal);
    if (failure.item<int>() == 0) return factor;
  }
  throw std::runtime_error("the features are no numbers");
}

}  // namespace

bool ct_linear_fit(const float *features, const float *loudness, const float *targets,
                   int32_t count, int32_t width, int32_t labels, bool exclusive,
                   const float *ridges, int32_t ridge_count, float *coefficients, char *message) {
  return reticle::guarded(message, [&] {
    c10::NoGradGuard guard;
    auto raw = at::from_blob(const_cast<float *>(features), {count, width}, at::kFloat);
    auto loud = at::from_blob(const_cast<float *>(loudness), {1, width}, at::kFloat);
    auto wanted = at::from_blob(const_cast<float *>(targets), {count, labels}, at::kFloat);
    auto mean = raw.mean(0, true);
    auto scale = loud / at::sqrt((raw - mean).square().mean(0, true) + 1e-8);
    auto x = (raw - mean) * scale;
    // With fewer images than features, the images span all that can be learned: in coordinates
    // of theirs, by Cholesky's factor of their products, the same descent is shorter.
    bool is_wide = count < width;
    Tensor factor;
    if (is_wide) {
      auto products = reticle::product(x, x.t()).to(at::kDouble);
      factor = factor_of(products);
    }
    auto seen = is_wide ? factor.to(at::kFloat) : x;
    for (int32_t place = 0; place < ridge_count; place++) {
      auto all = fitted(seen, wanted, exclusive, ridges[place]);
      auto weights = all.narrow(0, 0, all.size(0) - 1), constant = all.narrow(0, all.size(0) - 1, 1);
      if (is_wide) {
        auto shares = at::linalg_solve_triangular(factor.t(), weights.to(at::kDouble), true);
        weights = x.t().matmul(shares.to(at::kFloat));
      }
      auto plain = weights * scale.t();
      auto rows = at::cat({plain, constant - mean.matmul(plain)}, 0).t().contiguous();
      coefficients = std::copy_n(rows.data_ptr<float>(), rows.numel(), coefficients);
    }
  });
}
