import CTorch
import Evaluation
import Training

/// Somebody's own detector, as TorchScript.
///
/// A folder with `model.pt`, written by `torch.jit.script` or `torch.jit.trace`, and a `model.json`
/// such as
///
///     {"version":1,"task":"torchscript","labels":["cat","dog"],"canvas":640}
///
/// is a model. Its `forward` is given one tensor: a batch of one image, 1 × 3 × height × width floats
/// from 0 to 1, red, green and blue, fitted with its proportions into a canvas whose longer side
/// is `canvas` pixels, on a grey ground that fills both sides up to multiples of 32. It answers with
/// one of
///
/// * a dictionary, or a list of one, with the tensors `boxes` (n × 4), `labels` (n) and `scores` (n),
///   as torchvision's detectors do, alone or second in a pair as they do when scripted;
/// * a triple of these tensors, in this order;
/// * a tensor of n × 6 or 1 × n × 6 numbers: left, top, right, bottom, score, label.
///
/// Boxes are edges in pixels of what it was shown, scores lie from 0 to 1, and a label is a place
/// in `labels`, from 0: a detector that counts its background as 0 needs a first label for it. Boxes
/// that lie on one another are left out as for any model; `calibration` and `thresholds` of
/// `model.json` hold if they are there.
final class ScriptDetector {
  let description: ModelDescription
  private let pointer: OpaquePointer
  /// The most boxes that are taken from an image.
  private static let capacity = 5_000

  /// Loads a model.
  init(_ folder: ModelFolder, description: ModelDescription) throws(TrainingError) {
    self.description = description
    var made: OpaquePointer?
    do {
      try Torch.check { message in
        made = ct_script_open(folder.weights, message)
        return made != nil
      }
    } catch {
      throw TrainingError(
        "\(folder.weights) is no TorchScript model that can be loaded; write it with "
          + "torch.jit.save. (\(error))")
    }
    guard let made else { throw TrainingError("\(folder.weights) can't be loaded.") }
    pointer = made
  }

  deinit { ct_script_free(pointer) }

  /// The boxes in an image, in its pixels, the surest first.
  func detect(
    _ path: String, size: (width: Int, height: Int)
  ) throws(TrainingError) -> [PredictedBox] {
    let pixels = try PixelBuffer.decode(path, side: description.canvas)
    let (placement, canvas) = Placement.fitted(
      width: size.width, height: size.height, side: description.canvas)
    let view = View(pixels: pixels, augmentation: Augmentation(placement: placement))
    var raw = view.raw
    var found: Int32 = 0
    var detections = [ct_detection](repeating: ct_detection(), count: Self.capacity)
    do {
      try Torch.check { message in
        withExtendedLifetime(view) {
          detections.withUnsafeMutableBufferPointer {
            ct_script_detect(
              pointer, &raw, Int32(canvas.width), Int32(canvas.height), $0.baseAddress,
              Int32(Self.capacity), &found, message)
          }
        }
      }
    } catch {
      throw TrainingError("The TorchScript model failed on \(path). (\(error))")
    }
    let boxes = detections.prefix(Int(found)).compactMap { box -> PredictedBox? in
      let label = Int(box.label)
      guard description.labels.indices.contains(label) else { return nil }
      let score = min(max(Double(box.score), 0), 1)
      let edges = [box.left, box.top, box.right, box.bottom].map(Double.init)
      guard !box.score.isNaN, edges.allSatisfy(\.isFinite) else { return nil }
      let rectangle = Rectangle(
        left: edges[0], top: edges[1], width: edges[2] - edges[0], height: edges[3] - edges[1])
      let scaling = description.calibration[description.labels[label]]
      return PredictedBox(
        placement.inImage(rectangle, size: size), label: label,
        confidence: scaling?.confidence(of: score) ?? score)
    }
    return NonMaximumSuppression.survivors(of: boxes)
  }
}
