// A person's own detector, as TorchScript.
#include <c10/core/GradMode.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include "Tensors.h"

struct ct_script {
  torch::jit::Module module;
};

ct_script *ct_script_open(const char *path, char *message) {
  ct_script *script = nullptr;
  reticle::guarded(message, [&] {
    auto module = torch::jit::load(path, reticle::device());
    module.eval();
    script = new ct_script{module};
  });
  return script;
}

void ct_script_free(ct_script *script) { delete script; }

namespace {

struct Answer {
  at::Tensor boxes, labels, scores;
};

at::Tensor plain(const c10::IValue &value, at::ScalarType type) {
  TORCH_CHECK(value.isTensor(), "its answer holds something else where a tensor is expected");
  return value.toTensor().to(at::kCPU, type).contiguous();
}

// A dictionary as torchvision's detectors give, alone or in a list or after their losses; or three
// tensors; or one of rows.
Answer read(c10::IValue value) {
  if (value.isTuple() && value.toTuple()->elements().size() == 2)
    value = value.toTuple()->elements()[1];
  if (value.isList()) {
    TORCH_CHECK(value.toListRef().size() > 0, "its answer is an empty list");
    value = value.toListRef()[0];
  }
  if (value.isGenericDict()) {
    auto all = value.toGenericDict();
    return {plain(all.at("boxes"), at::kFloat), plain(all.at("labels"), at::kLong),
            plain(all.at("scores"), at::kFloat)};
  }
  if (value.isTuple() && value.toTuple()->elements().size() == 3) {
    auto &all = value.toTuple()->elements();
    return {plain(all[0], at::kFloat), plain(all[1], at::kLong), plain(all[2], at::kFloat)};
  }
  auto rows = plain(value, at::kFloat);
  if (rows.dim() == 3 && rows.size(0) == 1) rows = rows[0];
  TORCH_CHECK(rows.dim() == 2 && rows.size(1) == 6, "its answer has no rows of six numbers");
  return {rows.narrow(1, 0, 4).contiguous(), rows.select(1, 5).to(at::kLong).contiguous(),
          rows.select(1, 4).contiguous()};
}

}  // namespace

bool ct_script_detect(ct_script *script, const ct_view *view, int32_t width, int32_t height,
                      ct_detection *detections, int32_t capacity, int32_t *found, char *message) {
  return reticle::guarded(message, [&] {
    c10::NoGradGuard guard;
    *found = 0;
    auto batch = reticle::canvases(view, 1, width, height) * reticle::spread + reticle::grey;
    auto answer = read(script->module.forward({batch.contiguous()}));
    int64_t count = answer.scores.numel();
    TORCH_CHECK(answer.boxes.numel() == 4 * count && answer.labels.numel() == count,
                "its answer has different numbers of boxes, labels and scores");
    const float *edge = answer.boxes.data_ptr<float>(), *score = answer.scores.data_ptr<float>();
    const int64_t *label = answer.labels.data_ptr<int64_t>();
    count = std::min<int64_t>(count, capacity);
    for (int64_t place = 0; place < count; place++, edge += 4) {
      int64_t known = std::max<int64_t>(-1, std::min<int64_t>(label[place], INT32_MAX));
      detections[place] = {0,       int32_t(known), edge[0],     edge[1],
                           edge[2], edge[3],        score[place]};
    }
    *found = int32_t(count);
  });
}
