// Boxes: what the network is asked for at each cell, and how its answers become boxes.
//
// A cell near the middle of an object answers with a score for each label, the overlap that its
// own box is expected to have (quality focal loss: Li et al. 2020), and with the distances to the
// object's four sides.
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>

#include "Network.h"

using at::Tensor;

namespace {

// Cells within this part of a box's width and height from its middle answer for it.
constexpr float reach = 0.18f, least_reach = 0.75f * CT_STRIDE;
constexpr double box_weight = 1.5;

struct Targets {
  std::vector<int64_t> cells, labels;  // cell: view, row and column in one number
  std::vector<float> edges, middles, weights;  // four, two and one for each cell
};

// Which cells answer for which box; where several would, the smallest box has the cell.
Targets assign(const ct_box *boxes, int32_t count, int64_t views, int64_t rows, int64_t columns) {
  std::vector<int32_t> order(count);
  for (int32_t place = 0; place < count; place++) order[place] = place;
  auto area = [&](int32_t place) {
    const ct_box &box = boxes[place];
    return (box.right - box.left) * (box.bottom - box.top);
  };
  std::sort(order.begin(), order.end(),
                   [&](int32_t a, int32_t b) { return area(a) != area(b) ? area(a) > area(b) : a < b; });
  std::vector<int32_t> owner(views * rows * columns, -1);
  for (int32_t place : order) {
    const ct_box &box = boxes[place];
    float x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    float across = std::max(reach * (box.right - box.left), least_reach);
    float down = std::max(reach * (box.bottom - box.top), least_reach);
    auto first = [](float value) { return int64_t(std::ceil(value / CT_STRIDE - 0.5f)); };
    auto last = [](float value) { return int64_t(std::floor(value / CT_STRIDE - 0.5f)); };
    for (int64_t row = std::max<int64_t>(0, first(y - down));
         row <= std::min(rows - 1, last(y + down)); row++)
      for (int64_t column = std::max<int64_t>(0, first(x - across));
           column <= std::min(columns - 1, last(x + across)); column++)
        owner[(box.canvas * rows + row) * columns + column] = place;
  }
  Targets targets;
  for (int64_t cell = 0; cell < int64_t(owner.size()); cell++) {
    if (owner[cell] < 0) continue;
    const ct_box &box = boxes[owner[cell]];
    targets.cells.push_back(cell);
    targets.labels.push_back(box.label);
    targets.weights.push_back(box.weight);
    targets.edges.insert(targets.edges.end(), {box.left, box.top, box.right, box.bottom});
    targets.middles.push_back((cell % columns + 0.5f) * CT_STRIDE);
    targets.middles.push_back((cell / columns % rows + 0.5f) * CT_STRIDE);
  }
  return targets;
}

// Boxes as edges from answers (a row of four each) and the middles of their cells.
Tensor edges(const ct_network &network, const Tensor &answers, const Tensor &middles) {
  auto base = at::tensor({network.base_width, network.base_height, network.base_width,
                          network.base_height}, at::kFloat).to(answers.device());
  auto sides = answers.clamp(-6, 6).exp() * base;
  return at::cat({middles - sides.narrow(1, 0, 2), middles + sides.narrow(1, 2, 2)}, 1);
}

// IoU, and generalized IoU (Rezatofighi et al. 2019), of boxes with others.
std::pair<Tensor, Tensor> overlap(const Tensor &a, const Tensor &b) {
  auto size = [](const Tensor &from, const Tensor &to) {
    auto sides = (to - from).clamp_min(0);
    return sides.select(1, 0) * sides.select(1, 1);
  };
  auto a1 = a.narrow(1, 0, 2), a2 = a.narrow(1, 2, 2), b1 = b.narrow(1, 0, 2),
       b2 = b.narrow(1, 2, 2);
  auto shared = size(at::maximum(a1, b1), at::minimum(a2, b2));
  auto united = (size(a1, a2) + size(b1, b2) - shared).clamp_min(1e-6);
  auto around = size(at::minimum(a1, b1), at::maximum(a2, b2)).clamp_min(1e-6);
  auto iou = shared / united;
  return {iou, iou - (around - united) / around};
}

Tensor loss_of(const ct_network &network, const Tensor &answers, const ct_box *boxes,
               int32_t count) {
  int64_t views = answers.size(0), rows = answers.size(2), columns = answers.size(3);
  auto targets = assign(boxes, count, views, rows, columns);
  auto cells = answers.permute({0, 2, 3, 1}).reshape({-1, network.labels + 4});
  auto logits = cells.narrow(1, 0, network.labels);
  auto wanted = at::zeros_like(logits).detach();
  Tensor box_loss = at::zeros({}, wanted.options());
  auto emphasis = at::ones_like(logits).detach();
  int64_t positives = targets.cells.size();
  double total = 0;
  for (float weight : targets.weights) total += weight;
  if (positives > 0) {
    auto place = at::tensor(targets.cells, at::kLong).to(answers.device());
    auto label = at::tensor(targets.labels, at::kLong).to(answers.device());
    auto truth = at::tensor(targets.edges).view({-1, 4}).to(answers.device());
    auto middles = at::tensor(targets.middles).view({-1, 2}).to(answers.device());
    auto sides = cells.index_select(0, place).narrow(1, network.labels, 4);
    auto [iou, giou] = overlap(edges(network, sides, middles), truth);
    auto weight = at::tensor(targets.weights).to(answers.device());
    box_loss = ((1 - giou) * weight).sum() * box_weight;
    emphasis.index_put_({place, label}, weight);
    wanted.index_put_({place, label}, iou.detach().clamp(0, 1));
  }
  auto gap = (wanted - at::sigmoid(logits)).square().detach();
  auto entropy = at::binary_cross_entropy_with_logits(logits, wanted, {}, {}, at::Reduction::None);
  return ((gap * entropy * emphasis).sum() + box_loss) / std::max(total, 1.0);
}

}  // namespace

