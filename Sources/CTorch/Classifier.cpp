// Labels for whole images, by the convolutional network.
#include <c10/core/GradMode.h>

#include "Network.h"

using at::Tensor;

bool ct_classifier_step(ct_network *network, const ct_view *views, int32_t count, int32_t side,
                        const float *targets, bool exclusive, float mixing, ct_pace pace,
                        float *loss, char *message) {
  return reticle::guarded(message, [&] {
    auto batch = reticle::canvases(views, count, side, side);
    auto wanted = at::from_blob(const_cast<float *>(targets), {count, network->labels}, at::kFloat)
                      .to(batch.device());
    // Each image is mixed with its neighbour in the batch (Zhang et al. 2018).
    batch = batch * (1 - mixing) + batch.roll(1, 0) * mixing;
    wanted = wanted * (1 - mixing) + wanted.roll(1, 0) * mixing;
    auto answers = network->learn(batch);
    auto sum = exclusive
                   ? -(at::log_softmax(answers, 1) * wanted).sum(1).mean()
                   : at::binary_cross_entropy_with_logits(answers, wanted, {}, {},
                                                          at::Reduction::Mean);
    *loss = sum.item<float>();
    network->follow(sum, pace);
  });
}

bool ct_classifier_answer(ct_network *network, const ct_view *views, int32_t count, int32_t side,
                          float *answers, char *message) {
  return reticle::guarded(message, [&] {
    c10::NoGradGuard guard;
    auto result = network->answer(reticle::canvases(views, count, side, side))
                      .to(at::kCPU)
                      .contiguous();
    std::copy_n(result.data_ptr<float>(), result.numel(), answers);
  });
}
