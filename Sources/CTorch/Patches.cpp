// What is in an image by small patches: a dictionary of them, and how often each occurs where
// (Coates, Lee, Ng 2011).
#include <ATen/CPUGeneratorImpl.h>
#include <c10/core/GradMode.h>

#include <cmath>

#include "Tensors.h"

using at::Tensor;

struct ct_patches {
  int64_t patch;
  Tensor mean, whitening, words;  // of normalized patches; words are whitened
};

namespace {

constexpr int64_t colours = 3;
// Patches are divided by their spread, raised a little so that flat ones stay flat.
constexpr double flatness = 0.0025, ridge = 0.1;
constexpr int64_t learned = 20000, rounds = 12, pools = 4;

// Patches as rows, each less its mean and divided by its spread.
Tensor normalized(const Tensor &rows) {
  auto centred = rows - rows.mean(1, true);
  return centred / at::sqrt(centred.square().mean(1, true) + flatness);
}

// All patches of a batch, images × patches × values.
Tensor patches_of(const Tensor &batch, int64_t patch) {
  return at::im2col(batch, {patch, patch}, {1, 1}, {0, 0}, {1, 1}).transpose(1, 2).contiguous();
}

Tensor distances(const Tensor &rows, const Tensor &words) {
  auto square = rows.square().sum(1, true) + words.square().sum(1).unsqueeze(0);
  return at::sqrt((square - 2 * reticle::product(rows, words.t())).clamp_min(0));
}

// The mean patch, the whitening and the words, as they are stored.
std::vector<Tensor> parts(const ct_patches &patches) {
  return {patches.mean, patches.whitening, patches.words};
}

}  // namespace

ct_patches *ct_patches_learn(const ct_view *views, int32_t count, int32_t side, int32_t patch,
                             int32_t words, uint64_t seed, char *message) {
  ct_patches *result = nullptr;
  reticle::guarded(message, [&] {
    c10::NoGradGuard guard;
    auto generator = at::detail::createCPUGenerator(seed);
    int64_t each = std::max<int64_t>(1, learned / count);
    std::vector<Tensor> samples;
    for (int32_t place = 0; place < count; place++) {
      auto all = patches_of(reticle::canvases(views + place, 1, side, side).to(at::kCPU), patch)[0];
      auto chosen = at::randint(0, all.size(0), {each}, generator, at::kLong);
      samples.push_back(all.index_select(0, chosen));
    }
    auto rows = normalized(at::cat(samples, 0));
    auto mean = rows.mean(0, true);
    auto centred = rows - mean;
    auto covariance = reticle::product(centred.t(), centred) / centred.size(0);
    auto [values, vectors] = at::linalg_eigh(covariance);
    auto whitening =
        (vectors / at::sqrt(values.clamp_min(0) + ridge).unsqueeze(0)).matmul(vectors.t());
    auto white = reticle::product(centred, whitening);
    auto first = at::randperm(white.size(0), generator, at::kLong).narrow(
        0, 0, std::min<int64_t>(words, white.size(0)));
    auto dictionary = white.index_select(0, first.remainder(white.size(0)));
    if (dictionary.size(0) < words)
      dictionary = dictionary.repeat({words / dictionary.size(0) + 1, 1}).narrow(0, 0, words);
    for (int64_t round = 0; round < rounds; round++) {
      auto nearest = distances(white, dictionary).argmin(1);
      auto sums = at::zeros_like(dictionary).index_add(0, nearest, white);
      auto counts = at::bincount(nearest, {}, words).to(at::kFloat).unsqueeze(1);
      // A word that is nearest to nothing stays where it is.
      dictionary = at::where(counts > 0, sums / counts.clamp_min(1), dictionary);
    }
    result = new ct_patches{patch, mean, whitening.contiguous(), dictionary.contiguous()};
  });
  return result;
}

int64_t ct_patches_count(int32_t patch, int32_t words) {
  int64_t values = colours * patch * patch;
  return values + values * values + words * values;
}

ct_patches *ct_patches_restore(int32_t patch, int32_t words, const float *values, char *message) {
  ct_patches *result = nullptr;
  reticle::guarded(message, [&] {
    int64_t width = colours * patch * patch;
    auto taken = [&](int64_t rows) {
      auto tensor =
          at::from_blob(const_cast<float *>(values), {rows, width}, at::kFloat).clone();
      values += rows * width;
      return tensor;
    };
    auto mean = taken(1), whitening = taken(width), dictionary = taken(words);
    result = new ct_patches{patch, mean, whitening, dictionary};
  });
  return result;
}

void ct_patches_free(ct_patches *patches) { delete patches; }

bool ct_patches_get(const ct_patches *patches, float *values, char *message) {
  return reticle::guarded(message, [&] {
    for (auto &tensor : parts(*patches)) {
      std::copy_n(tensor.data_ptr<float>(), tensor.numel(), values);
      values += tensor.numel();
    }
  });
}

int32_t ct_patches_width(int32_t words) { return pools * words; }

bool ct_patches_features(const ct_patches *patches, const ct_view *views, int32_t count,
                         int32_t side, float *features, char *message) {
  return reticle::guarded(message, [&] {
    c10::NoGradGuard guard;
    int64_t words = patches->words.size(0);
    for (int32_t place = 0; place < count; place++) {
      auto batch = reticle::canvases(views + place, 1, side, side).to(at::kCPU);
      auto rows = normalized(patches_of(batch, patches->patch)[0]) - patches->mean;
      auto far = distances(reticle::product(rows, patches->whitening), patches->words);
      // How much nearer than usual each word is; most are not near at all.
      auto near = (far.mean(1, true) - far).clamp_min(0);
      int64_t across = side - patches->patch + 1;
      auto map = near.t().reshape({1, words, across, across});
      auto pooled = at::adaptive_avg_pool2d(map, {2, 2}).flatten().contiguous();
      std::copy_n(pooled.data_ptr<float>(), pools * words, features + place * pools * words);
    }
  });
}