bool ct_detector_step(ct_network *network, const ct_view *views, int32_t count, int32_t width,
                      int32_t height, const ct_box *boxes, int32_t box_count, ct_pace pace,
                      float *loss, char *message) {
  return reticle::guarded(message, [&] {
    auto answers = network->learn(reticle::canvases(views, count, width, height));
    auto sum = loss_of(*network, answers, boxes, box_count);
    *loss = sum.item<float>();
    network->follow(sum, pace);
  });
}

bool ct_detector_detect(ct_network *network, const ct_view *views, int32_t count, int32_t width,
                        int32_t height, float floor, ct_detection *detections, int32_t capacity,
                        int32_t *found, char *message) {
  return reticle::guarded(message, [&] {
    c10::NoGradGuard guard;
    *found = 0;
    auto answers = network->answer(reticle::canvases(views, count, width, height)).to(at::kCPU);
    int64_t rows = answers.size(2), columns = answers.size(3);
    auto cells = answers.permute({0, 2, 3, 1}).reshape({-1, network->labels + 4});
    auto scores = at::sigmoid(cells.narrow(1, 0, network->labels)).flatten();
    auto chosen = at::nonzero(scores > floor).flatten();
    if (chosen.numel() > capacity) {
      auto best = at::topk(scores.index_select(0, chosen), capacity);
      chosen = chosen.index_select(0, std::get<1>(best));
    }
    if (chosen.numel() == 0) return;
    auto cell = at::div(chosen, network->labels, "floor");
    auto row = at::div(cell, columns, "floor").remainder(rows), column = cell.remainder(columns);
    auto middles = (at::stack({column, row}, 1).to(at::kFloat) + 0.5) * CT_STRIDE;
    auto sides = cells.index_select(0, cell).narrow(1, network->labels, 4);
    auto boxes = edges(*network, sides, middles).contiguous();
    auto score = scores.index_select(0, chosen).contiguous();
    const int64_t *places = chosen.data_ptr<int64_t>();
    const float *edge = boxes.data_ptr<float>(), *sure = score.data_ptr<float>();
    for (int64_t place = 0; place < chosen.numel(); place++, edge += 4) {
      int64_t label = places[place] % network->labels;
      int64_t view = places[place] / network->labels / columns / rows;
      detections[place] = {int32_t(view), int32_t(label), edge[0], edge[1],
                           edge[2],       edge[3],        sure[place]};
    }
    *found = chosen.numel();
  });
}
