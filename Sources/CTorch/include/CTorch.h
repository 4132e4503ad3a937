// The learning machine, as C: networks made of libtorch's tensors behind an opaque handle.
//
// Only tensors are dealt with here: what to show a network, for how long, and what its answers are
// worth is decided in Swift. No exception leaves this library: a function that can fail takes a
// buffer of CT_MESSAGE bytes, writes there why it failed, and returns false or NULL.
#ifndef RETICLE_CTORCH_H
#define RETICLE_CTORCH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CT_MESSAGE = 512 };

// What each network is for.
enum { CT_DETECTOR = 0, CT_CLASSIFIER = 1 };
// Cells of a detector's answer are this many canvas pixels apart; canvas sides are multiples of
// CT_GRAIN.
enum { CT_STRIDE = 8, CT_GRAIN = 32 };
// The canvas that outlines are taken from.
enum { CT_OUTLINES_SIDE = 192 };

typedef struct ct_network ct_network;
typedef struct ct_patches ct_patches;
typedef struct ct_script ct_script;

// An image and how it is seen on the canvas.
typedef struct {
  // Red, green, blue and alpha of each pixel, row by row; alpha is ignored.
  const uint8_t *pixels;
  int32_t width, height;
  // From a place on the canvas to one in the image, in pixels, 0.5 the middle of the first:
  // x' = a x + b y + c, y' = d x + e y + f.
  float sampling[6];
  // Brightness of a channel, 0 to 1, is multiplied by one and raised by the other.
  float gain[3], offset[3];
  // Whether it lies on the canvas of the view before it, where that one leaves room.
  bool beside;
} ct_view;

// A box on one canvas of a batch, in canvas pixels, and how much it counts.
typedef struct {
  int32_t canvas, label;
  float left, top, right, bottom, weight;
} ct_box;

// A box that was found; its score is the sigmoid of the network's answer.
typedef struct {
  int32_t view, label;
  float left, top, right, bottom, score;
} ct_detection;

// How far a step goes.
typedef struct {
  float rate, decay, gradient_norm, averaging;
} ct_pace;

// "libtorch 1.13.1".
const char *ct_version(void);
// Whether a graphics processor does the work.
bool ct_has_gpu(void);
// How many threads share the work; call it once, before anything else.
void ct_use_threads(int32_t threads);

// A network with weights drawn by a seed. `base_width` and `base_height`, in canvas pixels, are
// half of a usual box; a classifier ignores them.
ct_network *ct_network_create(int32_t kind, int32_t labels, float base_width, float base_height,
                              uint64_t seed, char *message);
void ct_network_free(ct_network *network);
// The number of floats in the averaged weights, and in all that training needs to go on.
int64_t ct_weight_count(const ct_network *network);
int64_t ct_state_count(const ct_network *network);
bool ct_weights_get(const ct_network *network, float *values, char *message);
// The weights also become those that training goes on from.
bool ct_weights_set(ct_network *network, const float *values, char *message);
bool ct_state_get(const ct_network *network, float *values, char *message);
bool ct_state_set(ct_network *network, const float *values, char *message);
// Gives each label the answers that another network's label has; -1 leaves those that were drawn.
// All other weights are taken as they are.
bool ct_weights_adopt(ct_network *network, const ct_network *from, const int32_t *label_of,
                      char *message);

// One step of training on a batch, all seen on canvases of one size.
bool ct_detector_step(ct_network *network, const ct_view *views, int32_t count, int32_t width,
                      int32_t height, const ct_box *boxes, int32_t box_count, ct_pace pace,
                      float *loss, char *message);
// The boxes that the averaged weights find, no less sure than `floor`; `found` may be fewer than
// there are where the capacity ends, the surest of each view first.
bool ct_detector_detect(ct_network *network, const ct_view *views, int32_t count, int32_t width,
                        int32_t height, float floor, ct_detection *detections, int32_t capacity,
                        int32_t *found, char *message);

// One step of training; `targets` holds a share for each label of each view. With `exclusive` the
// shares of a view add up to 1 and so do the answers, else each label is a question of its own.
bool ct_classifier_step(ct_network *network, const ct_view *views, int32_t count, int32_t side,
                        const float *targets, bool exclusive, float mixing, ct_pace pace,
                        float *loss, char *message);
// The answers of the averaged weights, before softmax or sigmoid, a row a view.
bool ct_classifier_answer(ct_network *network, const ct_view *views, int32_t count, int32_t side,
                          float *answers, char *message);

// Learns a dictionary of small patches from views of side × side pixels, by k-means on whitened
// patches (Coates, Lee, Ng 2011).
ct_patches *ct_patches_learn(const ct_view *views, int32_t count, int32_t side, int32_t patch,
                             int32_t words, uint64_t seed, char *message);
ct_patches *ct_patches_restore(int32_t patch, int32_t words, const float *values, char *message);
void ct_patches_free(ct_patches *patches);
int64_t ct_patches_count(int32_t patch, int32_t words);
bool ct_patches_get(const ct_patches *patches, float *values, char *message);
// The features of views, a row each of `ct_patches_width` floats.
int32_t ct_patches_width(int32_t words);
bool ct_patches_features(const ct_patches *patches, const ct_view *views, int32_t count,
                         int32_t side, float *features, char *message);

// The outlines of an image seen on a canvas of CT_OUTLINES_SIDE pixels square, in
// `ct_outlines_width` floats.
int32_t ct_outlines_width(void);
bool ct_outlines_features(const ct_view *view, float *features, char *message);

// Fits `labels` linear functions of features, the last coefficient the constant, by minimising
// the cross entropy with the targets plus a ridge times half the squared coefficients, which are
// of features of equal spread times their `loudness`. Gives the functions for each ridge in turn.
bool ct_linear_fit(const float *features, const float *loudness, const float *targets,
                   int32_t count, int32_t width, int32_t labels, bool exclusive,
                   const float *ridges, int32_t ridge_count, float *coefficients, char *message);

// A person's own detector, made with torch.jit.script or torch.jit.trace.
ct_script *ct_script_open(const char *path, char *message);
void ct_script_free(ct_script *script);
// Shows it an image as 1 × 3 × height × width floats from 0 to 1. It answers with boxes of four
// edges in pixels of what it was shown, a label's place and a score each.
bool ct_script_detect(ct_script *script, const ct_view *view, int32_t width, int32_t height,
                      ct_detection *detections, int32_t capacity, int32_t *found, char *message);

#ifdef __cplusplus
}
#endif
#endif
