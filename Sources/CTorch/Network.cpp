#include "Network.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/api/include/torch/version.h>

#include <cmath>

using at::Tensor;
using reticle::Unit;

namespace {

constexpr double momentum = 0.1, epsilon = 1e-5;
constexpr int widths[] = {16, 32, 64, 96, 128};
constexpr int pyramid = 64;

}  // namespace

namespace reticle {

at::Device device() {
  static const at::Device chosen(at::hasCUDA() ? at::kCUDA : at::kCPU);
  return chosen;
}

Tensor canvases(const ct_view *views, int64_t count, int64_t width, int64_t height) {
  c10::NoGradGuard guard;
  std::vector<Tensor> seen;
  for (int64_t place = 0; place < count; place++) {
    const ct_view &view = views[place];
    auto pixels = at::from_blob(const_cast<uint8_t *>(view.pixels), {view.height, view.width, 4},
                                at::kByte);
    auto gain = at::tensor({view.gain[0], view.gain[1], view.gain[2]}, at::kFloat);
    auto offset = at::tensor({view.offset[0], view.offset[1], view.offset[2]}, at::kFloat);
    auto image = pixels.narrow(2, 0, 3)
                     .to(device(), at::kFloat)
                     .mul(gain.to(device()).div(255 * spread))
                     .add(offset.to(device()).sub(grey).div(spread))
                     .clamp((0 - grey) / spread, (1 - grey) / spread)
                     .permute({2, 0, 1})
                     .unsqueeze(0)
                     .contiguous();
    // grid_sample measures both images from -1 to 1.
    const float *map = view.sampling;
    double w = view.width, h = view.height, cw = width, ch = height;
    double theta[6] = {map[0] * cw / w, map[1] * ch / w,
                       (map[0] * cw + map[1] * ch + 2 * map[2]) / w - 1,
                       map[3] * cw / h, map[4] * ch / h,
                       (map[3] * cw + map[4] * ch + 2 * map[5]) / h - 1};
    std::vector<float> single(theta, theta + 6);
    auto affine = at::tensor(single, at::kFloat).view({1, 2, 3}).to(device());
    auto grid = at::affine_grid_generator(affine, {1, 3, height, width}, false);
    auto sampled = at::grid_sampler(image, grid, 0, 0, false);
    // Beyond its image a view is 0 everywhere.
    if (view.beside && !seen.empty()) seen.back() += sampled;
    else seen.push_back(sampled);
  }
  return at::cat(seen, 0).contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace reticle

const char *ct_version(void) {
  return "libtorch " TORCH_VERSION;
}

bool ct_has_gpu(void) { return reticle::device().is_cuda(); }

void ct_use_threads(int32_t threads) {
  reticle::guarded(nullptr, [&] {
    at::set_num_threads(threads);
    at::globalContext().setFlushDenormal(true);
    at::globalContext().setDeterministicAlgorithms(true, true);
  });
}

ct_network::ct_network(int kind, int labels, float base_width, float base_height, uint64_t seed)
    : kind(kind), labels(labels), base_width(base_width), base_height(base_height) {
  c10::NoGradGuard guard;
  auto generator = at::detail::createCPUGenerator(seed);
  int from = 3;
  for (int width : widths) {
    add(generator, from, width, 3, 2, true);
    if (width > widths[0]) {
      add(generator, width, width, 3, 1, true);
      add(generator, width, width, 3, 1, true);
    }
    from = width;
  }
  if (kind == CT_DETECTOR) {
    for (int level = 4; level >= 2; level--) {
      add(generator, widths[level], pyramid, 1, 1, true);
      if (level < 4) add(generator, pyramid, pyramid, 3, 1, true);
    }
    add(generator, pyramid, pyramid, 3, 1, true);
    add(generator, pyramid, pyramid, 3, 1, true);
    add(generator, pyramid, labels + 4, 1, 1, false);
    parameters[units.back().weight].mul_(0.1);
    // At first everything is unlikely.
    parameters[units.back().shift].narrow(0, 0, labels).fill_(-4);
  } else {
    add(generator, widths[4], labels, 1, 1, false);
    parameters[units.back().weight].mul_(0.1);
  }
  for (auto &tensor : parameters) {
    // Channels last is a sixth faster on processors.
    if (tensor.dim() == 4) tensor = tensor.contiguous(at::MemoryFormat::ChannelsLast);
    tensor = tensor.to(reticle::device()).detach().set_requires_grad(true);
    firsts.push_back(at::zeros_like(tensor).detach());
    seconds.push_back(at::zeros_like(tensor).detach());
  }
  for (auto &tensor : buffers) tensor = tensor.to(reticle::device());
  for (auto &tensor : parameters) averages.push_back(tensor.detach().clone());
  for (auto &tensor : buffers) averages.push_back(tensor.clone());
}

void ct_network::add(at::Generator &generator, int from, int to, int kernel, int stride,
                     bool normalized) {
  Unit unit;
  unit.stride = stride;
  unit.weight = parameters.size();
  double deviation = std::sqrt(2.0 / (from * kernel * kernel));
  parameters.push_back(
      at::normal(0.0, deviation, {to, from, kernel, kernel}, generator, at::kFloat, c10::nullopt,
                 c10::nullopt, c10::nullopt));
  unit.shift = parameters.size();
  parameters.push_back(at::zeros({to}));
  if (normalized) {
    unit.scale = parameters.size();
    parameters.push_back(at::ones({to}));
    unit.mean = buffers.size();
    buffers.push_back(at::zeros({to}));
    buffers.push_back(at::ones({to}));
  }
  units.push_back(unit);
}

template <typename Apply>
Tensor ct_network::run(const Tensor &batch, Apply apply) {
  int next = 0;
  auto plain = [&](const Tensor &input) { return apply(next++, input); };
  auto active = [&](const Tensor &input) { return plain(input).relu_(); };
  std::vector<Tensor> levels;
  Tensor flow = batch;
  for (int width : widths) {
    flow = active(flow);
    if (width > widths[0]) flow = at::relu(flow + plain(active(flow)));
    levels.push_back(flow);
  }
  if (kind == CT_CLASSIFIER) return plain(flow.mean({2, 3}, true)).flatten(1);
  Tensor top = active(levels[4]);
  for (int level = 3; level >= 2; level--) {
    auto side = active(levels[level]);
    top = active(side + at::upsample_nearest2d(top, {side.size(2), side.size(3)}));
  }
  return plain(active(active(top)));
}

Tensor ct_network::learn(const Tensor &batch) {
  return run(batch, [&](int place, const Tensor &input) {
    const Unit &unit = units[place];
    auto &weight = parameters[unit.weight];
    int64_t padding = weight.size(2) / 2;
    bool normalized = unit.scale >= 0;
    auto result = at::conv2d(input, weight, normalized ? Tensor() : parameters[unit.shift],
                             {unit.stride, unit.stride}, {padding, padding});
    if (!normalized) return result;
    return at::batch_norm(result, parameters[unit.scale], parameters[unit.shift],
                          buffers[unit.mean], buffers[unit.mean + 1], true, momentum, epsilon,
                          false);
  });
}

void ct_network::fold() {
  for (const Unit &unit : units) {
    reticle::Folded result{averages[unit.weight], averages[unit.shift]};
    if (unit.scale >= 0) {
      const Tensor *norm = &averages[parameters.size() + unit.mean];
      auto factor = averages[unit.scale] / at::sqrt(norm[1] + epsilon);
      result.weight = result.weight * factor.view({-1, 1, 1, 1});
      result.bias = result.bias - norm[0] * factor;
    }
    folded.push_back(result);
  }
}

Tensor ct_network::answer(const Tensor &batch) {
  c10::NoGradGuard guard;
  if (folded.empty()) fold();
  return run(batch, [&](int place, const Tensor &input) {
    auto &unit = folded[place];
    int64_t padding = unit.weight.size(2) / 2;
    int64_t stride = units[place].stride;
    return at::conv2d(input, unit.weight, unit.bias, {stride, stride}, {padding, padding});
  });
}

void ct_network::follow(const Tensor &loss, const ct_pace &pace) {
  for (auto &tensor : parameters) tensor.mutable_grad() = Tensor();
  loss.backward();
  c10::NoGradGuard guard;
  folded.clear();
  Tensor square = at::zeros({}, parameters[0].options().requires_grad(false));
  for (auto &tensor : parameters) square = square + tensor.grad().square().sum();
  double norm = std::sqrt(square.item<double>());
  if (!std::isfinite(norm)) return;  // a step into nowhere is left out
  double shrink = norm > pace.gradient_norm ? pace.gradient_norm / norm : 1;
  constexpr double beta1 = 0.9, beta2 = 0.999;
  steps += 1;
  double correction1 = 1 - std::pow(beta1, steps), correction2 = 1 - std::pow(beta2, steps);
  for (size_t place = 0; place < parameters.size(); place++) {
    auto value = parameters[place].detach();
    auto gradient = parameters[place].grad().detach().mul(shrink);
    firsts[place].lerp_(gradient, 1 - beta1);
    seconds[place].mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
    if (value.dim() > 1) value.mul_(1 - pace.rate * pace.decay);
    auto slope = at::sqrt(seconds[place] / correction2).add_(1e-8);
    value.addcdiv_(firsts[place], slope, -pace.rate / correction1);
  }
  // The average follows closely at first, when there is little to average over.
  double share = 1 - std::min<double>(pace.averaging, (1 + steps) / (10 + steps));
  for (size_t place = 0; place < averages.size(); place++) {
    auto &newest = place < parameters.size() ? parameters[place]
                                             : buffers[place - parameters.size()];
    averages[place].lerp_(newest.detach(), share);
  }
}

std::vector<Tensor> ct_network::state() const {
  std::vector<Tensor> all = averages;
  for (auto &tensor : parameters) all.push_back(tensor.detach());
  for (auto *list : {&buffers, &firsts, &seconds}) all.insert(all.end(), list->begin(), list->end());
  return all;
}

namespace {

int64_t count(const std::vector<Tensor> &tensors) {
  int64_t sum = 0;
  for (auto &tensor : tensors) sum += tensor.numel();
  return sum;
}

float *copy_out(const std::vector<Tensor> &tensors, float *values) {
  for (auto &tensor : tensors) {
    auto source = tensor.to(at::kCPU).contiguous();
    std::copy_n(source.data_ptr<float>(), source.numel(), values);
    values += source.numel();
  }
  return values;
}

const float *copy_in(const std::vector<Tensor> &tensors, const float *values) {
  c10::NoGradGuard guard;
  for (auto &tensor : tensors) {
    tensor.copy_(at::from_blob(const_cast<float *>(values), tensor.sizes(), at::kFloat));
    values += tensor.numel();
  }
  return values;
}

// Takes the averages for the weights that training goes on from, without any momentum.
void restart(ct_network &network) {
  c10::NoGradGuard guard;
  for (size_t place = 0; place < network.averages.size(); place++) {
    auto &target = place < network.parameters.size()
                       ? network.parameters[place]
                       : network.buffers[place - network.parameters.size()];
    target.detach().copy_(network.averages[place]);
  }
  for (auto *list : {&network.firsts, &network.seconds})
    for (auto &tensor : *list) tensor.zero_();
  network.steps = 0;
  network.folded.clear();
}

}  // namespace

ct_network *ct_network_create(int32_t kind, int32_t labels, float base_width, float base_height,
                              uint64_t seed, char *message) {
  ct_network *network = nullptr;
  reticle::guarded(message, [&] {
    network = new ct_network(kind, labels, base_width, base_height, seed);
  });
  return network;
}

void ct_network_free(ct_network *network) { delete network; }

int64_t ct_weight_count(const ct_network *network) { return count(network->averages); }

int64_t ct_state_count(const ct_network *network) { return count(network->state()) + 1; }

bool ct_weights_get(const ct_network *network, float *values, char *message) {
  return reticle::guarded(message, [&] { copy_out(network->averages, values); });
}

bool ct_weights_set(ct_network *network, const float *values, char *message) {
  return reticle::guarded(message, [&] {
    copy_in(network->averages, values);
    restart(*network);
  });
}

bool ct_state_get(const ct_network *network, float *values, char *message) {
  return reticle::guarded(
      message, [&] { *copy_out(network->state(), values) = static_cast<float>(network->steps); });
}

bool ct_state_set(ct_network *network, const float *values, char *message) {
  return reticle::guarded(message, [&] {
    network->steps = *copy_in(network->state(), values);
    network->folded.clear();
  });
}

bool ct_weights_adopt(ct_network *network, const ct_network *from, const int32_t *label_of,
                      char *message) {
  return reticle::guarded(message, [&] {
    c10::NoGradGuard guard;
    const Unit &last = network->units.back();
    for (size_t place = 0; place < network->averages.size(); place++) {
      auto &target = network->averages[place];
      auto &source = from->averages[place];
      if (int(place) != last.weight && int(place) != last.shift) {
        target.copy_(source);
        continue;
      }
      for (int label = 0; label < network->labels; label++)
        if (label_of[label] >= 0) target[label].copy_(source[label_of[label]]);
      for (int side = 0; side < target.size(0) - network->labels; side++)
        target[network->labels + side].copy_(source[from->labels + side]);
    }
    restart(*network);
  });
}
